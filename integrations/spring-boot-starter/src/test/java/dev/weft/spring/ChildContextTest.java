package dev.weft.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ContextPropagator;
import dev.weft.Runner;
import dev.weft.StartedRun;
import dev.weft.Task;
import dev.weft.TaskListener;
import dev.weft.TaskOptions;
import dev.weft.Weft;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A context with the starter whose parent has it too. */
final class ChildContextTest {

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    WeftMetricsAutoConfiguration.class,
                    WeftSecurityAutoConfiguration.class,
                    WeftEndpointAutoConfiguration.class,
                    WeftAutoConfiguration.class));

    private TaskListener telling(String name) {
        return new TaskListener() {
            @Override
            public void started(Task<?> task) {
                if (task.callName().equals("gather")) {
                    told.add(name);
                }
            }
        };
    }

    @Test
    void v5_eachListenerOfParentAndChildIsToldOnce() {
        application
                .withBean("parents", TaskListener.class, () -> telling("parent"))
                .run(parent -> {
                    application
                            .withParent(parent)
                            .withBean("childs", TaskListener.class, () -> telling("child"))
                            .run(child -> {
                                application.withParent(child).run(grandchild -> {
                                    assertThat(grandchild).hasNotFailed();
                                    Weft.gather(() -> 1);
                                });
                                assertThat(told).containsExactlyInAnyOrder("parent", "child");
                            });
                    told.clear();
                    Weft.gather(() -> 1);
                    assertThat(told).containsExactly("parent");
                });
    }

    @Test
    void v5_childUsesItsParentsRun() {
        application.run(parent -> {
            var run = parent.getBean(StartedRun.class);
            application.withParent(parent).run(child -> {
                assertThat(child.getBean(StartedRun.class)).isSameAs(run);
                assertThat(child.getBean(WeftMBean.class)).isSameAs(parent.getBean(WeftMBean.class));
            });
            assertThat(run.isClosed()).isFalse();
        });
    }

    @Test
    void v5_runOfAChildIsDrainedWhenTheChildCloses() {
        List<String> log = new CopyOnWriteArrayList<>();
        application.run(parent -> {
            var parents = parent.getBean(StartedRun.class);
            application
                    .withParent(parent)
                    .withBean("childs", StartedRun.class, () -> Runner.builder().start())
                    .run(child -> workUntilTheDrain(child.getBean("childs", StartedRun.class), "child", log));
            assertThat(log).containsExactly("child");
            assertThat(parents.isClosed()).isFalse();
        });
    }

    /** A task that ends well only if its run is drained: it waits until the run is, and is then not cancelled. */
    static void workUntilTheDrain(StartedRun run, String name, List<String> log) {
        run.createTask(TaskOptions.named(name), () -> {
            while (!run.isDraining()) {
                Weft.sleep(Duration.ofMillis(1));
            }
            Weft.sleep(Duration.ofMillis(200));
            log.add(name);
        });
    }

    /** Each further one would be called for each task. */
    @Test
    void v5_childDoesNotCarryTheSecurityContextAgain() {
        application.run(parent -> application
                .withParent(parent)
                .run(child -> assertThat(child.getBeansOfType(ContextPropagator.class))
                        .isEmpty()));
        application
                .withPropertyValues("weft.context.security=false")
                .run(parent -> application
                        .withParent(parent)
                        .run(child -> assertThat(child.getBeansOfType(ContextPropagator.class))
                                .isEmpty()));
    }
}

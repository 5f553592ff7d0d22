package dev.weft.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.zaxxer.hikari.HikariDataSource;
import dev.weft.ReturnWhen;
import dev.weft.Runner;
import dev.weft.StartedRun;
import dev.weft.Task;
import dev.weft.TaskListener;
import dev.weft.TaskOptions;
import dev.weft.Weft;
import dev.weft.jdbc.CancellableDataSource;
import dev.weft.sync.Event;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import javax.management.ObjectName;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.AsyncConfigurer;
import org.springframework.scheduling.annotation.EnableAsync;

/** The starter in an application without a web server. */
final class ApplicationTest {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    WeftMetricsAutoConfiguration.class,
                    WeftSecurityAutoConfiguration.class,
                    WeftWebAutoConfiguration.class,
                    WeftEndpointAutoConfiguration.class,
                    WeftJdbcAutoConfiguration.class,
                    WeftAutoConfiguration.class));

    @Test
    void v5_backgroundTasksAreDrainedWhenTheContextCloses() {
        List<String> log = new CopyOnWriteArrayList<>();
        application.run(context -> {
            var run = context.getBean(StartedRun.class);
            var begun = new CountDownLatch(1);
            run.createTask(TaskOptions.named("last work"), () -> {
                begun.countDown();
                for (var i = 0; i < 5; i++) {
                    Weft.sleep(Duration.ofMillis(10));
                }
                log.add("done");
            });
            begun.await();
        });
        assertThat(log).containsExactly("done");
    }

    @Test
    void v5_runIsNamedAfterTheApplication() {
        application.withPropertyValues("spring.application.name=shop").run(context -> {
            assertThat(context.getBean(StartedRun.class).allTasks())
                    .extracting(Task::name)
                    .containsExactly("shop");
        });
        application.run(context -> assertThat(context.getBean(StartedRun.class).allTasks())
                .extracting(Task::name)
                .containsExactly("application"));
        application
                .withPropertyValues("spring.application.name=")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void v5_backgroundTaskThatDoesNotEndIsCancelledAfterTheDrain() {
        List<String> log = new CopyOnWriteArrayList<>();
        application.withPropertyValues("weft.run.drain=50ms").run(context -> {
            var begun = new CountDownLatch(1);
            context.getBean(StartedRun.class).createTask(TaskOptions.named("endless"), () -> {
                begun.countDown();
                try {
                    new Event().await();
                } finally {
                    log.add("cancelled");
                }
            });
            begun.await();
        });
        assertThat(log).containsExactly("cancelled");
    }

    /** Spring's test framework pauses a cached context while tests run in another one. */
    @Test
    void v5_runGoesOnWhileTheContextIsPaused() {
        application.run(context -> {
            var run = context.getBean(StartedRun.class);
            context.getSourceApplicationContext().pause();
            context.getSourceApplicationContext().restart();
            assertThat(run.isClosed()).isFalse();
            assertThat(run.createTask(() -> "after the pause").await()).isEqualTo("after the pause");
        });
    }

    @Test
    void contextsThatContradictEachOtherDoNotLiveAtTheSameTime() {
        application
                .withPropertyValues("weft.cancellation-grace=1s")
                .run(first -> application
                        .withPropertyValues("weft.cancellation-grace=2s")
                        .run(second -> assertThat(second)
                                .getFailure()
                                .rootCause()
                                .hasMessageContaining("cancellationGrace is PT1S already")));
    }

    @Test
    void v5_taskThatClosesItsContextIsNamed() {
        var log = (Logger) LoggerFactory.getLogger(WeftRunLifecycle.class);
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        log.setLevel(Level.WARN);
        log.addAppender(lines);
        try {
            application.withPropertyValues("weft.run.drain=50ms").run(context -> {
                var source = context.getSourceApplicationContext();
                var task = context.getBean(StartedRun.class).createTask(TaskOptions.named("last job"), source::close);
                Weft.waitUntil(ReturnWhen.ALL_COMPLETED, List.of(task));
            });
        } finally {
            log.detachAppender(lines);
            log.setLevel(null);
        }
        assertThat(lines.list.getFirst().getMessage())
                .contains("the background task 'last job' closes the context", "on a thread of its own");
    }

    @Test
    void v5_contextThatIsStartedAgainHasARunThatHasEnded() {
        application.run(context -> {
            context.stop();
            context.start();
            assertThat(context.getBean(StartedRun.class).isClosed()).isTrue();
        });
    }

    /** As docs/service.md has it. */
    @Test
    void asyncMethodsAreTasksOfTheRun() {
        application
                .withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
                .withUserConfiguration(WithAsync.class)
                .run(context -> {
                    var task = context.getBean(WithAsync.class).later().get();
                    assertThat(task).isPresent();
                    assertThat(context.getBean("applicationTaskExecutor")).isInstanceOf(AsyncTaskExecutor.class);
                });
    }

    @EnableAsync
    @Configuration(proxyBeanMethods = false)
    static class WithAsync {

        @Bean
        AsyncConfigurer asyncMethods(ObjectProvider<StartedRun> run) {
            return new AsyncConfigurer() {
                @Override
                public Executor getAsyncExecutor() {
                    return run.getObject().asExecutorService();
                }
            };
        }

        @Async
        CompletableFuture<Optional<Task<?>>> later() {
            return CompletableFuture.completedFuture(Weft.currentTask());
        }
    }

    @Test
    void nothingIsLeftOutWhereBeansAreLazy() throws Exception {
        var server = ManagementFactory.getPlatformMBeanServer();
        var name = new ObjectName("dev.weft:type=Tasks");
        List<String> started = new CopyOnWriteArrayList<>();
        application
                .withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .withPropertyValues("weft.run.enabled=false")
                .withBean(TaskListener.class, () -> new TaskListener() {
                    @Override
                    public void started(Task<?> task) {
                        started.add(task.callName());
                    }
                })
                .run(context -> {
                    assertThat(server.isRegistered(name)).isTrue();
                    assertThat(Weft.gather(() -> 1, () -> 2)).containsExactly(1, 2);
                    assertThat(started).containsExactly("gather", "gather");
                });
    }

    /**
     * Its start waits for a thread that calls listeners, while Spring holds the lock under which beans are made.
     * Metrics with exemplars ask for a bean, from the time on at which all are there that are not lazy.
     */
    @Test
    void v5_runIsThereBeforeMetricsAreWhereBeansAreLazy() {
        application
                .withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .withUserConfiguration(WithMetrics.class)
                .run(context -> assertThat(context.getBean(WithMetrics.class).runWasThere)
                        .isTrue());
    }

    @Configuration(proxyBeanMethods = false)
    static class WithMetrics {

        private boolean runWasThere;

        /** As Spring Boot binds metrics. */
        @Bean
        @Lazy(false)
        SmartInitializingSingleton binding(ConfigurableListableBeanFactory beans) {
            return () -> runWasThere = beans.containsSingleton("weftRun");
        }
    }

    @Test
    void mBeanIsThereWhileTheContextIs() throws Exception {
        var server = ManagementFactory.getPlatformMBeanServer();
        var name = new ObjectName("dev.weft:type=Tasks");
        application.run(context -> assertThat(server.isRegistered(name)).isTrue());
        assertThat(server.isRegistered(name)).isFalse();
        application
                .withPropertyValues("weft.jmx.enabled=false")
                .run(context -> assertThat(server.isRegistered(name)).isFalse());
    }

    @Test
    void eachContextHasAnMBeanOfItsOwn() throws Exception {
        var server = ManagementFactory.getPlatformMBeanServer();
        var names = new ObjectName("dev.weft:type=Tasks,*");
        application.run(first -> {
            application.run(second -> assertThat(server.queryNames(names, null)).hasSize(2));
            assertThat(server.queryNames(names, null)).hasSize(1);
        });
        assertThat(server.queryNames(names, null)).isEmpty();
    }

    @Test
    void applicationMayHaveARunOfItsOwn() {
        application
                .withBean("mine", StartedRun.class, () -> Runner.builder().start())
                .run(context ->
                        assertThat(context).hasSingleBean(StartedRun.class).hasSingleBean(WeftRunLifecycle.class));
        application
                .withPropertyValues("weft.run.enabled=false")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(StartedRun.class)
                        .doesNotHaveBean(WeftRunLifecycle.class));
    }

    @Test
    void v5_eachRunOfTheApplicationIsDrained() {
        List<String> log = new CopyOnWriteArrayList<>();
        application
                .withBean("mails", StartedRun.class, () -> Runner.builder().start())
                .withBean("invoices", StartedRun.class, () -> Runner.builder().start())
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    for (var name : List.of("mails", "invoices")) {
                        ChildContextTest.workUntilTheDrain(context.getBean(name, StartedRun.class), name, log);
                    }
                });
        assertThat(log).containsExactlyInAnyOrder("mails", "invoices");
    }

    @Test
    void v4_dataSourcesAreCancellableOnRequest() {
        var withDatabase = application
                .withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class))
                .withPropertyValues("spring.datasource.url=jdbc:h2:mem:weft");
        withDatabase.run(
                context -> assertThat(context.getBean(DataSource.class)).isInstanceOf(HikariDataSource.class));
        withDatabase
                .withPropertyValues("weft.jdbc.cancellable=true", "weft.enabled=false")
                .run(context -> assertThat(context.getBean(DataSource.class)).isInstanceOf(HikariDataSource.class));
        withDatabase.withPropertyValues("weft.jdbc.cancellable=true").run(context -> {
            var dataSource = context.getBean(DataSource.class);
            assertThat(dataSource).isNotInstanceOf(HikariDataSource.class);
            assertThat(dataSource.unwrap(HikariDataSource.class)).isNotNull();
            try (var connection = dataSource.getConnection();
                    var statement = connection.createStatement()) {
                assertThat(statement.execute("select 1")).isTrue();
                assertThat(statement.getConnection()).isSameAs(connection);
            }
        });
    }

    /** Else the wait for a connection of the pool would be within a call that is not interrupted. */
    @Test
    void v4_poolWithinALazyProxyIsWrapped() {
        application
                .withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class))
                .withPropertyValues(
                        "spring.datasource.url=jdbc:h2:mem:lazy",
                        "spring.datasource.connection-fetch=lazy",
                        "spring.datasource.hikari.maximum-pool-size=1",
                        "weft.jdbc.cancellable=true")
                .run(context -> {
                    var lazy = (LazyConnectionDataSourceProxy) context.getBean(DataSource.class);
                    var pool = Objects.requireNonNull(lazy.getTargetDataSource());
                    assertThat(pool).isNotInstanceOf(HikariDataSource.class);
                    assertThat(CancellableDataSource.of(pool)).isSameAs(pool);
                    lazy.getConnection().close(); // the first one looks for the pool's settings
                    try (var taken = pool.getConnection();
                            var connection = lazy.getConnection()) {
                        assertThat(taken).isNotSameAs(connection);
                        assertThatThrownBy(() -> Weft.timeout(Duration.ofMillis(10), connection::createStatement))
                                .isInstanceOf(TimeoutException.class);
                    }
                });
    }

    @Test
    void drainThatIsNoDurationIsRefusedByName() {
        application
                .withPropertyValues("weft.run.drain=soon")
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("soon"));
        application
                .withPropertyValues("weft.run.drain=-1s")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessage("weft.run.drain must not be negative, and is PT-1S"));
    }
}

package dev.weft;

import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** B: task-local values. */
class TaskContextTest {

    private static final TaskLocal<String> USER = TaskLocal.named("user");

    @OnEveryRuntime
    void b11_childSeesTheValuesAsOfItsCreation(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            USER.set("as of creation");
            var parentHasSet = new Gate();
            var child = createTask(() -> {
                parentHasSet.await();
                return USER.get();
            });
            USER.set("later");
            parentHasSet.open();
            assertThat(child.await()).isEqualTo("as of creation");
            assertThat(createTask(() -> USER.get()).await()).isEqualTo("later");
            assertThat(gather(() -> USER.get(), () -> USER.get())).containsExactly("later", "later");
        });
    }

    @OnEveryRuntime
    void b11_parentDoesNotSeeWhatAChildSets(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            USER.set("parent's");
            createTask(() -> USER.set("child's")).await();
            gather(() -> USER.set("another's"), () -> USER.set("another's"));
            assertThat(USER.get()).isEqualTo("parent's");
        });
    }

    @OnEveryRuntime
    void b11_withoutAValueThereIsNone(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            assertThatIllegalStateException().isThrownBy(USER::get).withMessageContaining("user");
            assertThat(USER.orElse("nobody")).isEqualTo("nobody");
            assertThat(TaskLocal.withInitial("count", () -> 7).get()).isEqualTo(7);
            createTask(() -> USER.set("child's")).await();
            assertThat(USER.orElse("nobody")).isEqualTo("nobody");
        });
    }

    @OnEveryRuntime
    void b11_hundredTasksEachHaveTheirOwn(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            USER.set("parent's");
            var tasks = new ArrayList<Task<String>>();
            for (var i = 0; i < 100; i++) {
                var mine = "of " + i;
                tasks.add(createTask(() -> {
                    assertThat(USER.get()).isEqualTo("parent's");
                    USER.set(mine);
                    sleep(Duration.ZERO);
                    assertThat(USER.get()).isEqualTo(mine);
                    var childs = createTask(() -> {
                        USER.set(USER.get() + ", child");
                        sleep(Duration.ZERO);
                        return USER.get();
                    });
                    assertThat(childs.await()).isEqualTo(mine + ", child");
                    return USER.get();
                }));
            }
            for (var i = 0; i < 100; i++) {
                assertThat(tasks.get(i).await()).isEqualTo("of " + i);
            }
            assertThat(USER.get()).isEqualTo("parent's");
        });
    }

    @OnEveryRuntime
    void b12_callbackSeesNoContextAndCannotPolluteOne(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            USER.set("main's");
            var mayEnd = new Gate();
            var task = createTask(() -> {
                USER.set("task's");
                mayEnd.await();
                return USER.get();
            });
            var called = new Gate();
            var seen = new AtomicReference<String>();
            task.onDone(done -> {
                seen.set(USER.orElse("nobody"));
                try {
                    assertThatIllegalStateException()
                            .isThrownBy(() -> USER.set("callback's"))
                            .withMessageContaining("user");
                } finally {
                    called.open();
                }
            });
            mayEnd.open();
            called.await();
            assertThat(seen).hasValue("nobody");
            assertThat(task.await()).isEqualTo("task's");
            assertThat(USER.get()).isEqualTo("main's");
        });
    }

    @OnEveryRuntime
    void b12_givenContextIsSharedByWhoHoldsIt(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            USER.set("main's");
            var context = TaskContext.current();
            assertThat(context.find(USER)).isEqualTo("main's");
            var options = TaskOptions.defaults().context(context);
            createTask(options, () -> USER.set("first's")).await();
            assertThat(context.find(USER)).isEqualTo("first's");
            var second = createTask(options, () -> {
                var found = USER.get();
                USER.set("second's");
                return found;
            });
            assertThat(second.await()).isEqualTo("first's");
            assertThat(context.find(USER)).isEqualTo("second's");
            assertThat(USER.get()).isEqualTo("main's");
        });
    }

    @OnEveryRuntime
    void b12_givenContextReplacesTheCreators(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            USER.set("main's");
            var empty = TaskOptions.defaults().context(TaskContext.empty());
            assertThat(createTask(empty, () -> USER.orElse("nobody")).await()).isEqualTo("nobody");
        });
    }

    @OnEveryRuntime
    void b12_copyOfTheContextDoesNotFollowTheTask(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            USER.set("before");
            var copies = List.of(TaskContext.current(), TaskContext.current());
            USER.set("after");
            assertThat(copies).allMatch(copy -> "before".equals(copy.find(USER)));
        });
    }
}

package dev.weft;

import static dev.weft.Tasks.awaitTrue;
import static dev.weft.Tasks.awaitWaiting;
import static dev.weft.Tasks.self;
import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.asCompleted;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.settle;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;
import static dev.weft.Weft.timeout;
import static dev.weft.Weft.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.internal.task.TaskImpl;
import dev.weft.sync.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** B2: a wait that would never end, because what is awaited waits for the waiter, is refused. */
class AwaitCycleTest {

    @OnEveryRuntime
    void b2_taskThatAwaitsItselfIsRefused(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var task = createTask("Narcissus", () -> {
                assertThatIllegalStateException()
                        .isThrownBy(() -> self().await())
                        .withMessageContaining("Narcissus");
                sleep(Duration.ZERO);
                return "goes on";
            });
            assertThat(task.await()).isEqualTo("goes on");
            assertThat(task.cancelling()).isZero();
        });
    }

    @OnEveryRuntime
    void b2_taskThatAwaitsItselfWithinABlockIsRefused(TestRuntime runtime) throws Exception {
        runtime.run(() -> assertThatIllegalStateException().isThrownBy(() -> timeout(FOREVER, () -> self().await())));
    }

    @OnEveryRuntime
    void b2_taskThatGathersItselfIsRefused(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var task = createTask("Narcissus", () -> gather(self()));
            assertEnds(task);
            assertThatThrownBy(task::await)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Narcissus");
        });
    }

    @OnEveryRuntime
    void b2_cycleThroughAGatherIsRefused(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var second = new CompletableFuture<Task<String>>();
            var first = createTask("Romeo", () -> {
                Task<String> other = Weft.await(second);
                return gather(other, other).getFirst();
            });
            second.complete(createTask("Juliet", () -> first.await()));
            assertEnds(first);
            assertThatThrownBy(first::await)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll("Romeo", "Juliet");
            // it has lost its wait, or was cancelled with the gather
            assertThat(settle(second.join()).getFirst().isSuccess()).isFalse();
        });
    }

    @OnEveryRuntime
    void b2_twoTasksThatAwaitEachOtherAreRefused(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var second = new CompletableFuture<Task<String>>();
            var first = createTask("Romeo", () -> Weft.await(second).await());
            second.complete(createTask("Juliet", () -> first.await()));
            assertThatThrownBy(first::await)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll("Romeo", "Juliet");
            assertThatThrownBy(() -> second.join().await())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll("Romeo", "Juliet");
        });
    }

    @OnEveryRuntime
    void b2_longerCycleIsRefused(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var last = new CompletableFuture<Task<String>>();
            var first = createTask("Rock", () -> Weft.await(last).await());
            var middle = createTask("Paper", () -> first.await());
            last.complete(createTask("Scissors", () -> middle.await()));
            assertThatThrownBy(first::await)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll("Rock", "Paper", "Scissors");
            Tasks.join(middle, last.join());
            assertThat(middle.exception()).isInstanceOf(IllegalStateException.class);
            assertThat(last.join().exception()).isInstanceOf(IllegalStateException.class);
        });
    }

    @OnEveryRuntime
    void b2_childThatAwaitsItsParentIsRefused(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var parent = createTask("Kronos", () -> {
                var me = self();
                return gather(() -> me.await(), () -> sleep(FOREVER, "never"));
            });
            assertThatThrownBy(parent::await)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Kronos");
        });
    }

    @OnEveryRuntime
    void b2_grandchildThatAwaitsItsGrandparentIsRefused(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var main = self();
            assertThatThrownBy(() -> taskGroup(group -> {
                        group.createTask("Zeus", () -> gather(() -> main.await(), () -> sleep(FOREVER)));
                    }))
                    .isInstanceOfSatisfying(
                            ExceptionGroup.class,
                            thrown -> assertThat(thrown.leaves())
                                    .singleElement()
                                    .isInstanceOf(IllegalStateException.class));
        });
    }

    /** Such a wait ends by itself, so that it is neither refused nor a reason to refuse another. */
    @OnEveryRuntime
    void b2_waitWithALimitClosesNoCycle(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var second = new CompletableFuture<Task<String>>();
            var first = createTask("Romeo", () -> {
                var other = Weft.await(second);
                assertThatThrownBy(() -> other.get(2, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
                return "a";
            });
            second.complete(createTask("Juliet", () -> first.await()));
            assertThat(second.join().await()).isEqualTo("a");
        });
    }

    @OnEveryRuntime
    void b2_parentMayAwaitItsChildren(TestRuntime runtime) throws Exception {
        runtime.run(() -> taskGroup(group -> {
            var child = group.createTask(() -> "a");
            var sibling = group.createTask(() -> child.await() + "b");
            assertThat(sibling.await()).isEqualTo("ab");
        }));
    }

    // ---- J29: the same for waits that take no results

    private static final int ROUNDS = 300;

    private static final int MANY = 90;

    private interface Wait {
        void on(Task<?> task) throws Exception;
    }

    private static void waitForAll(Task<?>... tasks) throws InterruptedException {
        waitUntil(ReturnWhen.ALL_COMPLETED, List.of(tasks));
    }

    private static void awaitCompletions(Task<?>... tasks) throws InterruptedException {
        for (var next : asCompleted(List.of(tasks))) {
            next.await();
        }
    }

    private static final List<Wait> WAITS = List.of(
            task -> waitForAll(task),
            task -> waitUntil(ReturnWhen.FIRST_COMPLETED, List.of(task)),
            task -> waitUntil(ReturnWhen.FIRST_EXCEPTION, List.of(task)),
            task -> awaitCompletions(task),
            task -> awaitCompletions(createTask(() -> "ends before"), task),
            task -> Weft.shield(task),
            task -> Weft.waitFor(task, FOREVER),
            task -> settle(task),
            task -> Weft.race(task),
            Task::get);

    @OnEveryRuntime
    void j29_everyWaitOnOneselfIsRefused(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var wait : WAITS) {
                var task = createTask("Narcissus", () -> {
                    assertThatIllegalStateException()
                            .as("wait %s", WAITS.indexOf(wait))
                            .isThrownBy(() -> wait.on(self()))
                            .withMessageContaining("Narcissus");
                    return "goes on";
                });
                assertEnds(task);
                assertThat(task.await()).isEqualTo("goes on");
            }
        });
    }

    @OnEveryRuntime
    void j29_everyWaitOnAnAncestorIsRefused(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var wait : WAITS) {
                var parent = createTask("Kronos", () -> {
                    var me = self();
                    gather(() -> {
                        assertThatIllegalStateException()
                                .isThrownBy(() -> wait.on(me))
                                .withMessageContaining("Kronos");
                    });
                    return "goes on";
                });
                assertEnds(parent);
                assertThat(parent.await()).isEqualTo("goes on");
            }
        });
    }

    @OnEveryRuntime
    void j29_everyWaitThatClosesALongerCircleIsRefused(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var wait : WAITS) {
                var others = new CompletableFuture<List<Task<?>>>();
                var refused = new CompletableFuture<String>();
                var first = createTask("Rock", () -> {
                    awaitWaiting(Weft.await(others));
                    try {
                        wait.on(others.join().getLast());
                    } catch (IllegalStateException e) {
                        refused.complete(e.getMessage());
                    }
                    return "goes on";
                });
                var middle = createTask("Paper", () -> waitForAll(first));
                others.complete(List.of(middle, createTask("Scissors", () -> awaitCompletions(middle))));
                assertThat(Weft.await(refused)).contains("Rock", "Paper", "Scissors");
                assertEnds(first);
            }
        });
    }

    @OnEveryRuntime
    void j29_waitForAnyOfSeveralThatAreTheWaiterAndItsAncestorsIsRefused(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var main = self();
            gather(() -> {
                var both = List.of(main, self());
                assertThatIllegalStateException().isThrownBy(() -> waitUntil(ReturnWhen.FIRST_COMPLETED, both));
                assertThatIllegalStateException().isThrownBy(() -> awaitCompletions(main, self()));
            });
        });
    }

    /** One of several may end by itself, and a wait with a limit does. */
    @OnEveryRuntime
    void j29_waitsThatMayEndAreNotRefused(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var other = createTask(() -> "ends");
            waitUntil(ReturnWhen.FIRST_COMPLETED, List.of(self(), other));
            waitUntil(ReturnWhen.ALL_COMPLETED, List.of(self()), Duration.ofMillis(2));
            var completions = asCompleted(List.of(self()), Duration.ofMillis(2)).iterator();
            assertThatThrownBy(() -> completions.next().await()).isInstanceOf(TimeoutException.class);
        });
    }

    /** On threads the other may end within the search, which takes its time over many ancestors. */
    @OnEveryRuntime
    void j29_waitForAnyIsNotRefusedAsTheOtherEnds(TestRuntime runtime) throws Exception {
        runtime.run(() -> withAncestors(MANY, List.of(), ancestors -> {
            for (var i = 0; i < ROUNDS; i++) {
                waitUntil(ReturnWhen.FIRST_COMPLETED, plus(ancestors, endsAsSoonAsAwaitedBy(self())));
            }
        }));
    }

    @OnEveryRuntime
    void j29_nextCompletionIsNotRefusedAsTheOtherEnds(TestRuntime runtime) throws Exception {
        runtime.run(() -> withAncestors(3, List.of(), ancestors -> {
            for (var i = 0; i < ROUNDS; i++) {
                asCompleted(plus(ancestors, endsAsSoonAsAwaitedBy(self())))
                        .iterator()
                        .next()
                        .await();
            }
        }));
    }

    private interface WithAncestors {
        void run(List<Task<?>> ancestors) throws Exception;
    }

    private static void withAncestors(int count, List<Task<?>> ancestors, WithAncestors body) throws Exception {
        var more = plus(ancestors, self());
        if (more.size() == count) {
            body.run(more);
        } else {
            gather(() -> withAncestors(count, more, body));
        }
    }

    private static List<Task<?>> plus(List<Task<?>> tasks, Task<?> last) {
        var all = new ArrayList<>(tasks);
        all.add(last);
        return all;
    }

    private static Task<?> endsAsSoonAsAwaitedBy(Task<?> waiter) throws InterruptedException {
        var begun = new CompletableFuture<@Nullable Void>();
        var task = createTask(() -> {
            begun.complete(null);
            for (var i = 0; ((TaskImpl<?>) waiter).waitingFor() == null; i++) {
                if (i % 1_000 == 0) {
                    sleep(Duration.ZERO);
                }
            }
        });
        while (!begun.isDone()) {
            sleep(Duration.ZERO);
        }
        return task;
    }

    /** The wait of one has got what it needs, but not its turn yet: it waits for nobody. */
    @OnEveryRuntime
    void j29_waitThatIsAboutToEndClosesNoCycle(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var i = 0; i < 30; i++) {
                var go = new Event();
                var others = new CompletableFuture<List<Task<?>>>();
                var first = createTask("Rock", () -> {
                    go.await();
                    others.join().getFirst().await();
                });
                var last = createTask("Paper", () -> {
                    awaitWaiting(Weft.await(others));
                    go.set();
                });
                Task<?> middle = createTask("Scissors", () -> {
                    asCompleted(List.of(last, first)).iterator().next().await();
                });
                others.complete(List.of(middle));
                first.await();
            }
        });
    }

    /** Such a wait may end by what somebody else does, so it is not refused; who looks finds it. */
    @OnEveryRuntime
    void j29_circleOfWaitsForAnyIsNamedInTheDump(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var others = new CompletableFuture<List<Task<?>>>();
            var first = createTask("Rock", () -> waitUntil(ReturnWhen.FIRST_COMPLETED, Weft.await(others)));
            var second = createTask("Paper", () -> waitUntil(ReturnWhen.FIRST_COMPLETED, List.of(first, self())));
            var third = createTask("Scissors", () -> awaitCompletions(first, second));
            others.complete(List.of(second, third));
            awaitWaiting(List.of(first, second, third));
            awaitTrue(() -> !Weft.dump(0).awaitCycles().isEmpty());
            assertThat(Weft.dump(0).awaitCycles().getFirst()).hasSize(3);
            first.cancel();
            second.cancel();
            third.cancel();
        });
    }

    /** For what would go on for ever if it went wrong. */
    private static void assertEnds(Task<?> task) throws InterruptedException {
        var limit = Duration.ofSeconds(10);
        try {
            assertThat(Weft.waitUntil(ReturnWhen.ALL_COMPLETED, List.of(task), limit)
                            .pending())
                    .isEmpty();
        } finally {
            task.cancel();
        }
    }
}

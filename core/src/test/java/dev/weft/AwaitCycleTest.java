package dev.weft;

import static dev.weft.Tasks.self;
import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.settle;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;
import static dev.weft.Weft.timeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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

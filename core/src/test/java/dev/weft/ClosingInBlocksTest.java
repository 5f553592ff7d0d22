package dev.weft;

import static dev.weft.Tasks.awaitTrue;
import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.abandonOnCancel;
import static dev.weft.Weft.cancellable;
import static dev.weft.Weft.closing;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.moveOnAfter;
import static dev.weft.Weft.moveOnAt;
import static dev.weft.Weft.onCancel;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.Weft.uninterrupted;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.sync.Event;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;

/** J31 in the blocks that run on the caller's own thread: a value is returned or closed, never both. */
class ClosingInBlocksTest {

    private final CopyOnWriteArrayList<String> closed = new CopyOnWriteArrayList<>();

    /** A body whose value comes after it was asked to stop. */
    private ClosingBody<String, RuntimeException> late() {
        return closing(
                () -> {
                    try {
                        return sleep(FOREVER, "never");
                    } catch (InterruptedException e) {
                        return "late";
                    }
                },
                closed::add);
    }

    private ClosingBody<String, RuntimeException> early() {
        return closing(() -> "early", closed::add);
    }

    @OnEveryRuntime
    void j31_lateValueThatALimitReturnsIsNotClosed(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            assertThat(moveOnAfter(ofMillis(1), late())).contains("late");
            assertThat(moveOnAt(Deadline.after(ofMillis(1)), late())).contains("late");
            assertThat(timeout(ofMillis(1), late())).isEqualTo("late");
            assertThat(moveOnAfter(ofHours(1), early())).contains("early");
            assertThat(moveOnAt(Deadline.never(), early())).contains("early");
            assertThat(closed).isEmpty();
        });
    }

    @OnEveryRuntime
    void j31_lateValueThatALimitDropsIsClosedOnce(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            assertThat(moveOnAfter(ofMillis(1), () -> onCancel(() -> {}, late())))
                    .isEmpty();
            assertThat(closed).containsExactly("late");
            assertThat(moveOnAt(Deadline.after(ofMillis(1)), () -> onCancel(() -> {}, late(), value -> false)))
                    .isEmpty();
            assertThat(closed).containsExactly("late", "late");
            assertThatThrownBy(() -> timeout(ofMillis(1), () -> onCancel(() -> {}, late())))
                    .isInstanceOf(TimeoutException.class);
            assertThat(closed).containsExactly("late", "late", "late");
        });
    }

    @OnEveryRuntime
    void j31_gatherThatAHandleStopsClosesWhatItDrops(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var opened = new Event();
            var stopping = new Event();
            var left = cancellable(scope -> gather(
                    closing(
                            () -> {
                                opened.set();
                                return "early";
                            },
                            closed::add),
                    closing(
                            () -> {
                                stopping.set();
                                try {
                                    return sleep(FOREVER, "never");
                                } catch (InterruptedException e) {
                                    return "late";
                                }
                            },
                            closed::add),
                    () -> {
                        opened.await();
                        stopping.await();
                        scope.cancel();
                        return sleep(FOREVER, "never");
                    }));
            assertThat(left).isEmpty();
            assertThat(closed).containsExactly("early", "late");
        });
    }

    @OnEveryRuntime
    void j31_valueThatIsSaidToBeCompleteIsNotClosed(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            assertThat(moveOnAfter(ofMillis(1), () -> onCancel(() -> {}, late(), "late"::equals)))
                    .contains("late");
            assertThat(onCancel(() -> {}, early(), value -> false)).isEqualTo("early");
            assertThat(closed).isEmpty();
        });
    }

    @OnEveryRuntime
    void j31_predicateThatThrowsHasItsValueClosedOnce(TestRuntime runtime) throws Exception {
        var broken = new IllegalStateException("predicate");
        runtime.run(() -> {
            assertThatThrownBy(() -> moveOnAfter(
                            ofMillis(1),
                            () -> onCancel(() -> {}, late(), value -> {
                                throw broken;
                            })))
                    .isSameAs(broken);
            assertThat(closed).containsExactly("late");
        });
    }

    @OnEveryRuntime
    void j31_valueOfACallableIsClosedToo(TestRuntime runtime) throws Exception {
        Callable<String> late = late();
        runtime.run(() -> {
            assertThat(moveOnAfter(ofMillis(1), late)).contains("late");
            assertThat(closed).isEmpty();
            assertThat(moveOnAfter(ofMillis(1), () -> onCancel(() -> {}, late, value -> false)))
                    .isEmpty();
            assertThat(closed).containsExactly("late");
        });
    }

    @OnEveryRuntime
    void j31_valueThatNobodyWantsIsClosedAtOnce(TestRuntime runtime) throws Exception {
        VoidBody<RuntimeException> late = late();
        VoidBody<RuntimeException> early = early();
        runtime.run(() -> {
            assertThat(moveOnAfter(ofMillis(1), late)).isTrue();
            assertThat(moveOnAt(Deadline.never(), early)).isTrue();
            uninterrupted(early);
            assertThat(closed).containsExactly("late", "early", "early");
        });
    }

    @OnEveryRuntime
    void j31_valueOfAShieldedBodyIsReturnedAndNotClosed(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            ClosingBody<String, RuntimeException> slow = closing(
                    () -> {
                        sleep(ofMillis(2));
                        return "slow";
                    },
                    closed::add);
            assertThat(moveOnAfter(ofMillis(1), () -> uninterrupted(slow))).contains("slow");
            assertThat(closed).isEmpty();
        });
    }

    @OnEveryRuntime
    @NotSimulated("the abandoned call runs on a thread of its own, in real time")
    void j31_callThatAHandleAbandonsClosesTheValueThatComesLate(TestRuntime runtime) throws Exception {
        var release = new CountDownLatch(1);
        runtime.run(() -> {
            var left = cancellable(scope -> abandonOnCancel(closing(
                    () -> {
                        scope.cancel();
                        while (release.getCount() > 0) {
                            Thread.onSpinWait();
                        }
                        return "late";
                    },
                    closed::add)));
            assertThat(left).isEmpty();
            assertThat(closed).isEmpty();
            release.countDown();
            awaitTrue(() -> !closed.isEmpty());
            assertThat(closed).containsExactly("late");
        });
    }
}

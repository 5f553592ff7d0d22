package dev.weft;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.Weft.timeoutAt;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** The handle of a time limit: moving it, printing it, misusing it. */
class TimeoutRescheduleTest {

    @OnEveryRuntime
    void to15_movedLaterByAnotherTask_firesOnlyThen(TestRuntime runtime) throws Exception {
        ManualClock.run(runtime, clock -> {
            var block = new AtomicReference<Timeout>();
            var blocked = startBlock(Deadline.after(ofSeconds(10)), block);
            var later = Deadline.after(ofSeconds(30));
            block.get().rescheduleAt(later);
            assertThat(block.get().when()).isEqualTo(later);
            clock.advance(ofSeconds(29));
            assertThat(block.get().expired()).isFalse();
            clock.advance(ofSeconds(1));
            assertTimedOutAt(later, blocked.await());
            assertThat(block.get().expired()).isTrue();
            assertThat(block.get().when()).isEqualTo(later);
        });
    }

    @OnEveryRuntime
    void to15_movedByADuration_countsFromNow(TestRuntime runtime) throws Exception {
        ManualClock.run(runtime, clock -> {
            var block = new AtomicReference<Timeout>();
            var blocked = startBlock(Deadline.after(ofSeconds(10)), block);
            clock.advance(ofSeconds(9));
            block.get().reschedule(ofSeconds(10));
            var later = Deadline.after(ofSeconds(10));
            assertThat(block.get().when()).isEqualTo(later);
            clock.advance(ofSeconds(9));
            assertThat(block.get().expired()).isFalse();
            clock.advance(ofSeconds(1));
            assertTimedOutAt(later, blocked.await());
        });
    }

    @OnEveryRuntime
    void to15_movedToNeverByAnotherTask_doesNotFire(TestRuntime runtime) throws Exception {
        ManualClock.run(runtime, clock -> {
            var block = new AtomicReference<Timeout>();
            var blocked = startBlock(Deadline.after(ofSeconds(10)), block);
            block.get().reschedule(FOREVER);
            assertThat(block.get().when().isNever()).isTrue();
            clock.advance(ofHours(1000));
            assertThat(block.get().expired()).isFalse();
            blocked.cancel("enough");
            assertThat(blocked.await()).isInstanceOf(CancelledException.class);
            assertThat(block.get().expired()).isFalse();
        });
    }

    @OnEveryRuntime
    void to15_movedEarlierByAnotherTask_firesThen(TestRuntime runtime) throws Exception {
        ManualClock.run(runtime, clock -> {
            var block = new AtomicReference<Timeout>();
            var blocked = startBlock(Deadline.never(), block);
            var soon = Deadline.after(ofSeconds(5));
            block.get().rescheduleAt(soon);
            clock.advance(ofSeconds(4));
            assertThat(block.get().expired()).isFalse();
            clock.advance(ofSeconds(1));
            assertTimedOutAt(soon, blocked.await());
        });
    }

    @OnEveryRuntime
    void to15_movedToThePast_firesAtOnce(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var block = new AtomicReference<Timeout>();
            var blocked = startBlock(Deadline.after(ofHours(1)), block);
            block.get().reschedule(ZERO);
            assertThat(blocked.await()).isInstanceOf(TimeoutException.class);
            assertThat(block.get().expired()).isTrue();
        });
    }

    /** Starts a task that hangs in a timeout block, and returns once it is in there. */
    private static Task<Throwable> startBlock(Deadline deadline, AtomicReference<Timeout> block)
            throws InterruptedException {
        var inBlock = new Gate();
        var task = createTask(() -> catchThrowable(() -> timeoutAt(deadline, timeout -> {
            block.set(timeout);
            inBlock.open();
            sleep(FOREVER);
        })));
        inBlock.await();
        assertThat(block.get().when()).isEqualTo(deadline);
        return task;
    }

    @OnEveryRuntime
    void to16_toString_showsTheState(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var block = new AtomicReference<Timeout>();
            var expiring = new AtomicReference<String>();
            assertThatThrownBy(() -> timeout(ofHours(1), timeout -> {
                        block.set(timeout);
                        assertThat(timeout.toString()).matches("<Timeout \\[active] when=\\d+\\.\\d{9}>");
                        assertThat(timeout).hasToString("<Timeout [active] when=" + timeout.when() + ">");
                        timeout.reschedule(ofMillis(1));
                        try {
                            sleep(FOREVER);
                        } finally {
                            expiring.set(timeout.toString());
                        }
                    }))
                    .isInstanceOf(TimeoutException.class);
            assertThat(expiring.get()).startsWith("<Timeout [expiring]").endsWith(">");
            assertThat(block.get()).hasToString("<Timeout [expired]>");
        });
    }

    @OnEveryRuntime
    void to16_toStringOfUnlimitedAndFinished_showsTheState(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var block = new AtomicReference<Timeout>();
            timeout(FOREVER, timeout -> {
                block.set(timeout);
                assertThat(timeout).hasToString("<Timeout [active] when=never>");
            });
            assertThat(block.get()).hasToString("<Timeout [finished]>");
        });
    }

    /**
     * A timeout cannot be entered: it comes with its block. The nearest misuse is to run the same block again, also
     * within itself.
     */
    @OnEveryRuntime
    void to20_sameBlockRunAgain_hasALimitOfItsOwn(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var blocks = new ArrayList<Timeout>();
            TimeoutBody<Integer, RuntimeException> body = timeout -> {
                blocks.add(timeout);
                return blocks.size();
            };
            assertThat(timeout(ofHours(1), body)).isEqualTo(1);
            assertThat(timeout(ofHours(2), body)).isEqualTo(2);
            int nested = timeout(ofHours(3), outer -> {
                blocks.add(outer);
                var inner = timeout(ofHours(1), body);
                assertThat(outer.toString()).startsWith("<Timeout [active]");
                return inner;
            });
            assertThat(nested).isEqualTo(4);
            assertThat(blocks).hasSize(4).doesNotHaveDuplicates();
            assertThat(blocks).allSatisfy(block -> assertRejects(block, "finished"));
        });
    }

    @OnEveryRuntime
    void to21_rescheduleOfAFinishedBlock_isRejected(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var block = new AtomicReference<Timeout>();
            timeout(ofHours(1), block::set);
            var deadline = block.get().when();
            assertRejects(block.get(), "finished");
            assertThat(block.get().when()).isEqualTo(deadline);
        });
    }

    @OnEveryRuntime
    void to21_rescheduleOfAnExpiringAndAnExpiredBlock_isRejected(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var block = new AtomicReference<Timeout>();
            var bodyDone = new AtomicReference<Throwable>();
            assertThatThrownBy(() -> timeout(ofMillis(1), timeout -> {
                        block.set(timeout);
                        try {
                            sleep(FOREVER);
                        } finally {
                            bodyDone.set(catchThrowable(() -> assertRejects(timeout, "expiring")));
                        }
                    }))
                    .isInstanceOf(TimeoutException.class);
            assertThat(bodyDone.get()).isNull();
            assertRejects(block.get(), "expired");
        });
    }

    private static void assertRejects(Timeout block, String state) {
        assertThatThrownBy(() -> block.reschedule(ofHours(2)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(state);
        assertThatThrownBy(() -> block.rescheduleAt(Deadline.never()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(state);
    }

    private static void assertTimedOutAt(Deadline deadline, Throwable thrown) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        DeadlineExceededException.class,
                        e -> assertThat(e.deadline()).isEqualTo(deadline));
    }
}

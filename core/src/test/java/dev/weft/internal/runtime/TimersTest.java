package dev.weft.internal.runtime;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The thread of the timers: order, taking back, faults, and its end. */
@Tag("races")
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TimersTest {

    private static final long LONG = TimeUnit.HOURS.toNanos(1);

    @Test
    void timers_goOffInTheOrderOfTheirTimes() throws Exception {
        var order = Collections.synchronizedList(new ArrayList<Integer>());
        var all = new CountDownLatch(20);
        var thread = new TimerThread();
        var start = System.nanoTime();
        for (var i = 19; i >= 0; i--) {
            var number = i;
            thread.schedule(
                    () -> {
                        order.add(number);
                        all.countDown();
                    },
                    start + i);
        }
        thread.start();
        all.await();
        assertThat(order).isSorted();
    }

    /** Without that, each of them would go off when the thread looks by itself: all together after the test's time. */
    @Test
    void timerThatIsDueBeforeAllOthers_wakesTheThreadUp() throws Exception {
        var thread = new TimerThread();
        thread.schedule(() -> {}, System.nanoTime() + LONG);
        thread.start();
        for (var i = 0; i < 100; i++) {
            while (thread.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            var gone = new CountDownLatch(1);
            thread.schedule(gone::countDown, System.nanoTime());
            gone.await();
        }
    }

    /** Taken back before the thread has looked, and when it has the timer in its heap. */
    @Test
    void timerThatWasTakenBack_doesNotGoOff() throws Exception {
        var thread = new TimerThread();
        var gone = new AtomicInteger();
        var now = System.nanoTime();
        for (var i = 0; i < 1_000; i++) {
            thread.schedule(gone::incrementAndGet, now).cancel();
        }
        var known = new AtomicReference<TimerHandle>();
        thread.schedule(
                () -> {
                    known.get().cancel();
                    known.get().cancel();
                },
                now);
        known.set(thread.schedule(gone::incrementAndGet, now + 1));
        var over = new CountDownLatch(1);
        thread.schedule(over::countDown, now + 2);
        thread.start();
        over.await();
        assertThat(gone).hasValue(0);
    }

    @Test
    void actionThatThrows_keepsNoOtherFromGoingOff() throws Exception {
        var told = new CompletableFuture<Throwable>();
        var failure = new OutOfMemoryError("as it should");
        schedule(
                () -> {
                    Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> {
                        told.complete(thrown);
                        throw new IllegalStateException("the handler too");
                    });
                    throw failure;
                },
                0);
        awaitTimer(0);
        assertThat(told.get()).isSameAs(failure);
        schedule(() -> Thread.currentThread().setUncaughtExceptionHandler(null), 0);
    }

    @Test
    void interruptOfTheThread_keepsNoTimerFromGoingOff() throws Exception {
        schedule(() -> Thread.currentThread().interrupt(), 0);
        awaitTimer(MILLISECONDS.toNanos(5));
    }

    @Test
    void threadWhoseOnlyTimerWasTakenBack_endsLongBeforeItsTime() throws Exception {
        var thread = new TimerThread();
        var timer = thread.schedule(() -> {}, System.nanoTime() + LONG);
        thread.start(); // which takes the timer before it waits
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        assertThat(timer).isNotNull();
        timer.cancel();
        thread.join();
    }

    @Test
    void threadWithoutTimers_endsAndTakesNoMore() throws Exception {
        var thread = new TimerThread();
        thread.start();
        assertThat(thread.schedule(() -> {}, System.nanoTime())).isNotNull();
        thread.join();
        assertThat(thread.schedule(() -> {}, System.nanoTime())).isNull();
    }

    @Test
    void timersSetByManyThreads_allGoOffOrAreTakenBack() throws Exception {
        var gone = new AtomicInteger();
        var expected = new AtomicInteger();
        var threads = new ArrayList<Thread>();
        for (var i = 0; i < 4; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (var j = 0; j < 20_000; j++) {
                    if (j % 4 == 0) {
                        schedule(gone::incrementAndGet, j % 100);
                        expected.incrementAndGet();
                    } else {
                        schedule(() -> gone.addAndGet(1_000_000), LONG).cancel();
                    }
                }
            }));
        }
        for (var thread : threads) {
            thread.join();
        }
        while (gone.get() < expected.get()) {
            Thread.onSpinWait();
        }
        assertThat(gone).hasValue(expected.get());
    }

    private static void awaitTimer(long delayNanos) throws InterruptedException {
        var over = new CountDownLatch(1);
        schedule(over::countDown, delayNanos);
        over.await();
    }

    private static TimerHandle schedule(Runnable action, long delayNanos) {
        return Timers.schedule(action, delayNanos);
    }
}

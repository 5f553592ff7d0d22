package dev.weft.sync;

import static dev.weft.Weft.createTask;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.ForwardingScheduler;
import dev.weft.ManualClock;
import dev.weft.OnEveryRuntime;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.TestRuntime;
import dev.weft.WeftRuntime;
import dev.weft.internal.runtime.ParallelScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

    private static final int TURNS = 20;

    private final RateLimiter limiter = new RateLimiter(10, ofSeconds(1), 3);

    /**
     * Lets all others go as far as they can. There is nothing else to wait for: they wait for time, which stands still.
     */
    private static void settle() throws InterruptedException {
        for (var i = 0; i < TURNS; i++) {
            sleep(ZERO);
        }
    }

    @Test
    void acquire_burstAtOnce_thenAtTheRate_inTheOrderOfTheirComing() throws Exception {
        ManualClock.run(TestRuntime.EVENT_LOOP, clock -> {
            var passed = new ArrayList<Integer>();
            for (var i = 0; i < 6; i++) {
                var number = i;
                createTask("caller-" + i, () -> {
                    limiter.acquire();
                    passed.add(number);
                });
            }
            settle();
            assertThat(passed).containsExactly(0, 1, 2);
            assertThat(limiter.snapshot().next()).isEqualTo("caller-3");
            assertThat(limiter.snapshot().waiters()).containsExactly("caller-4", "caller-5");
            assertThat(limiter).hasToString("RateLimiter[10 per PT1S, burst=3, waiting=2]");
            clock.advance(ofMillis(99));
            settle();
            assertThat(passed).hasSize(3);
            clock.advance(ofMillis(1));
            settle();
            assertThat(passed).containsExactly(0, 1, 2, 3);
            clock.advance(ofMillis(100));
            settle();
            clock.advance(ofMillis(100));
            settle();
            assertThat(passed).containsExactly(0, 1, 2, 3, 4, 5);
        });
    }

    @Test
    void acquire_cancelled_usesNoTokenAndDelaysNobody() throws Exception {
        ManualClock.run(TestRuntime.EVENT_LOOP, clock -> {
            var tasks = new ArrayList<Task<?>>();
            for (var i = 0; i < 5; i++) {
                tasks.add(createTask(limiter::acquire));
            }
            settle();
            tasks.get(3).cancel();
            settle();
            assertThat(tasks.get(3).isCancelled()).isTrue();
            clock.advance(ofMillis(100));
            settle();
            assertThat(tasks.get(4).isDone()).isTrue();
            assertThat(limiter.snapshot().next()).isNull();
        });
    }

    @OnEveryRuntime
    void acquire_neverMorePassThanPromised(TestRuntime runtime) throws Exception {
        ManualClock.run(runtime, clock -> {
            var start = clock.nanoTime();
            var passedAt = new CopyOnWriteArrayList<Long>();
            var tasks = new ArrayList<Task<?>>();
            for (var i = 0; i < 30; i++) {
                tasks.add(createTask(() -> {
                    limiter.acquire();
                    passedAt.add(clock.nanoTime() - start);
                }));
            }
            while (!tasks.stream().allMatch(Task::isDone)) {
                clock.advance(ofMillis(7));
                sleep(ZERO);
            }
            for (var i = 3; i < passedAt.size(); i++) {
                assertThat(Duration.ofNanos(passedAt.get(i))).isGreaterThanOrEqualTo(ofMillis(100L * (i - 2)));
            }
        });
    }

    @OnEveryRuntime
    void tryAcquire_tokensGatherAgain_butNotMoreThanABurst(TestRuntime runtime) throws Exception {
        ManualClock.run(runtime, clock -> {
            for (var round = 0; round < 3; round++) {
                for (var i = 0; i < 3; i++) {
                    assertThat(limiter.tryAcquire()).isTrue();
                }
                assertThat(limiter.tryAcquire()).isFalse();
                clock.advance(ofMillis(100));
                assertThat(limiter.tryAcquire()).isTrue();
                assertThat(limiter.tryAcquire()).isFalse();
                clock.advance(ofSeconds(60));
            }
        });
    }

    @Test
    void tryAcquire_whileAnotherTakesAToken_takesTheNextOne() throws Exception {
        var others = new ArrayList<Boolean>();
        var clock = new HookedClock(() -> others.add(onAnotherThread(limiter::tryAcquire)));
        try (var runner = Runner.builder()
                .signals(false)
                .runtime(() -> WeftRuntime.of(clock, () -> {}))
                .build()) {
            runner.run(() -> {
                clock.isArmed = true;
                assertThat(limiter.tryAcquire()).isTrue();
                clock.isArmed = true;
                limiter.acquire();
            });
        }
        assertThat(others.getFirst()).isTrue();
        assertThat(others).hasSizeBetween(1, 2);
    }

    private static boolean onAnotherThread(Callable<Boolean> call) {
        var task = new FutureTask<>(call);
        Thread.ofPlatform().start(task);
        try {
            return task.get(10, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** The real clock, which does something, once, when it is looked at. */
    private static final class HookedClock extends ForwardingScheduler {

        private final Runnable hook;
        private boolean isArmed;

        HookedClock(Runnable hook) {
            super(ParallelScheduler.INSTANCE);
            this.hook = hook;
        }

        @Override
        public long nanoTime() {
            if (isArmed) {
                isArmed = false;
                hook.run();
            }
            return super.nanoTime();
        }
    }

    @Test
    void badInput_isRefused() {
        for (var bad : List.<Runnable>of(
                () -> new RateLimiter(0, ofSeconds(1), 1),
                () -> new RateLimiter(1, ofSeconds(1), 0),
                () -> new RateLimiter(1, ZERO, 1),
                () -> new RateLimiter(2, ofNanos(1), 1),
                () -> new RateLimiter(1, ofSeconds(-1), 1),
                () -> new RateLimiter(1, dev.weft.Weft.FOREVER, 1),
                () -> new RateLimiter(Integer.MAX_VALUE, dev.weft.Weft.FOREVER, 1),
                () -> new RateLimiter(1, Duration.ofDays(365), 101))) {
            assertThatThrownBy(bad::run).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(new RateLimiter(1, ofSeconds(1), 1).tryAcquire()).isTrue();
    }
}

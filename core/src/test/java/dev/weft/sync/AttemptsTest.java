package dev.weft.sync;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.propagate;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.sync.Attempts.hedge;
import static dev.weft.sync.Attempts.retry;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.AnyThread;
import dev.weft.Body;
import dev.weft.ContextPropagator;
import dev.weft.ManualClock;
import dev.weft.OnAnyThread;
import dev.weft.OnEveryRuntime;
import dev.weft.Problem;
import dev.weft.Suppressed;
import dev.weft.Tasks;
import dev.weft.TestRuntime;
import dev.weft.Weft;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class AttemptsTest {

    private final AtomicInteger tries = new AtomicInteger();

    private int failUntil(int success) throws IOException {
        var number = tries.incrementAndGet();
        if (number < success) {
            throw new IOException("try " + number);
        }
        return number;
    }

    @OnAnyThread
    void retry_failsThenReturns_onTheCallersThread(AnyThread kind) throws Exception {
        kind.run(() -> {
            var me = Thread.currentThread();
            var result = retry(RetryPolicy.attempts(3), () -> {
                assertThat(Thread.currentThread()).isSameAs(me);
                return failUntil(3);
            });
            assertThat(result).isEqualTo(3);
        });
    }

    @Test
    void retry_allFail_lastIsThrownWithTheOthers() {
        assertThatThrownBy(() -> retry(RetryPolicy.attempts(3), () -> failUntil(100)))
                .isInstanceOf(IOException.class)
                .hasMessage("try 3")
                .satisfies(e -> assertThat(Suppressed.in(e))
                        .extracting(Throwable::getMessage)
                        .containsExactly("try 1", "try 2"));
        tries.set(0);
        assertThatThrownBy(() -> retry(RetryPolicy.attempts(50), () -> failUntil(100)))
                .satisfies(e -> assertThat(Suppressed.in(e))
                        .hasSize(10)
                        .extracting(Throwable::getMessage)
                        .endsWith("try 48", "try 49"));
    }

    @OnEveryRuntime
    void retry_lastFailureTakesNoSuppressed_earlierOnesAreReported(TestRuntime runtime) throws Exception {
        var problems = new CopyOnWriteArrayList<Problem>();
        var last = new Exception("takes none", null, false, false) {};
        runtime.run(
                problems,
                () -> assertThatThrownBy(() -> retry(RetryPolicy.attempts(3), () -> {
                            if (tries.get() < 2) {
                                failUntil(3);
                            }
                            throw last;
                        }))
                        .isSameAs(last));
        assertThat(problems)
                .extracting(Problem::kind)
                .containsExactly(Problem.Kind.UNATTACHED_FAILURE, Problem.Kind.UNATTACHED_FAILURE);
        assertThat(problems).extracting(p -> p.exception().getMessage()).containsExactly("try 1", "try 2");
    }

    @Test
    void retry_lastFailureTakesNoSuppressed_outsideOfARun_earlierOnesAreLogged() {
        var logged = new ArrayList<String>();
        var handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                logged.add(entry.getThrown().getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        var logger = Logger.getLogger("dev.weft");
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
        try {
            assertThatThrownBy(() -> retry(RetryPolicy.attempts(2), () -> {
                        failUntil(2);
                        throw new Exception("takes none", null, false, false) {};
                    }))
                    .hasMessage("takes none");
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
        assertThat(logged).containsExactly("try 1");
    }

    @Test
    void retry_sameExceptionEachTime_isNotSuppressedIntoItself() {
        var always = new IOException("always the same");
        assertThatThrownBy(() -> retry(RetryPolicy.attempts(3), () -> {
                    throw always;
                }))
                .isSameAs(always);
        assertThat(Suppressed.in(always)).isEmpty();
    }

    @Test
    void retry_failureThatIsNotMeant_isThrownAtOnce() {
        var policy = RetryPolicy.attempts(5).retryIf(e -> e instanceof IllegalStateException);
        assertThatThrownBy(() -> retry(policy, () -> failUntil(3))).hasMessage("try 1");
        assertThatThrownBy(() -> retry(RetryPolicy.attempts(5), () -> {
                    tries.incrementAndGet();
                    throw new AssertionError("an error");
                }))
                .isInstanceOf(AssertionError.class);
        assertThat(tries).hasValue(2);
    }

    @Test
    void retry_errorAfterFailures_failuresAreSuppressed() {
        assertThatThrownBy(() -> retry(RetryPolicy.attempts(5), () -> {
                    failUntil(3);
                    throw new AssertionError("an error");
                }))
                .isInstanceOf(AssertionError.class)
                .satisfies(e -> assertThat(Suppressed.in(e))
                        .extracting(Throwable::getMessage)
                        .containsExactly("try 1", "try 2"));
    }

    @Test
    void retry_testOfFailuresThrows_failuresAreSuppressed() {
        var policy = RetryPolicy.attempts(5).retryIf(e -> {
            if (tries.get() == 2) {
                throw new IllegalStateException("the test fails");
            }
            return true;
        });
        assertThatThrownBy(() -> retry(policy, () -> failUntil(9)))
                .hasMessage("the test fails")
                .satisfies(e -> assertThat(Suppressed.in(e))
                        .extracting(Throwable::getMessage)
                        .containsExactly("try 1", "try 2"));
    }

    @Test
    void retry_testOfFailuresThrowsTheFailure_isNotSuppressedIntoItself() {
        var failure = new IllegalStateException("broken");
        var policy = RetryPolicy.attempts(5).retryIf(e -> {
            throw failure;
        });
        assertThatThrownBy(() -> retry(policy, () -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(Suppressed.in(failure)).isEmpty();
    }

    @Test
    void retry_randomnessThrows_failuresAreSuppressed() {
        var policy = RetryPolicy.attempts(5).delay(ofMillis(1)).jitter(0.5).random(() -> {
            throw new IllegalStateException("no randomness");
        });
        assertThatThrownBy(() -> retry(policy, () -> failUntil(9)))
                .hasMessage("no randomness")
                .satisfies(e -> assertThat(Suppressed.in(e))
                        .extracting(Throwable::getMessage)
                        .containsExactly("try 1"));
    }

    @Test
    void retry_pausesGrowOnTheRuntimesClock() throws Exception {
        ManualClock.run(TestRuntime.EVENT_LOOP, clock -> {
            var policy = RetryPolicy.attempts(5).backoff(ofMillis(100), ofMillis(350));
            var triedAt = new ArrayList<Long>();
            var start = clock.nanoTime();
            var task = createTask(() -> retry(policy, () -> {
                triedAt.add((clock.nanoTime() - start) / 1_000_000);
                return failUntil(5);
            }));
            while (!task.isDone()) {
                sleep(ZERO);
                sleep(ZERO);
                clock.advance(ofMillis(50));
            }
            assertThat(triedAt).containsExactly(0L, 100L, 300L, 650L, 1000L);
        });
    }

    @OnEveryRuntime
    void retry_cancelledInAPause_triesNoMore(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var task = createTask(() -> retry(RetryPolicy.attempts(5).delay(FOREVER), () -> failUntil(3)));
            Tasks.awaitTrue(() -> tries.get() == 1);
            task.cancel();
            assertThatThrownBy(task::await)
                    .isInstanceOf(CancellationException.class)
                    .satisfies(e -> assertThat(Suppressed.in(e.getCause()))
                            .extracting(Throwable::getMessage)
                            .containsExactly("try 1"));
            assertThat(tries).hasValue(1);
        });
    }

    @OnEveryRuntime
    void retry_bodyWrapsTheInterruptOfACancel_triesNoMore(TestRuntime runtime) throws Exception {
        assertThatCancelEndsTheTries(
                runtime,
                begun -> Weft.blocking(() -> {
                    begun.complete(null);
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException("wrapped", e);
                    }
                }));
    }

    @OnEveryRuntime
    void retry_bodyMakesAFailureOfACancel_triesNoMore(TestRuntime runtime) throws Exception {
        assertThatCancelEndsTheTries(runtime, begun -> {
            begun.complete(null);
            try {
                sleep(FOREVER);
            } catch (InterruptedException e) {
                throw new IllegalStateException("no longer to be seen", null);
            }
        });
    }

    /** What a try does until it is cancelled, and makes of that. */
    private interface CancelledTry {
        void run(CompletableFuture<Void> begun) throws InterruptedException;
    }

    private static void assertThatCancelEndsTheTries(TestRuntime runtime, CancelledTry body)
            throws InterruptedException {
        runtime.run(() -> {
            var begun = new CompletableFuture<Void>();
            var tries = new AtomicInteger();
            var task = createTask(() -> retry(RetryPolicy.attempts(3), () -> {
                if (tries.incrementAndGet() == 1) {
                    body.run(begun);
                }
            }));
            Weft.await(begun);
            task.cancel();
            assertThatThrownBy(task::await);
            assertThat(tries).hasValue(1);
        });
    }

    @OnEveryRuntime
    void retry_outerLimitPassesInTheBody_triesNoMore(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            assertThatThrownBy(() -> timeout(FOREVER, limit -> {
                        retry(RetryPolicy.attempts(5), () -> {
                            tries.incrementAndGet();
                            limit.reschedule(ZERO);
                            try {
                                sleep(FOREVER);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                                throw new IOException("made something else of it", e);
                            }
                        });
                    }))
                    .isInstanceOfAny(TimeoutException.class, InterruptedException.class);
            assertThat(tries).hasValue(1);
        });
        Thread.interrupted();
    }

    @Test
    void policy_jitterStaysInItsBoundsAndCanBeRepeated() {
        var policy = RetryPolicy.attempts(9).delay(ofSeconds(1)).jitter(0.2);
        for (var attempt = 1; attempt < 200; attempt++) {
            assertThat(policy.delayAfter(attempt)).isBetween(ofMillis(800), ofMillis(1200));
        }
        assertThat(policy.random(new Random(1)).delayAfter(1))
                .isEqualTo(policy.random(new Random(1)).delayAfter(1))
                .isNotEqualTo(policy.random(new Random(2)).delayAfter(1));
        assertThat(RetryPolicy.attempts(9).backoff(ofSeconds(1), FOREVER).delayAfter(10_000))
                .isEqualTo(FOREVER);
    }

    @Test
    void policy_badInputIsRefused() {
        var policy = RetryPolicy.attempts(2);
        for (var bad : List.<Runnable>of(
                () -> RetryPolicy.attempts(0),
                () -> policy.delay(ofMillis(-1)),
                () -> policy.backoff(ofMillis(2), ofMillis(1)),
                () -> policy.backoff(ofMillis(1), ofMillis(2), 0.5),
                () -> policy.backoff(ofMillis(1), ofMillis(2), Double.NaN),
                () -> policy.jitter(1.1),
                () -> policy.jitter(Double.NaN))) {
            assertThatThrownBy(bad::run).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> retry(null, () -> 1)).hasMessageContaining("policy");
        assertThatThrownBy(() -> retry(policy, (Body<Integer, RuntimeException>) null))
                .hasMessageContaining("body");
    }

    @OnEveryRuntime
    void hedge_firstIsFast_secondNeverRuns(TestRuntime runtime) throws Exception {
        runtime.run(() -> assertThat(hedge(FOREVER, () -> "first", () -> {
                    throw new AssertionError("never run");
                }))
                .isEqualTo("first"));
    }

    @OnEveryRuntime
    void hedge_firstIsSlow_secondWinsAndFirstHasEnded(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var ended = new AtomicInteger();
            var result = hedge(
                    ofMillis(1),
                    () -> {
                        try {
                            sleep(FOREVER);
                            return "first";
                        } finally {
                            ended.incrementAndGet();
                        }
                    },
                    () -> "second");
            assertThat(result).isEqualTo("second");
            assertThat(ended).hasValue(1);
        });
    }

    @OnEveryRuntime
    void hedge_firstFails_secondBeginsAtOnce(TestRuntime runtime) throws Exception {
        runtime.run(() -> assertThat(hedge(
                        FOREVER,
                        () -> {
                            throw new IOException("broken");
                        },
                        () -> "second"))
                .isEqualTo("second"));
    }

    @OnEveryRuntime
    void hedge_allFail_firstFailureWithTheOthers(TestRuntime runtime) throws Exception {
        runtime.run(() -> assertThatThrownBy(() -> hedge(FOREVER, () -> failUntil(9), () -> failUntil(9)))
                .isInstanceOf(IOException.class)
                .hasMessage("try 1")
                .satisfies(e -> assertThat(Suppressed.in(e)).hasSize(1)));
    }

    @OnEveryRuntime
    void h6_hedgeWhoseFirstBodyNeverBegins_secondBeginsAtOnce(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var captured = new AtomicInteger();
            ContextPropagator failsInTheFirstTask = () -> {
                var isFirst = captured.getAndIncrement() == 0;
                return () -> {
                    if (isFirst) {
                        throw new IllegalStateException("cannot be restored");
                    }
                    return () -> {};
                };
            };
            var result = propagate(failsInTheFirstTask, () -> hedge(FOREVER, () -> "first", () -> "second"));
            assertThat(result).isEqualTo("second");
        });
    }

    @OnEveryRuntime
    void j7_hedgeWhoseCallerIsCancelled_failureIsFound(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var failure = new IOException("broken");
            var secondRuns = new Event();
            var task = createTask(() -> hedge(
                    FOREVER,
                    () -> {
                        throw failure;
                    },
                    () -> {
                        secondRuns.set();
                        sleep(FOREVER);
                        return "never";
                    }));
            secondRuns.await();
            task.cancel();
            Tasks.join(task);
            assertThat(task.isCancelled()).isTrue();
            assertThatThrownBy(task::result)
                    .satisfies(e -> assertThat(Suppressed.in(e.getCause())).contains(failure));
        });
    }

    @Test
    void hedge_eachBeginsAfterTheDelayOfTheOneBefore() throws Exception {
        ManualClock.run(TestRuntime.EVENT_LOOP, clock -> {
            var begun = new CopyOnWriteArrayList<Long>();
            var start = clock.nanoTime();
            Body<String, RuntimeException> slow = () -> {
                begun.add((clock.nanoTime() - start) / 1_000_000);
                sleep(ofMillis(250));
                return "done";
            };
            var task = createTask(() -> hedge(ofMillis(100), slow, slow, slow, slow));
            while (!task.isDone()) {
                for (var i = 0; i < 10; i++) {
                    sleep(ZERO);
                }
                clock.advance(ofMillis(50));
            }
            assertThat(begun).containsExactly(0L, 100L, 200L);
        });
    }

    @OnEveryRuntime
    void hedge_cancelled_bodiesHaveEnded(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var running = new AtomicInteger();
            Body<String, RuntimeException> hangs = () -> {
                running.incrementAndGet();
                try {
                    sleep(FOREVER);
                    return "never";
                } finally {
                    running.decrementAndGet();
                }
            };
            var task = createTask(() -> hedge(ZERO, hangs, hangs));
            Tasks.awaitTrue(() -> running.get() == 2);
            task.cancel();
            Tasks.join(task);
            assertThat(task.isCancelled()).isTrue();
            assertThat(running).hasValue(0);
        });
    }

    @Test
    void hedge_badInputIsRefused() {
        assertThatThrownBy(() -> hedge(Duration.ofNanos(-1), () -> 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> hedge(ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> hedge(ZERO, () -> 1, null)).hasMessageContaining("bodies[1]");
    }
}

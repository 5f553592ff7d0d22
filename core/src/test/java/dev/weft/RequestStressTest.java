package dev.weft;

import static dev.weft.Weft.createTask;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;

/** Requests from several threads at once: made, taken back, waited under. The books are balanced at every pause. */
@Tag("races")
@NotSimulated("disturbed by threads from outside, in real time")
class RequestStressTest {

    private static final int THREADS = 2;
    private static final int OPERATIONS = 100;

    @OnEveryRuntime
    void c6_requestsComeAndGoFromSeveralThreads_countIsRightAtEachPause(TestRuntime runtime) throws Exception {
        var seed = System.nanoTime();
        runtime.run(() -> {
            var task = Weft.currentTask().orElseThrow();
            var random = new Random(seed);
            var end = Deadline.after(ofSeconds(3));
            for (var phase = 0; phase < 2000 && (phase == 0 || !end.hasPassed()); phase++) {
                play(task, random, "seed " + seed + ", phase " + phase);
            }
        });
    }

    private static void play(Task<?> task, Random random, String where) throws InterruptedException {
        var takeBack = random.nextBoolean();
        var made = new AtomicInteger();
        var takenBack = new AtomicInteger();
        var over = new CompletableFuture<Void>();
        var left = new AtomicInteger(THREADS);
        for (var i = 0; i < THREADS; i++) {
            var threadSeed = random.nextLong();
            Thread.ofVirtual().start(() -> {
                ask(task, new Random(threadSeed), takeBack, made, takenBack);
                if (left.decrementAndGet() == 0) {
                    over.complete(null);
                }
            });
        }
        var seen = 0;
        while (!over.isDone()) {
            try {
                work(random, over);
            } catch (CancelledException e) {
                seen++;
            }
        }
        try {
            sleep(ZERO);
        } catch (CancelledException e) {
            seen++;
        }
        sleep(ZERO);
        assertThat(Thread.currentThread().isInterrupted()).as(where).isFalse();
        assertThat(task.cancelling()).as(where).isEqualTo(made.get() - takenBack.get());
        assertThat(seen).as(where).isBetween(takeBack ? 0 : Math.min(1, made.get()), made.get());
        for (var standing = task.cancelling(); standing > 0; standing--) {
            assertThat(task.uncancel()).as(where).isEqualTo(standing - 1);
        }
        sleep(ZERO);
    }

    /** Every way to wait, and to have requests of one's own. */
    private static void work(Random random, CompletableFuture<Void> over) throws InterruptedException {
        switch (random.nextInt(5)) {
            case 0 -> sleep(ZERO);
            case 1 -> Weft.await(over.minimalCompletionStage());
            case 2 -> expire(() -> sleep(ofSeconds(60)));
            case 3 -> expire(() -> expire(() -> sleep(ZERO)));
            default -> expire(() -> {});
        }
    }

    private static void expire(VoidBody<RuntimeException> body) throws InterruptedException {
        try {
            timeout(ofSeconds(60), limit -> {
                limit.reschedule(ZERO);
                body.execute();
            });
        } catch (TimeoutException e) {
            // as it should
        }
    }

    private static void ask(
            Task<?> task, Random random, boolean takeBack, AtomicInteger made, AtomicInteger takenBack) {
        for (var i = 0; i < OPERATIONS; i++) {
            TimeoutRace.burn(random.nextInt(100));
            if (random.nextInt(4) == 0) {
                task.cancel(i);
                made.incrementAndGet();
                if (takeBack) {
                    TimeoutRace.burn(random.nextInt(100));
                    task.uncancel();
                    takenBack.incrementAndGet();
                }
            }
        }
    }

    @OnEveryRuntime
    void c1_cancelRacesEndOfTask_answerIsTrueUnlessItHasEnded(TestRuntime runtime) throws Exception {
        var seed = System.nanoTime();
        runtime.run(() -> {
            var random = new Random(seed);
            var end = Deadline.after(ofSeconds(2));
            var rounds = new AtomicLong();
            while (rounds.get() < 20_000 && (rounds.get() == 0 || !end.hasPassed())) {
                var where = "seed " + seed + ", round " + rounds.incrementAndGet();
                var waits = random.nextInt(3);
                var spins = random.nextInt(60);
                var asked = new AtomicBoolean();
                var tasks = new ArrayList<Task<Integer>>();
                tasks.add(createTask(() -> {
                    for (var i = 0; i < waits; i++) {
                        sleep(ZERO);
                    }
                    TimeoutRace.burn(spins);
                    return 1;
                }));
                var task = tasks.getFirst();
                var racer = new CompletableFuture<Void>();
                var racerSpins = random.nextInt(300);
                Thread.ofVirtual().start(() -> {
                    TimeoutRace.burn(racerSpins);
                    asked.set(task.cancel(where));
                    if (!asked.get() && !task.isDone()) {
                        racer.completeExceptionally(new AssertionError("cancel() is false, and the task runs on"));
                    } else {
                        racer.complete(null);
                    }
                });
                Weft.await(racer);
                Weft.waitUntil(ReturnWhen.ALL_COMPLETED, tasks);
                var expected = asked.get() ? Future.State.CANCELLED : Future.State.SUCCESS;
                if (task.state() != expected) {
                    // asked after its last cancellation point
                    assertThat(asked).as(where).isTrue();
                    assertThat(task.state()).as(where).isEqualTo(Future.State.SUCCESS);
                }
            }
        });
    }
}

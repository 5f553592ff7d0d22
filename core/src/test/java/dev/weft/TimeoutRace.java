package dev.weft;

import static dev.weft.Weft.blocking;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A race, many times over: one thread goes through blocks with a time limit, and another makes the limit pass, cancels
 * the task or interrupts the thread at a random moment before, during or after the end of the block. Then both meet,
 * and the books must balance: what was sent has been seen once, and nothing else.
 */
final class TimeoutRace {

    private static final Duration INNER = Duration.ofHours(1);
    private static final Duration OUTER = Duration.ofHours(2);

    /** Longer than any machine stalls: whose wait ends by this was forgotten. */
    private static final Duration TOO_LONG = Duration.ofSeconds(60);

    private static final int SPINS = 40;

    enum Act {
        EXPIRE_INNER,
        EXPIRE_OUTER,
        CANCEL,
        INTERRUPT,
        RELEASE
    }

    /** What the innermost body does. */
    enum Work {
        COMPUTE,
        WAIT_SHORTLY,
        WAIT_FOR_RELEASE,
        WAIT,
        GATHER,
        FAILING_GROUP,
        JDK_SLEEP,
        JDK_QUEUE,
        JDK_QUEUE_RELEASED,
        JDK_PARK;

        /** Ends only because somebody ends it. */
        boolean isEndless() {
            return this == WAIT || this == GATHER || this == JDK_SLEEP || this == JDK_QUEUE || this == JDK_PARK;
        }

        boolean isReleased() {
            return this == WAIT_FOR_RELEASE || this == JDK_QUEUE_RELEASED;
        }

        boolean isJdk() {
            return name().startsWith("JDK");
        }
    }

    /** One round: what is done, when, and what came of it. */
    private static final class Round {
        final Work work;
        final boolean nested;
        final boolean early;
        final List<Act> acts;
        final int[] spins;
        final int workSpins;
        final Thread thread = Thread.currentThread();
        final Task<?> task = Weft.currentTask().orElse(null);
        final CompletableFuture<Void> gate = new CompletableFuture<>();
        final LinkedBlockingQueue<Integer> queue = new LinkedBlockingQueue<>();
        final Set<Act> done = EnumSet.noneOf(Act.class);
        volatile Runnable expireInner;
        volatile Runnable expireOuter;
        volatile boolean over;
        String inner = "none";

        Round(Random random, Work work, Set<Act> acts, boolean nested) {
            this.work = work;
            this.nested = nested;
            this.acts = new ArrayList<>(acts);
            if (work.isReleased()) {
                this.acts.add(Act.RELEASE);
            }
            Collections.shuffle(this.acts, random);
            this.spins = random.ints(this.acts.size(), 0, SPINS).toArray();
            this.workSpins = random.nextInt(2 * SPINS);
            this.early = nested && !acts.contains(Act.EXPIRE_INNER) && random.nextBoolean();
        }

        @Override
        public String toString() {
            return work + (nested ? " nested" : "") + (early ? " early" : "") + " " + acts + " done " + done
                    + " inner block: " + inner;
        }
    }

    private final Limiter limiter;
    private final long seed;
    private final Random random;
    private final AtomicReference<Round> slot = new AtomicReference<>();
    private volatile boolean finished;
    private int raced;
    private int missed;

    TimeoutRace(Limiter limiter, long seed) {
        this.limiter = limiter;
        this.seed = seed;
        this.random = new Random(seed);
    }

    /** How many rounds there were in which both took part. */
    int raced() {
        return raced;
    }

    /**
     * Runs rounds on the calling thread, until the two have met {@code atMost} times, or once at least and {@code end}
     * has come, each of one of {@code mixes}. On a busy machine the first meeting may come late.
     */
    void run(int atMost, Deadline end, List<Mix> mixes) throws InterruptedException {
        var racer = Thread.ofPlatform().daemon().name("racer").start(this::race);
        try {
            while (raced < atMost && (raced == 0 || (raced + missed) % 16 != 0 || !end.hasPassed())) {
                var mix = mixes.get(random.nextInt(mixes.size()));
                play(mix.round(random));
            }
        } finally {
            finished = true;
            racer.join();
        }
    }

    /** Works and acts that go together, so that exact books can be kept. */
    record Mix(List<Work> works, List<Set<Act>> acts, boolean nested) {
        Round round(Random random) {
            return new Round(
                    random,
                    works.get(random.nextInt(works.size())),
                    acts.get(random.nextInt(acts.size())),
                    nested && random.nextBoolean());
        }
    }

    // ---- the racer

    private void race() {
        for (var idle = 0; !finished; idle++) {
            var round = slot.get() == null ? null : slot.getAndSet(null);
            if (round == null) {
                pause(idle);
                continue;
            }
            idle = 0;
            if (round.acts.size() > 1 && round.acts.contains(Act.INTERRUPT) && !round.work.isReleased()) {
                awaitParked(round.thread);
            }
            for (var i = 0; i < round.acts.size(); i++) {
                burn(round.spins[i]);
                var act = round.acts.get(i);
                if (act(round, act)) {
                    round.done.add(act);
                }
            }
            round.over = true;
        }
    }

    private static boolean act(Round round, Act act) {
        return switch (act) {
            case EXPIRE_INNER -> expire(round.nested ? round.expireInner : round.expireOuter);
            case EXPIRE_OUTER -> expire(round.expireOuter);
            case CANCEL -> round.task.cancel(round);
            case INTERRUPT -> {
                round.thread.interrupt();
                yield true;
            }
            case RELEASE -> round.gate.complete(null) & round.queue.add(1);
        };
    }

    private static boolean expire(Runnable expire) {
        try {
            expire.run();
            return true;
        } catch (IllegalStateException tooLate) {
            return false;
        }
    }

    /** Where another act interrupts too, two interrupts can become one, unless the thread waits in Weft. */
    private static void awaitParked(Thread thread) {
        while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }

    // ---- the thread that is raced against

    private void play(Round round) throws InterruptedException {
        Throwable thrown = null;
        try {
            limiter.run(OUTER, expireOuter -> {
                round.expireOuter = expireOuter;
                if (!round.nested) {
                    return publishAndWork(round);
                }
                if (round.early) {
                    slot.set(round);
                }
                return inner(round);
            });
        } catch (TimeoutException | InterruptedException e) {
            thrown = e;
        }
        if (slot.compareAndSet(round, null)) {
            missed++;
        } else {
            for (var idle = 0; !round.over; idle++) {
                pause(idle);
            }
            raced++;
        }
        check(round, thrown);
    }

    private int inner(Round round) throws TimeoutException, InterruptedException {
        try {
            var value = limiter.run(INNER, expireInner -> {
                round.expireInner = expireInner;
                return round.early ? work(round) : publishAndWork(round);
            });
            round.inner = "returned";
            return value;
        } catch (TimeoutException | InterruptedException e) {
            round.inner = e.toString();
            throw e;
        }
    }

    private int publishAndWork(Round round) throws InterruptedException {
        slot.set(round);
        return work(round);
    }

    private int work(Round round) throws InterruptedException {
        switch (round.work) {
            case COMPUTE -> burn(round.workSpins);
            case WAIT_SHORTLY -> {
                burn(round.workSpins / 2);
                sleep(Duration.ZERO);
                burn(round.workSpins / 2);
            }
            case WAIT_FOR_RELEASE -> Weft.await(round.gate.minimalCompletionStage());
            case WAIT -> tooLong(() -> sleep(TOO_LONG));
            case GATHER -> tooLong(() -> gather(() -> burn(round.workSpins), () -> sleep(TOO_LONG)));
            case FAILING_GROUP -> failingGroup(round);
            case JDK_SLEEP -> tooLong(() -> blocking(() -> Thread.sleep(TOO_LONG)));
            case JDK_QUEUE, JDK_QUEUE_RELEASED -> {
                if (blocking(() -> round.queue.poll(TOO_LONG.toSeconds(), TimeUnit.SECONDS)) == null) {
                    throw new AssertionError("an interrupt was lost");
                }
            }
            case JDK_PARK -> blocking(TimeoutRace::parkUntilInterrupted);
        }
        return 0;
    }

    private static void tooLong(VoidBody<RuntimeException> wait) throws InterruptedException {
        wait.execute();
        throw new AssertionError("a request was lost");
    }

    private static void failingGroup(Round round) throws InterruptedException {
        try {
            taskGroup(group -> {
                group.createTask(() -> {
                    burn(round.workSpins);
                    throw new ArithmeticException("on purpose");
                });
                burn(round.workSpins);
            });
            throw new AssertionError("the failure of a child was lost");
        } catch (ExceptionGroup expected) {
            // the group's own request to its block is taken back, or noticed
        }
    }

    private static void parkUntilInterrupted() throws InterruptedException {
        var end = System.nanoTime() + TOO_LONG.toNanos();
        while (!Thread.interrupted()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("an interrupt was lost");
            }
            LockSupport.parkNanos(TOO_LONG.toNanos());
        }
        throw new InterruptedException();
    }

    // ---- the books

    private void check(Round round, Throwable thrown) {
        var requests = thrown instanceof CancelledException ? 1 : 0;
        var interrupts = thrown instanceof InterruptedException ? 1 - requests : 0;
        var cancelling = round.task == null ? 0 : round.task.cancelling();
        for (var quiet = false; !quiet; ) {
            try {
                sleep(Duration.ZERO);
                quiet = true;
            } catch (CancelledException e) {
                requests++;
            } catch (InterruptedException e) {
                interrupts++;
            }
            if (requests + interrupts > 4) {
                throw violation(round, thrown, "interrupts do not stop coming");
            }
        }
        if (Thread.interrupted()) {
            throw violation(round, thrown, "a wait leaves the thread interrupted");
        }
        var cancels = round.done.contains(Act.CANCEL) ? 1 : 0;
        var foreign = round.done.contains(Act.INTERRUPT) ? 1 : 0;
        if (cancelling != cancels) {
            throw violation(round, thrown, "cancelling() is " + cancelling);
        }
        if (cancels > 0 && round.task.uncancel() != 0) {
            throw violation(round, thrown, "uncancel() is not 0");
        }
        var balanced = round.work.isJdk()
                ? requests + interrupts == cancels + foreign
                : requests == cancels && interrupts == foreign;
        if (!balanced) {
            throw violation(round, thrown, requests + " requests and " + interrupts + " interrupts were seen");
        }
        checkTimeout(round, thrown);
    }

    private void checkTimeout(Round round, Throwable thrown) {
        var outerPassed =
                round.done.contains(Act.EXPIRE_OUTER) || (!round.nested && round.done.contains(Act.EXPIRE_INNER));
        var innerPassed = round.nested && round.done.contains(Act.EXPIRE_INNER);
        if (thrown instanceof TimeoutException timeout) {
            var ofInner = timeout.getMessage().contains("of 1h");
            if (ofInner ? !innerPassed : !outerPassed) {
                throw violation(round, thrown, "a limit that has not passed is said to have");
            }
        } else if (thrown == null && round.work.isEndless()) {
            throw violation(round, thrown, "what ended the work was swallowed");
        }
        if (round.inner.contains("of 2h has expired")) {
            throw violation(round, thrown, "the inner block throws the outer one's TimeoutException");
        }
    }

    private AssertionError violation(Round round, Throwable thrown, String what) {
        return new AssertionError(
                "seed " + seed + ", round " + (raced + missed) + " (" + round + "), ended with " + thrown + ": " + what,
                thrown);
    }

    /** Gives a machine that has other things to do the time to do them. */
    private static void pause(int idle) {
        if (idle < 500) {
            Thread.onSpinWait();
        } else {
            LockSupport.parkNanos(1000);
        }
    }

    static void burn(int spins) {
        for (var i = 0; i < spins; i++) {
            Thread.onSpinWait();
        }
    }
}

package dev.weft.fuzz;

import dev.weft.Problem;
import dev.weft.Runner;
import dev.weft.WeftRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Runs one random program after the other, and says of each whether it kept its promises: the call returned, every body
 * that began has ended, and every failure was seen by somebody.
 */
class Fuzzer implements Runnable {

    /** Where a program's main body runs. */
    enum Place {
        RUN,
        THREAD,
        SMALL_STACK
    }

    private static final int SMALL_STACK_BYTES = 160_000;

    private static final int MAX_RECURSION = 400;

    /** For bodies that were left behind: longer than any of them takes. */
    private static final Duration HANG = Duration.ofSeconds(20);

    private final Place place;
    private final Supplier<WeftRuntime> runtime;
    private final long firstSeed;
    private final long count;

    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong operations = new AtomicLong();
    private final List<String> violations = new ArrayList<>();

    private volatile long seed;

    /** Whether failures must be seen. */
    private boolean losses;

    /** @param count how many programs, with seeds from {@code firstSeed} upwards */
    Fuzzer(Place place, Supplier<WeftRuntime> runtime, long firstSeed, long count) {
        this.place = place;
        this.runtime = runtime;
        this.firstSeed = firstSeed;
        this.count = count;
        this.losses = place != Place.SMALL_STACK;
    }

    void lookForLosses() {
        losses = true;
    }

    /** An overflow or a full heap may strike between a failure and those who would see it. */
    void ignoreLosses() {
        losses = false;
    }

    /** A problem was reported to the handler of a program's run. */
    void reported(Ledger ledger, Problem problem) {
        if (problem.exception() != null) {
            ledger.seen(problem.exception());
        }
    }

    /** How many programs have begun. */
    long begun() {
        return begun.get();
    }

    long operations() {
        return operations.get();
    }

    /** The program that runs now. */
    String current() {
        return "seed " + seed + " at " + place;
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    private synchronized void violated(String what) {
        violations.add(current() + ": " + what);
    }

    @Override
    public void run() {
        for (var next = firstSeed; next < firstSeed + count && violations().isEmpty(); next++) {
            seed = next;
            begun.incrementAndGet();
            try {
                runOne();
            } catch (OutOfMemoryError e) {
                // out of the fuzzer's own objects: the next program may have more luck
            }
        }
    }

    private void runOne() {
        var ledger = new Ledger();
        try (var log = new SeenInLog(ledger)) {
            switch (place) {
                case RUN -> inRun(ledger);
                case THREAD -> guarded(ledger, () -> new Program(seed, ledger, false).run());
                case SMALL_STACK -> onSmallStack(ledger);
            }
        }
        Thread.interrupted();
        operations.addAndGet(ledger.operations());
        check(ledger);
    }

    private void check(Ledger ledger) {
        if (!ledger.awaitEnds(HANG)) {
            violated(ledger.running() + " bodies still run");
        }
        if (losses) {
            ledger.lost()
                    .forEach(failure ->
                            violated("lost: " + failure.getClass().getName() + " thrown at " + trace(failure)));
        }
    }

    private void inRun(Ledger ledger) {
        var random = new Random(seed);
        var builder = Runner.builder().signals(false).runtime(runtime).onProblem(problem -> {
            reported(ledger, problem);
            if (random.nextInt(4) == 0) {
                throw new IllegalStateException("the problem handler throws");
            }
        });
        if (random.nextInt(4) == 0) {
            builder.listener(HostileObjects.listener(() -> {
                throw new IllegalStateException("a listener throws");
            }));
        }
        if (random.nextInt(4) == 0) {
            builder.propagate(HostileObjects.propagator(random, () -> {
                throw new IllegalStateException("a propagator throws");
            }));
        }
        guarded(ledger, () -> {
            try (var runner = builder.build()) {
                return runner.run(() -> new Program(seed, ledger, true).run());
            }
        });
    }

    /** Main may fail, and be cancelled. */
    private static void guarded(Ledger ledger, Callable<?> main) {
        try {
            main.call();
        } catch (Throwable e) {
            ledger.seen(e);
        }
    }

    private void onSmallStack(Ledger ledger) {
        var depth = new Random(seed).nextInt(MAX_RECURSION);
        var thread = new Thread(
                null,
                () -> guarded(ledger, () -> deeper(depth, () -> new Program(seed, ledger, false).run())),
                "small-stack",
                SMALL_STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        while (true) {
            try {
                thread.join();
                return;
            } catch (InterruptedException e) {
                // nobody's
            }
        }
    }

    private static <T> T deeper(int depth, Callable<T> call) throws Exception {
        return depth == 0 ? call.call() : deeper(depth - 1, call);
    }

    /** What Weft logs, since nobody else could be told, was seen. */
    private static final class SeenInLog extends Handler implements AutoCloseable {

        private static final Logger LOGGER = Logger.getLogger("dev.weft");

        private final Ledger ledger;
        private final boolean before = LOGGER.getUseParentHandlers();

        SeenInLog(Ledger ledger) {
            this.ledger = ledger;
            LOGGER.setUseParentHandlers(false);
            LOGGER.addHandler(this);
        }

        @Override
        public void publish(LogRecord record) {
            if (record.getThrown() != null) {
                ledger.seen(record.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            LOGGER.removeHandler(this);
            LOGGER.setUseParentHandlers(before);
        }
    }

    private static String trace(Throwable failure) {
        var text = new StringBuilder();
        try {
            for (var frame : failure.getStackTrace()) {
                text.append("\n\tat ").append(frame);
            }
        } catch (IllegalStateException e) {
            text.append(" a place that it does not tell");
        }
        return text.toString();
    }
}

package dev.weft;

import dev.weft.internal.api.Bodies;
import dev.weft.internal.runtime.EventLoopScheduler;
import dev.weft.internal.runtime.LoopThreads;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** A runtime that the contract's tests run on. */
public final class TestRuntime {

    private static final boolean CARRIED = Boolean.getBoolean("tests.carried");

    public static final TestRuntime PARALLEL = new TestRuntime("PARALLEL", false, WeftRuntime::parallel);

    /** With {@code -Dtests.carried} the one on a carrier. */
    public static final TestRuntime EVENT_LOOP = CARRIED
            ? new TestRuntime("EVENT_LOOP_CARRIED", true, () -> eventLoop(LoopThreads.CARRIER))
            : new TestRuntime("EVENT_LOOP", true, () -> eventLoop(LoopThreads.BATON));

    private final String name;
    private final boolean takesTurns;
    private final Supplier<WeftRuntime> factory;

    TestRuntime(String name, boolean takesTurns, Supplier<WeftRuntime> factory) {
        this.name = name;
        this.takesTurns = takesTurns;
        this.factory = factory;
    }

    /** Other runtimes, to run the contract's tests on instead; found on the class path. */
    interface Others {

        /** They. */
        List<TestRuntime> runtimes();
    }

    /** Those that tests run on. */
    public static List<TestRuntime> all() {
        return others().map(Others::runtimes).orElseGet(TestRuntime::real);
    }

    /** Weft's own. */
    public static List<TestRuntime> real() {
        return CARRIED ? List.of(EVENT_LOOP) : List.of(PARALLEL, EVENT_LOOP);
    }

    private static WeftRuntime eventLoop(LoopThreads threads) {
        var loop = EventLoopScheduler.open(threads);
        return WeftRuntime.of(loop, loop::close);
    }

    /** Whether tests run on others than Weft's own two. */
    static boolean areOthers() {
        return others().isPresent();
    }

    private static Optional<Others> others() {
        return ServiceLoader.load(Others.class).findFirst();
    }

    /** A new one. */
    public WeftRuntime open() {
        return factory.get();
    }

    /** Whether its tasks take turns. */
    public boolean takesTurns() {
        return takesTurns;
    }

    /** A runner's builder for this runtime; it leaves the process's signals alone. */
    public Runner.Builder builder() {
        return Runner.builder().signals(false).runtime(factory);
    }

    /** Runs {@code main}; any problem that is reported fails the test. */
    public <T, X extends Exception> T run(Body<T, X> main) throws X, InterruptedException {
        var problems = new CopyOnWriteArrayList<Problem>();
        T result;
        try (var runner = builder().onProblem(problems::add).build()) {
            result = runner.run(main);
        }
        rejectProblems(problems);
        return result;
    }

    /** {@link #run(Body)} for a main without a result. */
    public <X extends Exception> void run(VoidBody<X> main) throws X, InterruptedException {
        run(Bodies.of(main));
    }

    /** Runs {@code main} and puts the problems that are reported into {@code problems}. */
    public <X extends Exception> void run(List<? super Problem> problems, VoidBody<X> main)
            throws X, InterruptedException {
        try (var runner = builder().onProblem(problems::add).build()) {
            runner.run(main);
        }
    }

    private static void rejectProblems(List<Problem> problems) {
        if (!problems.isEmpty()) {
            var first = problems.getFirst();
            throw new AssertionError("problems were reported: " + problems, first.exception());
        }
    }

    @Override
    public String toString() {
        return name;
    }
}

package dev.weft;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The runtimes that the contract's tests run on. */
public enum TestRuntime {
    PARALLEL,
    EVENT_LOOP;

    /** A runner's builder for this runtime; it leaves the process's signals alone. */
    public Runner.Builder builder() {
        var builder = Runner.builder().signals(false);
        return this == EVENT_LOOP ? builder.runtime(WeftRuntime::eventLoop) : builder;
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
}

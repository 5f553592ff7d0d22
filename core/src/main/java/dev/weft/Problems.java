package dev.weft;

import org.jspecify.annotations.Nullable;

/** Tells a handler of problems, and sees to it that none is lost if the handler fails. */
final class Problems {

    static final ProblemHandler LOG = Problems::log;

    static final Problems DEFAULT = new Problems(LOG);

    private final ProblemHandler handler;

    Problems(ProblemHandler handler) {
        this.handler = handler;
    }

    /** Those of {@code activity}'s run. */
    static Problems of(Activity activity) {
        var run = activity.runScope();
        return run == null ? DEFAULT : run.problems();
    }

    void report(Problem.Kind kind, String message, @Nullable Task<?> task, @Nullable Throwable exception) {
        var problem = new Problem(kind, message, task, exception);
        try {
            handler.handle(problem);
        } catch (Throwable e) {
            log(problem);
            log(new Problem(Problem.Kind.CALLBACK_FAILURE, "the problem handler itself failed", task, e));
        }
    }

    void callbackFailed(TaskImpl<?> task, Throwable exception) {
        report(Problem.Kind.CALLBACK_FAILURE, "a callback of " + task.describe() + " failed", task, exception);
    }

    private static void log(Problem problem) {
        System.getLogger("dev.weft").log(System.Logger.Level.ERROR, problem.message(), problem.exception());
    }
}

package dev.weft.internal.task;

import dev.weft.Problem;
import dev.weft.ProblemHandler;
import dev.weft.Task;
import dev.weft.internal.runtime.Memory;
import org.jspecify.annotations.Nullable;

/** Tells a handler of problems, and sees to it that none is lost if the handler fails. */
public final class Problems {

    /** Those that are of no run. */
    public static final Problems OF_PROCESS = new Problems(null);

    /** Null for the process's. */
    private final @Nullable ProblemHandler handler;

    public Problems(@Nullable ProblemHandler handler) {
        this.handler = handler;
    }

    /** Those of {@code strand}'s run. */
    public static Problems of(StructuredStrand strand) {
        var run = strand.runContext();
        return run == null ? OF_PROCESS : run.problems();
    }

    public void report(Problem.Kind kind, String message, @Nullable Task<?> task, @Nullable Throwable exception) {
        var problem = problem(kind, message, task, exception);
        var process = ProcessDefaults.current();
        var chosen = handler == null ? process.problemHandler : handler;
        try {
            if (chosen == null) {
                log(problem);
            } else {
                chosen.handle(problem);
            }
        } catch (Throwable e) {
            log(problem);
            log(problem(Problem.Kind.CALLBACK_FAILURE, "the problem handler itself failed", task, e));
        }
        for (var listener : process.problemListeners) {
            try {
                listener.handle(problem);
            } catch (Throwable e) {
                log(problem(Problem.Kind.CALLBACK_FAILURE, "a listener of problems failed", task, e));
            }
        }
    }

    private static Problem problem(
            Problem.Kind kind, String message, @Nullable Task<?> task, @Nullable Throwable exception) {
        for (; ; ) {
            try {
                return new Problem(kind, message, task, exception);
            } catch (OutOfMemoryError e) {
                Memory.pause();
            }
        }
    }

    void callbackFailed(TaskImpl<?> task, Throwable exception) {
        report(Problem.Kind.CALLBACK_FAILURE, Memory.insist(task, Problems::failedCallback), task, exception);
    }

    private static String failedCallback(TaskImpl<?> task) {
        return "a callback of " + task.describe() + " failed";
    }

    /** Something of Weft's own has failed while {@code task} ended, which goes on. Never throws. */
    static void internal(TaskImpl<?> task, Throwable exception) {
        try {
            of(task).report(
                            Problem.Kind.INTERNAL_FAILURE,
                            "not all that belongs to the end of " + task.describe() + " could be done",
                            task,
                            exception);
        } catch (Throwable e) {
            // for want of memory or stack: there is nothing left to try
        }
    }

    /** A resource that an interrupt has closed has thrown. */
    static void interruptFailed(Cancellable target, Throwable exception) {
        var strand = target instanceof StructuredStrand known ? known : null;
        (strand == null ? OF_PROCESS : of(strand))
                .report(
                        Problem.Kind.CALLBACK_FAILURE,
                        "what an interrupt of " + target.describe() + " closes has thrown",
                        target instanceof TaskImpl<?> task ? task : null,
                        exception);
    }

    private static void log(Problem problem) {
        ProblemLog.error(problem.message(), problem.exception());
    }

    /** The thread's handler is how its task is found: without it Weft's calls took the body for a stranger. */
    static void reportIfHidden(TaskImpl<?> task) {
        var thread = task.thread();
        if (thread == null || thread.getUncaughtExceptionHandler() == task) {
            return;
        }
        try {
            of(task).report(
                            Problem.Kind.REPLACED_HANDLER,
                            "the body of " + task.describe()
                                    + " has replaced the uncaught exception handler of its thread by "
                                    + thread.getUncaughtExceptionHandler()
                                    + ": Weft's calls that followed took place outside of the task",
                            task,
                            null);
        } catch (Throwable e) {
            internal(task, e);
        }
    }
}

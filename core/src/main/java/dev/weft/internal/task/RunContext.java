package dev.weft.internal.task;

import dev.weft.Body;
import dev.weft.Task;
import dev.weft.TaskOptions;
import org.jspecify.annotations.Nullable;

/** The part of a run that its tasks, and calls in them, need. */
public interface RunContext extends Owner {

    /** The calling thread's run, or null. */
    static @Nullable RunContext currentOrNull() {
        var strand = StructuredStrand.currentOrNull();
        return strand == null ? null : strand.runContext();
    }

    /**
     * The calling thread's run.
     *
     * @throws IllegalStateException if there is none
     */
    static RunContext current(String operation) {
        var run = currentOrNull();
        if (run == null) {
            throw new IllegalStateException(operation + " needs an enclosing run, and "
                    + StructuredStrand.current().describe()
                    + " is in none: call Weft.run(…) or EventLoop.run(…) around it, or use a structured call"
                    + " such as gather or taskGroup; a thread that helps a task of a run, as one of a parallel stream,"
                    + " needs its handle: Run run = currentRun() in the task, run.createTask(…) in the thread");
        }
        return run;
    }

    /** Whether the tasks of {@code run}, or those of none, know where they were created. */
    static boolean isDebugIn(@Nullable RunContext run) {
        return run == null ? ProcessDefaults.current().isDebug : run.isDebug();
    }

    /** Starts a background task of this run. */
    <T extends @Nullable Object> Task<T> createTask(TaskOptions options, Body<T, ?> body);

    boolean isDebug();

    Problems problems();

    /** Null if there are none. */
    @Nullable
    Listeners listeners();

    CancellationWatch cancellationWatch();

    /** The strand that has called {@code run}. */
    StructuredStrand caller();

    /** The number of shields that the call of {@code run} is in. */
    int callersShields();

    /** Whether main and all background tasks have ended. */
    boolean isReady();

    /** The run does not end before {@link #letGo}: a task that has ended is not through with its callbacks. */
    void holdOpen();

    void letGo();

    /** Whether {@code task} is main, whose name is the run's. */
    boolean isMain(TaskImpl<?> task);
}

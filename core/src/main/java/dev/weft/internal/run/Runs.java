package dev.weft.internal.run;

import dev.weft.internal.task.RunContext;
import dev.weft.internal.task.StructuredStrand;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The runs of this process, and the one that the calling thread is in. */
public final class Runs {

    private static final Set<RunScope> OPEN = ConcurrentHashMap.newKeySet();

    private Runs() {}

    static void opened(RunScope run) {
        OPEN.add(run);
    }

    static void closed(RunScope run) {
        OPEN.remove(run);
    }

    /** All that have begun and not ended. */
    public static List<RunScope> open() {
        return List.copyOf(OPEN);
    }

    /** The calling thread's run, or null. */
    public static @Nullable RunScope currentOrNull() {
        return (RunScope) RunContext.currentOrNull(); // of no other class
    }

    /**
     * The calling thread's run.
     *
     * @throws IllegalStateException if there is none
     */
    public static RunScope current(String operation) {
        return (RunScope) RunContext.current(operation);
    }

    /**
     * A run cannot begin within another.
     *
     * @throws IllegalStateException if the calling thread is in one
     */
    public static void rejectNesting() {
        var strand = StructuredStrand.currentOrNull();
        if (strand != null && strand.runContext() != null) {
            throw new IllegalStateException("run(…) was called by " + strand.describe()
                    + ", which is in a run already: await the body there, or create a task of it; a library that may"
                    + " be called in a run or not calls taskGroup(…) instead, which works in both");
        }
    }
}

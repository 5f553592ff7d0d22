package dev.weft.internal.task;

import dev.weft.Body;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A thread that is no task, for as long as it is in a call of Weft's. Interrupting it is how it is cancelled. */
public final class CallerStrand extends StructuredStrand {

    private final Thread thread;

    /** How many calls this stands in. Own thread only. */
    private int depth;

    public CallerStrand(Thread thread) {
        super(thread);
        this.thread = thread;
    }

    @Override
    @Nullable
    public RunContext runContext() {
        return null;
    }

    @Override
    public <T extends @Nullable Object, X extends Exception> T call(Body<T, X> block) throws X, InterruptedException {
        enterCall();
        try {
            return block.run();
        } finally {
            leaveCall();
        }
    }

    /** Counts when it is found by its thread: where there is no stack left for the rest, the next call is the first. */
    @Override
    void enterCall() {
        if (depth == 0) {
            stand();
        }
        depth++;
    }

    @Override
    void leaveCall() {
        if (depth > 0 && --depth == 0) { // 0 if there was no memory to enter
            standNoMore();
        }
    }

    @Override
    void beginDeferring() {
        countDeferring(1);
    }

    @Override
    void endDeferring() {
        countDeferring(-1);
    }

    @Override
    protected boolean isStanding() {
        return depth > 0;
    }

    /** All that stand in a call, in this process. */
    public static List<CallerStrand> inCalls() {
        var callers = new ArrayList<CallerStrand>();
        for (var strand : standing()) {
            if (strand instanceof CallerStrand caller) {
                callers.add(caller);
            }
        }
        return callers;
    }

    @Override
    protected void live() {
        throw new AssertionError("a caller is not started");
    }

    @Override
    public String name() {
        return nameOf(thread);
    }

    @Override
    public String describe() {
        return "thread '" + name() + "'";
    }
}

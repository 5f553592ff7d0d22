package dev.weft;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A thread that is no task, for as long as it is in a call of Weft's. Interrupting it is how it is cancelled. */
final class Guest extends Activity {

    /** Those that stand in a call. */
    private static final Set<Guest> STANDING = ConcurrentHashMap.newKeySet();

    private final Thread thread;

    /** How many calls this stands in. Own thread only. */
    private int depth;

    Guest(Thread thread) {
        super(thread);
        this.thread = thread;
    }

    @Override
    @Nullable
    RunScope runScope() {
        return null;
    }

    @Override
    <T extends @Nullable Object, X extends Exception> T call(Body<T, X> block) throws X, InterruptedException {
        if (currentOrNull() == this) {
            return block.run();
        }
        enterCall();
        try {
            return ScopedValue.where(CURRENT, this).<T, Exception>call(block::run);
        } catch (Exception e) {
            throw Sneaky.rethrow(e);
        } finally {
            leaveCall();
        }
    }

    @Override
    void enterCall() {
        if (depth++ == 0) {
            STANDING.add(this);
        }
    }

    @Override
    void leaveCall() {
        if (--depth == 0) {
            STANDING.remove(this);
        }
    }

    /** All that stand in a call, in this process. */
    static List<Guest> standing() {
        return List.copyOf(STANDING);
    }

    /** Cheaper than the identity's, which is to be made first: most guests stand in one call only. */
    @Override
    public int hashCode() {
        return Long.hashCode(thread.threadId() * 0x9E3779B97F4A7C15L);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    protected void live() {
        throw new AssertionError("a guest is not started");
    }

    @Override
    public String name() {
        var name = thread.getName();
        return name.isEmpty() ? "#" + thread.threadId() : name;
    }

    @Override
    String describe() {
        return "thread '" + name() + "'";
    }
}

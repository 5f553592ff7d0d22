package dev.weft;

import org.jspecify.annotations.Nullable;

/** A thread that is no task, for as long as it is in a call of Weft's. Interrupting it is how it is cancelled. */
final class Guest extends Activity {

    private final Thread thread;

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
        try {
            return ScopedValue.where(CURRENT, this).<T, Exception>call(block::run);
        } catch (Exception e) {
            throw Sneaky.rethrow(e);
        }
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

package dev.weft.test;

import org.jspecify.annotations.Nullable;

/**
 * Stands for a resource that must be closed once, and not twice.
 *
 * @see World#open
 */
public final class TrackedResource implements AutoCloseable {

    private final String name;
    private final Resources resources;
    private final Throwable opened;
    private @Nullable Throwable closed;

    TrackedResource(String name, Resources resources) {
        this.name = name;
        this.resources = resources;
        this.opened = new Throwable("'" + name + "' was opened here");
    }

    /** Closes it. The second time is found as {@link SimulationError.Kind#DOUBLE_CLOSE}; nothing is thrown here. */
    @Override
    public synchronized void close() {
        if (closed == null) {
            closed = new Throwable("'" + name + "' was closed here first");
        } else {
            resources.closedTwice(this, closed);
        }
    }

    /**
     * Whether it has been closed.
     *
     * @return true from the first {@link #close} on
     */
    public synchronized boolean isClosed() {
        return closed != null;
    }

    Throwable opened() {
        return opened;
    }

    @Override
    public String toString() {
        return name;
    }
}

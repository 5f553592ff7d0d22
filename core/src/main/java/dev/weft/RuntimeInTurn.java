package dev.weft;

import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The runtime of a {@link Runner}: made at its first run, and used by one run at a time. Thread-safe. */
final class RuntimeInTurn {

    private final Supplier<WeftRuntime> factory;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable WeftRuntime runtime;
    private boolean running;
    private boolean closed;

    RuntimeInTurn(Supplier<WeftRuntime> factory) {
        this.factory = factory;
    }

    /** The runtime of a run that has begun; it is made with no lock held, as users' code makes it. */
    WeftRuntime begin() {
        var made = claim();
        if (made != null) {
            return made;
        }
        try {
            made = Objects.requireNonNull(factory.get(), "the runtime that the factory made");
        } catch (Throwable e) {
            end();
            throw e;
        }
        lock.lock();
        try {
            runtime = made;
        } finally {
            lock.unlock();
        }
        return made;
    }

    /** The run is the only one until its {@link #end}. @return the runtime; null if there is none yet */
    private @Nullable WeftRuntime claim() {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the runner is closed: make a new one");
            }
            if (running) {
                throw new IllegalStateException("the runner is running already: one main at a time");
            }
            running = true;
            return runtime;
        } finally {
            lock.unlock();
        }
    }

    /** The runtime belongs to the tasks of a run that was left, which go on; the next run gets a new one. */
    Runnable handOver() {
        lock.lock();
        try {
            var left = runtime;
            runtime = null;
            return left == null ? () -> {} : left::close;
        } finally {
            lock.unlock();
        }
    }

    void end() {
        lock.lock();
        try {
            running = false;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the runtime, if there is one. @throws IllegalStateException if a run goes on */
    void close() {
        WeftRuntime ended;
        lock.lock();
        try {
            if (running) {
                throw new IllegalStateException("the runner is running: close it when run(…) has returned");
            }
            closed = true;
            ended = runtime;
            runtime = null;
        } finally {
            lock.unlock();
        }
        if (ended != null) {
            ended.close();
        }
    }
}

package dev.weft.test;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Virtual threads that run what threads of users' own subclasses of Thread would run. Thread-safe. */
final class StandIns {

    private final Map<Thread, Thread> standIns = new ConcurrentHashMap<>();
    private final Map<Thread, Thread> own = new ConcurrentHashMap<>();
    private final ThreadNames names;

    StandIns(ThreadNames names) {
        this.names = names;
    }

    /**
     * Starts one for {@code thread}.
     *
     * @return false if it is no thread of a user's own class, or runs already by itself
     * @throws IllegalThreadStateException if it was started before
     */
    boolean start(Thread thread) {
        if (thread.isVirtual() || thread.getClass() == Thread.class || thread.getState() != Thread.State.NEW) {
            return false;
        }
        add(thread).start();
        return true;
    }

    /**
     * Makes one for {@code thread}.
     *
     * @throws IllegalThreadStateException if there is one
     */
    Thread add(Thread thread) {
        var standIn = Thread.ofVirtual()
                .name(names.anew(thread.getName()))
                .uncaughtExceptionHandler(
                        (_, e) -> thread.getUncaughtExceptionHandler().uncaughtException(thread, e))
                .unstarted(thread);
        if (standIns.putIfAbsent(thread, standIn) != null) {
            throw new IllegalThreadStateException();
        }
        own.put(standIn, thread);
        return standIn;
    }

    /** That of {@code thread}; null if there is none. */
    @Nullable
    Thread of(Thread thread) {
        return standIns.get(thread);
    }

    /** The one that {@code standIn} runs for; null if it is none. */
    @Nullable
    Thread own(Thread standIn) {
        return own.get(standIn);
    }
}

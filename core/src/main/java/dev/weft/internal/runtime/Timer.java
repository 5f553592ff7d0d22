package dev.weft.internal.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** An action that the {@link TimerThread} runs when its time has come. Allocates nothing once it is made. */
final class Timer implements TimerHandle {

    /** Set, and not in the heap yet. */
    private static final int NEW = 0;

    /** In the heap. */
    private static final int WAITING = 1;

    /** Taken back, but perhaps still in the heap. */
    private static final int CANCELLED = 2;

    private static final int RUN = 3;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Timer.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** By {@link System#nanoTime}. */
    final long atNanos;

    private final TimerThread thread;

    @SuppressWarnings("UnusedVariable") // by STATE
    private volatile int state;

    /** Null once it is not needed any more: a timer that was taken back must not hold what it would have looked at. */
    private volatile @Nullable Runnable action;

    /** In the stack of those that the thread has to look at. */
    @Nullable
    Timer next;

    /** How many there are in the stack from this one on. */
    int depth;

    // ---- in the heap; the timer thread's alone

    boolean isInHeap;

    /** Of timers with the same time, the one that came first goes first. */
    long number;

    @Nullable
    Timer firstChild;

    @Nullable
    Timer sibling;

    /** The parent of a first child, and the sibling before any other. */
    @Nullable
    Timer before;

    Timer(TimerThread thread, long atNanos, Runnable action) {
        this.thread = thread;
        this.atNanos = atNanos;
        this.action = action;
    }

    @Override
    public void cancel() {
        if (STATE.compareAndSet(this, NEW, CANCELLED)) {
            action = null; // the thread drops it when it comes to it
        } else if (STATE.compareAndSet(this, WAITING, CANCELLED)) {
            action = null;
            thread.push(this);
        }
    }

    /** Timer thread only: it is about to be put into the heap. @return false if it was taken back */
    boolean accept() {
        return STATE.compareAndSet(this, NEW, WAITING);
    }

    /** Timer thread only: runs the action unless it was taken back. */
    void run() {
        var accepted = action;
        if (STATE.compareAndSet(this, WAITING, RUN) && accepted != null) {
            action = null;
            accepted.run();
        }
    }

    boolean isBefore(Timer other) {
        var difference = atNanos - other.atNanos;
        return difference < 0 || (difference == 0 && number < other.number);
    }
}

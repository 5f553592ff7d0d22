package dev.weft.internal.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The thread that runs the actions of timers. It allocates nothing, so that a full heap cannot end it; what an action
 * throws is told to the thread's handler of uncaught exceptions, and the next one comes.
 *
 * <p>Timers that are set, and those that are taken back out of the heap, come by a stack without a lock. The thread is
 * woken up if one is due before it would look by itself, or if many have come.
 *
 * <p>It inherits nothing from whoever sets the first timer: no context class loader, no thread-locals. It ends when
 * there has been no timer for a while, so that a class loader that has loaded Weft can be collected.
 */
final class TimerThread extends Thread {

    /** How long without timers until the thread ends; and how often it looks for those that were taken back. */
    private static final Duration IDLE = Duration.ofSeconds(2);

    /** The thread looks at the latest when so many have come. */
    private static final int MANY = Sizes.of(256, 2);

    private static final VarHandle STACK;

    static {
        try {
            STACK = MethodHandles.lookup().findVarHandle(TimerThread.class, "stack", Timer.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** In place of a stack: the thread has ended. */
    private final Timer closed = new Timer(this, 0, () -> {});

    private final TimerHeap heap = new TimerHeap();

    /** Those that the thread has to look at, the newest first. */
    private volatile @Nullable Timer stack;

    /** When the thread looks by itself. Written before it looks at the stack for the last time. */
    private volatile long wakeNanos;

    TimerThread() {
        super(rootGroup(), null, "weft-timer", 0, false);
        setDaemon(true);
        setContextClassLoader(null);
        wakeNanos = System.nanoTime();
    }

    private static ThreadGroup rootGroup() {
        var group = Thread.currentThread().getThreadGroup();
        for (var outer = group.getParent(); outer != null; outer = group.getParent()) {
            group = outer;
        }
        return group;
    }

    /** Takes {@code action} over; null if this has ended, and another thread is to take it. */
    @Nullable
    Timer schedule(Runnable action, long atNanos) {
        var timer = new Timer(this, atNanos, action);
        return push(timer) ? timer : null;
    }

    /** For {@link #run} to look at. @return false if this has ended */
    boolean push(Timer timer) {
        for (; ; ) {
            var top = stack;
            if (top == closed) {
                return false;
            }
            timer.next = top;
            timer.depth = top == null ? 1 : top.depth + 1;
            if (STACK.compareAndSet(this, top, timer)) {
                if (timer.atNanos - wakeNanos < 0 || timer.depth % MANY == 0) {
                    LockSupport.unpark(this);
                }
                return true;
            }
        }
    }

    @Override
    public void run() {
        var lastUsed = System.nanoTime();
        for (; ; ) {
            var isUsed = takeStack();
            isUsed |= runDue();
            if (isUsed) {
                lastUsed = System.nanoTime();
            }
            var first = heap.first();
            if (first != null) {
                lastUsed = System.nanoTime();
                parkUntil(Math.min(first.atNanos - lastUsed, IDLE.toNanos()) + lastUsed);
            } else if (System.nanoTime() - lastUsed < IDLE.toNanos()) {
                parkUntil(lastUsed + IDLE.toNanos());
            } else if (STACK.compareAndSet(this, null, closed)) {
                return;
            }
        }
    }

    private void parkUntil(long nanos) {
        wakeNanos = nanos;
        if (stack == null) {
            LockSupport.parkNanos(this, nanos - System.nanoTime());
            interrupted(); // it is nobody's, and would keep the thread from parking
        }
        wakeNanos = System.nanoTime();
    }

    /** Puts what has come into the heap, or takes it out. Returns whether there was anything. */
    private boolean takeStack() {
        Timer oldest = null;
        for (var timer = (Timer) STACK.getAndSet(this, null); timer != null; ) {
            var older = timer.next;
            timer.next = oldest;
            oldest = timer;
            timer = older;
        }
        var found = oldest != null;
        while (oldest != null) {
            var timer = oldest;
            oldest = timer.next;
            timer.next = null;
            if (timer.accept()) {
                heap.add(timer);
            } else {
                heap.remove(timer);
            }
        }
        return found;
    }

    /** Returns whether there was anything. */
    private boolean runDue() {
        var found = false;
        for (var first = heap.first(); first != null && first.atNanos - System.nanoTime() <= 0; first = heap.first()) {
            heap.remove(first);
            runGuarded(first);
            found = true;
        }
        return found;
    }

    private void runGuarded(Timer timer) {
        try {
            timer.run();
        } catch (Throwable e) {
            try {
                getUncaughtExceptionHandler().uncaughtException(this, e);
            } catch (Throwable again) {
                // nobody else can be told
            }
        }
    }
}

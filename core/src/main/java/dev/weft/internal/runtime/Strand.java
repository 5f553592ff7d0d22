package dev.weft.internal.runtime;

import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A thread of control that can wait in Weft: a task on its own virtual thread, or a thread of the caller's for as long
 * as it is inside a structured call.
 *
 * <p>{@link #live()} is the whole life of a started strand. A started strand is its thread's uncaught exception
 * handler, so that it is found by the thread at the cost of reading a field.
 */
public abstract class Strand implements Thread.UncaughtExceptionHandler {

    private static final Life LIFE = new Life();

    private final Scheduler scheduler;
    private @Nullable Thread thread;

    /** On the event loop: whether this strand is parked. Read and written by the holder of the turn only. */
    boolean parked;

    /** On the event loop: an unpark that came before its park. Read and written by the holder of the turn only. */
    boolean permit;

    /** On the event loop: whether this strand has gone, or is about to go, to sleep until it has the turn. */
    volatile boolean asleep;

    /**
     * The runtime's own data of this strand. On the parallel runtime, the thread that waits for it to park for the
     * first time; on an event loop with a carrier, its {@link Carried}.
     */
    volatile @Nullable Object attachment;

    /** On the parallel runtime: whether this waits, though not for long, for one that it starts eagerly. */
    volatile boolean startsEagerly;

    /** On the parallel runtime: the number of yields, for {@link FairYield}. Own thread only. */
    short yields;

    /** A strand that {@link Scheduler#start} gives a thread of its own. */
    protected Strand(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** A strand that is already running, on {@code thread}. */
    protected Strand(Scheduler scheduler, Thread thread) {
        this.scheduler = scheduler;
        this.thread = thread;
    }

    /** Runs on the strand's own thread; begins with {@link Scheduler#begun}, and ends with {@link Scheduler#exit}. */
    protected abstract void live();

    /** A runtime that has taken this in cannot start it. By the thread that has found out, in its turn. */
    protected void cannotStart(Throwable why) {}

    /** The name that the strand's thread bears. */
    public abstract String name();

    /** The strand whose end waits for this strand's end; null if only its run does. */
    public @Nullable Strand parent() {
        return null;
    }

    /** The thing that this waits for now, for printing; null if this does not wait in Weft. */
    public @Nullable Object waitingFor() {
        return null;
    }

    /** The strands that must end before that wait can. */
    public List<Strand> awaited() {
        return List.of();
    }

    /** The runtime that this strand belongs to. */
    public final Scheduler scheduler() {
        return scheduler;
    }

    /**
     * The strand's thread; null if it was never given one, or has ended and {@linkplain #forgetThread forgotten} it.
     */
    public final @Nullable Thread thread() {
        return thread;
    }

    /** For who has ended: a thread is larger than a strand, which may be kept for its result. Own thread only. */
    protected final void forgetThread() {
        thread = null;
        if (attachment instanceof Carried) {
            attachment = null;
        }
    }

    /** Users' exceptions are caught earlier, so this is an error of Weft's own. It is reported as any thread's. */
    @Override
    public final void uncaughtException(Thread thrower, Throwable exception) {
        var group = thrower.getThreadGroup();
        if (group != null) {
            group.uncaughtException(thrower, exception);
        }
    }

    /** One that {@code executor} runs, step by step. */
    final Thread newThread(Executor executor) {
        var created = CustomScheduling.newThread(executor, name(), LIFE);
        created.setUncaughtExceptionHandler(this);
        thread = created;
        return created;
    }

    final Thread newThread() {
        var created =
                Thread.ofVirtual().name(name()).uncaughtExceptionHandler(this).unstarted(LIFE);
        thread = created;
        return created;
    }

    /** Lives on the calling thread, on which other strands may have lived before. */
    final void liveOn(Thread shared) {
        thread = shared;
        shared.setUncaughtExceptionHandler(this);
        try {
            shared.setName(name());
        } catch (Throwable e) {
            shared.setName(""); // there was no memory for its name: not the former one's
        }
        live();
    }

    /**
     * The body of all threads. The strand is found by the thread's handler, which an ended thread forgets, unlike its
     * body: a carrier that has nothing to do keeps the last thread that it ran. No lambda: that is one frame more on
     * each stack.
     */
    private static final class Life implements Runnable {
        @Override
        public void run() {
            ((Strand) Thread.currentThread().getUncaughtExceptionHandler()).live();
        }
    }
}

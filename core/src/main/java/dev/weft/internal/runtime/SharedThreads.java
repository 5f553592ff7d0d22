package dev.weft.internal.runtime;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * Virtual threads that the strands of one call share: each thread lives one strand after the other, in the order in
 * which the strands were started.
 *
 * <p>A strand that blocks keeps its thread and holds up no other strand. As long as strands wait, one thread looks for
 * the next one: the thread that takes a strand while others wait starts a successor that looks in its place. So strands
 * that end at once need few threads, and each strand that blocks has one.
 *
 * <p>Strands have numbers here, so that a strand that has ended is not kept by the queue.
 */
public class SharedThreads implements Runnable {

    private static final int FIRST_LENGTH = Sizes.of(16, 1);

    /**
     * The distance in ints between words that different cores write. Two lines of a cache: processors fetch lines in
     * pairs.
     */
    private static final int APART = 32;

    /** The number of strands that were taken. Written by the shared threads. */
    private static final int TAKEN = APART;

    /** The number of strands that were started. Written by the thread that starts them. */
    private static final int STARTED = 2 * APART;

    /** 1 if a thread looks for a strand, or was started to look. */
    private static final int LOOKING = 3 * APART;

    private final AtomicIntegerArray words = new AtomicIntegerArray(4 * APART);

    private final Sharing owner;

    /** A ring: the n-th strand's number is at n modulo the length. Replaced by a larger one when it is full. */
    private volatile int[] numbers = new int[FIRST_LENGTH];

    /** The call whose strands share threads. */
    public interface Sharing {

        /** The strand that has this number at present, or null. */
        @Nullable
        Strand strand(int number);

        /** Called after a strand was taken, by the thread that is about to run it. Must not block or throw. */
        void taken();
    }

    /** @param owner gives the strands, and is told when one is taken */
    SharedThreads(Sharing owner) {
        this.owner = owner;
    }

    /**
     * Lets the strand that has {@code number} run on one of the threads. Only one thread may call this. If no thread
     * can be started, each strand that waits for one {@linkplain Strand#cannotStart cannot start}.
     */
    public final void start(int number) {
        var count = words.getPlain(STARTED);
        var ring = numbers;
        if (count - words.getAcquire(TAKEN) == ring.length) {
            ring = larger(ring, count);
            numbers = ring;
        }
        ring[count & (ring.length - 1)] = number;
        words.set(STARTED, count + 1);
        lookUnlessOneDoes();
    }

    /** A thread that reads the old ring finds the same number there, or that its strand was taken by another thread. */
    private static int[] larger(int[] old, int count) {
        var ring = new int[2 * old.length];
        for (var i = count - old.length; i != count; i++) {
            ring[i & (ring.length - 1)] = old[i & (old.length - 1)];
        }
        return ring;
    }

    /** Whether a strand waits for a thread. */
    public final boolean hasWaiting() {
        return words.get(TAKEN) != words.get(STARTED);
    }

    /** The life of each thread. A thread is started to look. */
    @Override
    public final void run() {
        var thread = Thread.currentThread();
        var loader = thread.getContextClassLoader();
        for (var strand = look(); strand != null; strand = take()) {
            strand.liveOn(thread);
            if (thread.getContextClassLoader() != loader) {
                thread.setContextClassLoader(loader);
            }
        }
    }

    /** Takes a strand; afterwards another thread looks, if strands wait. */
    private @Nullable Strand look() {
        var strand = take();
        if (strand != null && hasWaiting()) {
            startLooking();
        } else {
            stopLooking();
            if (mustLookAgain()) {
                lookUnlessOneDoes();
            }
        }
        return strand;
    }

    /** Not final, so that a test can start a strand before. */
    void stopLooking() {
        words.set(LOOKING, 0);
    }

    /**
     * For a strand that was started just before no thread was started to look. Not final, so that a test can break it.
     */
    boolean mustLookAgain() {
        return hasWaiting();
    }

    private @Nullable Strand take() {
        for (; ; ) {
            var count = words.get(TAKEN);
            if (count == words.get(STARTED)) {
                return null;
            }
            var ring = numbers;
            var strand = owner.strand(ring[count & (ring.length - 1)]);
            if (words.compareAndSet(TAKEN, count, count + 1)) {
                owner.taken();
                return strand;
            }
        }
    }

    private void lookUnlessOneDoes() {
        if (words.get(LOOKING) == 0 && words.compareAndSet(LOOKING, 0, 1)) {
            startLooking();
        }
    }

    private void startLooking() {
        try {
            startThread();
        } catch (Throwable e) {
            stopLooking();
            for (var strand = take(); strand != null; strand = take()) {
                strand.cannotStart(e);
            }
        }
    }

    /** Starts a thread that runs this. Not final, so that a test can do it in its own time. */
    void startThread() {
        Thread.startVirtualThread(this);
    }
}

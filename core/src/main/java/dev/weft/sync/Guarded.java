package dev.weft.sync;

import dev.weft.internal.runtime.Fields;
import dev.weft.internal.runtime.Spinning;
import dev.weft.internal.runtime.StackReserve;
import dev.weft.internal.task.WaitingStrand;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The base of all primitives: a word that is changed by CAS while nobody waits, and a lock in it for when somebody
 * does. A waiter stands in {@link WaitQueue}s and is <em>granted</em> what it waits for exactly once, by whoever makes
 * it free: nothing is ever free while somebody waits for it, so nobody can barge in. A waiter whose wait is ended from
 * outside leaves its list or, if it had been granted already, hands on what it was granted.
 *
 * <p>The lock is held for a few instructions, never while a strand is unparked, and never while user code runs. A
 * section is {@code lock()}, {@code try}, and one direct store to {@link #word} in the {@code finally} of the same
 * method; it allocates nothing once it has changed anything.
 */
abstract class Guarded {

    /** Somebody is changing what is guarded. */
    static final long LOCKED = 1;

    /** Somebody waits for {@link #value}. */
    static final long QUEUED = 2;

    private static final int VALUE_SHIFT = 2;

    /** One, in the part of the word that is the value. */
    static final long ONE = 1L << VALUE_SHIFT;

    private static final VarHandle WORD = Fields.handle(MethodHandles.lookup(), "word", long.class);

    /** By WORD too. Stored to directly by whoever holds the lock, to give it back. */
    volatile long word;

    /** Those to be unparked when the lock has been given back. Guarded. */
    private WaitNode.@Nullable Rousing firstRoused;

    private WaitNode.@Nullable Rousing lastRoused;

    Guarded(int value) {
        word = wordOf(value);
    }

    /** The calling thread may have been asked to stop: each call that may wait begins with this. */
    static void checkpoint() throws InterruptedException {
        StackReserve.forConstruct();
        WaitingStrand.checkpointOfCallingThread();
    }

    static int value(long word) {
        return (int) (word >>> VALUE_SHIFT);
    }

    static long wordOf(int value) {
        return (long) value << VALUE_SHIFT;
    }

    final long word() {
        return word;
    }

    /** Not final, so that a test can break it, to see whether it would be noticed. */
    boolean compareAndSet(long expected, long next) {
        return WORD.compareAndSet(this, expected, next);
    }

    /** Takes the lock, and returns the word without it. With enough stack for the section, and for waking up others. */
    final long lock() {
        StackReserve.forSection();
        for (var spins = 0; ; spins++) {
            var now = word;
            if ((now & LOCKED) == 0 && compareAndSet(now, now | LOCKED)) {
                return now;
            }
            Spinning.pause(spins);
        }
    }

    /** Returns when the lock was free at some moment. */
    final void awaitUnlocked() {
        for (var spins = 0; (word & LOCKED) != 0; spins++) {
            Spinning.pause(spins);
        }
    }

    /** With the lock held: those who are to be {@linkplain #unpark unparked} when it has been given back. */
    final WaitNode.@Nullable Rousing takeRoused() {
        var taken = firstRoused;
        firstRoused = null;
        lastRoused = null;
        return taken;
    }

    /** Unparks those who were {@linkplain #rouse roused}, in that order. With no lock held. */
    static void unpark(WaitNode.@Nullable Rousing first) {
        for (var roused = first; roused != null; roused = roused.next) {
            roused.node.unpark();
        }
    }

    /**
     * Ends the wait of a node that does not stand among those who wait any more. With the lock held. A node that has
     * been granted what it waits for may be refused afterwards: it is not roused again, as it was for the grant.
     */
    final void end(WaitNode node, WaitNode.End how) {
        var first = !node.isReady();
        node.end(how);
        if (first) {
            rouse(node.ending);
        }
    }

    /**
     * Has a node unparked when the lock is given back. With the lock held. Each entry once: the list that it stood in
     * before may still be read, by a thread that unparks those in it.
     */
    final void rouse(WaitNode.Rousing entry) {
        assert entry.next == null && entry != lastRoused : "roused twice";
        if (lastRoused == null) {
            firstRoused = entry;
        } else {
            lastRoused.next = entry;
        }
        lastRoused = entry;
    }

    /** Ends the waits of all in {@code list}. With the lock held. */
    final void endAll(WaitQueue list, WaitNode.End how) {
        for (var node = list.poll(); node != null; node = list.poll()) {
            end(node, how);
        }
    }

    /**
     * Waits until {@code node}, which stands in a list, is granted or refused. A cancellation point; a request goes
     * before a grant, which is then handed on.
     */
    final void await(WaitNode node) throws InterruptedException {
        try {
            node.strand.waitUntil(node);
        } catch (Throwable e) {
            withdraw(node);
            throw e;
        }
    }

    /** The strand of {@code node} does not take what it has waited for. */
    final void withdraw(WaitNode node) {
        WaitNode.Rousing roused;
        var now = lock();
        try {
            if (node.list != null) {
                node.list.remove(node);
            } else if (node.isGranted()) {
                now = takeBack(now, node);
            }
            now = serve(now);
            roused = takeRoused();
        } finally {
            word = now;
        }
        unpark(roused);
    }

    /**
     * Frees again what {@code node} was granted and will not take; {@link #serve} comes next. With the lock held.
     *
     * @return the word
     */
    abstract long takeBack(long now, WaitNode node);

    /**
     * Grants all that is free to those who wait for it, in the order of their coming. With the lock held.
     *
     * @return the word
     */
    abstract long serve(long now);
}

package dev.weft.fuzz;

import dev.weft.ExceptionGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** What the bodies of one program did: how many began and ended, and which failures nobody has seen yet. */
final class Ledger {

    /** A user's exception may have causes without end. */
    private static final int MAX_DEPTH = 60;

    private final AtomicLong operations = new AtomicLong();
    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();
    private final Set<Throwable> unseen =
            Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

    void operation() {
        operations.incrementAndGet();
    }

    void begun() {
        begun.incrementAndGet();
    }

    void ended() {
        ended.incrementAndGet();
    }

    long operations() {
        return operations.get();
    }

    long running() {
        return begun.get() - ended.get();
    }

    /** Waits until every body that began has ended; false if that takes longer than {@code limit}. */
    boolean awaitEnds(Duration limit) {
        var end = System.nanoTime() + limit.toNanos();
        while (running() != 0) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            Thread.yield();
        }
        return true;
    }

    /** A body is about to throw {@code failure}, which somebody must see. */
    <X extends Throwable> X thrown(X failure) {
        unseen.add(failure);
        return failure;
    }

    /** Somebody got {@code exception}, and with it all that it carries. */
    void seen(Throwable exception) {
        Set<Throwable> known = Collections.newSetFromMap(new IdentityHashMap<>());
        see(exception, known, 0);
    }

    private void see(Throwable exception, Set<Throwable> known, int depth) {
        if (depth > MAX_DEPTH || !known.add(exception)) {
            return;
        }
        unseen.remove(exception);
        for (var suppressed : exception.getSuppressed()) {
            see(suppressed, known, depth + 1);
        }
        if (exception instanceof ExceptionGroup group) {
            for (var member : group.exceptions()) {
                see(member, known, depth + 1);
            }
        }
        var cause = cause(exception);
        if (cause != null) {
            see(cause, known, depth + 1);
        }
    }

    private static Throwable cause(Throwable exception) {
        try {
            return exception.getCause();
        } catch (Throwable e) {
            return null; // nothing is behind an exception whose getCause throws
        }
    }

    /** What no one has seen. */
    List<Throwable> lost() {
        synchronized (unseen) {
            return new ArrayList<>(unseen);
        }
    }
}

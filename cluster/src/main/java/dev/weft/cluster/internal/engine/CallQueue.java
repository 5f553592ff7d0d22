package dev.weft.cluster.internal.engine;

import dev.weft.cluster.HandlerVersion;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * The callers that wait for a credit, first come first served for each handler. Those that may go to some members only
 * are passed by others that may go elsewhere. All methods are called with the lock held.
 */
final class CallQueue {

    private final Map<HandlerVersion, ArrayDeque<Waiter>> unbound = new HashMap<>();

    /** In the order of coming. */
    private final List<Waiter> bound = new ArrayList<>();

    private int size;

    int size() {
        return size;
    }

    boolean hasUnbound(HandlerVersion handler) {
        return unbound.containsKey(handler);
    }

    /** Adds a waiter at its place in the order of coming. */
    void add(Waiter waiter) {
        size++;
        if (waiter.request.isBound()) {
            var at = bound.size();
            while (at > 0 && bound.get(at - 1).number > waiter.number) {
                at--;
            }
            bound.add(at, waiter);
            return;
        }
        var queue = unbound.computeIfAbsent(waiter.request.handler(), handler -> new ArrayDeque<>());
        if (queue.isEmpty() || queue.getLast().number <= waiter.number) {
            queue.addLast(waiter);
        } else if (queue.getFirst().number > waiter.number) {
            queue.addFirst(waiter);
        } else {
            insert(queue, waiter);
        }
    }

    private static void insert(ArrayDeque<Waiter> queue, Waiter waiter) {
        var all = new ArrayList<>(queue);
        queue.clear();
        var added = false;
        for (var other : all) {
            if (!added && other.number > waiter.number) {
                queue.addLast(waiter);
                added = true;
            }
            queue.addLast(other);
        }
    }

    void remove(Waiter waiter) {
        var queue = waiter.request.isBound() ? bound : unbound.get(waiter.request.handler());
        if (queue != null && queue.remove(waiter)) {
            size--;
            if (queue.isEmpty() && queue != bound) {
                unbound.remove(waiter.request.handler());
            }
        }
    }

    /** Takes out all that fit. */
    List<Waiter> take(Predicate<Waiter> test) {
        var taken = new ArrayList<Waiter>();
        var all = new ArrayList<>(bound);
        unbound.values().forEach(all::addAll);
        for (var waiter : all) {
            if (test.test(waiter)) {
                remove(waiter);
                taken.add(waiter);
            }
        }
        return taken;
    }

    /** Has each waiter that can go now, go, the longest waiting first. */
    void serve(Collection<Session> sessions, BiConsumer<Waiter, Session> go) {
        if (size == 0) {
            return;
        }
        for (var i = 0; i < bound.size(); ) {
            var waiter = bound.get(i);
            serveUnbound(sessions, waiter.number, go);
            var session = Placement.choose(sessions, waiter.request.handler(), waiter.affinity(), waiter.allowed);
            if (session == null) {
                i++;
            } else {
                bound.remove(i);
                size--;
                go.accept(waiter, session);
            }
        }
        serveUnbound(sessions, Long.MAX_VALUE, go);
    }

    private void serveUnbound(Collection<Session> sessions, long before, BiConsumer<Waiter, Session> go) {
        for (Iterator<ArrayDeque<Waiter>> queues = unbound.values().iterator(); queues.hasNext(); ) {
            var queue = queues.next();
            for (var waiter = queue.peek(); waiter != null && waiter.number < before; waiter = queue.peek()) {
                var session = Placement.choose(sessions, waiter.request.handler(), null, null);
                if (session == null) {
                    break;
                }
                queue.poll();
                size--;
                go.accept(waiter, session);
            }
            if (queue.isEmpty()) {
                queues.remove();
            }
        }
    }

    /** How many of the waiters could go to a session. */
    int waitingFor(Session session, Collection<Session> sessions) {
        var count = 0;
        for (var queue : unbound.entrySet()) {
            if (session.commonVersion(queue.getKey()) > 0) {
                count += queue.getValue().size();
            }
        }
        for (var waiter : bound) {
            var handler = waiter.request.handler();
            var affinity = waiter.affinity();
            var fits = affinity == null
                    ? Placement.takes(session, waiter.allowed) && session.commonVersion(handler) > 0
                    : Placement.home(sessions, handler, affinity, waiter.allowed) == session;
            if (fits) {
                count++;
            }
        }
        return count;
    }
}

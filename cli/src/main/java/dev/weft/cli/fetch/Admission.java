package dev.weft.cli.fetch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Decides which item may begin, under one limit for all and one for each host. An item takes a permit only when its
 * host has room, so a slow host with a long queue never holds permits that another could use.
 *
 * <p>Hosts take turns; within a host, items go in the order in which they were added. Every operation but
 * {@link #drain} takes constant time, whether there are ten thousand items of one host or a thousand hosts:
 * {@code ready} holds exactly the hosts that have both an item waiting and room for it.
 *
 * <p>A pure data structure: it blocks nobody and knows no time. Not thread-safe.
 *
 * @param <T> the items
 */
final class Admission<T> {

    private final int limit;
    private final ToIntFunction<String> hostLimit;
    private final Map<String, Host<T>> hosts = new HashMap<>();
    private final ArrayDeque<Host<T>> ready = new ArrayDeque<>();
    private int running;
    private int waiting;

    /**
     * Nothing waits, nothing runs.
     *
     * @param limit how many may run at once, at least 1
     * @param hostLimit how many of a host may, at least 1; asked when its first item is added
     */
    Admission(int limit, ToIntFunction<String> hostLimit) {
        this.limit = atLeastOne(limit, "limit");
        this.hostLimit = hostLimit;
    }

    private static int atLeastOne(int limit, String name) {
        if (limit < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, not " + limit);
        }
        return limit;
    }

    /** Puts an item into its host's queue. */
    void add(String host, T item) {
        var queue = hosts.computeIfAbsent(
                host, name -> new Host<>(atLeastOne(hostLimit.applyAsInt(name), "the limit of a host")));
        queue.items.addLast(item);
        waiting++;
        if (queue.items.size() == 1 && queue.hasRoom()) {
            ready.addLast(queue);
        }
    }

    /**
     * Takes out the next item that may begin now, and its permit with it; null if none may. Its end must be told to
     * {@link #release}.
     */
    @Nullable
    T next() {
        if (running == limit) {
            return null;
        }
        var host = ready.pollFirst();
        if (host == null) {
            return null;
        }
        var item = host.items.removeFirst();
        host.running++;
        running++;
        waiting--;
        if (!host.items.isEmpty() && host.hasRoom()) {
            ready.addLast(host);
        }
        return item;
    }

    /**
     * An item of this host has ended: its permit is free again.
     *
     * @throws IllegalStateException if none runs
     */
    void release(String name) {
        var host = hosts.get(name);
        if (host == null || host.running == 0) {
            throw new IllegalStateException("nothing of " + name + " runs");
        }
        var wasFull = !host.hasRoom();
        host.running--;
        running--;
        if (host.items.isEmpty()) {
            if (host.running == 0) {
                hosts.remove(name);
            }
        } else if (wasFull) {
            ready.addLast(host);
        }
    }

    /** Takes out all that wait. What runs goes on, and must still be released. */
    List<T> drain() {
        var drained = new ArrayList<T>(waiting);
        for (var host : hosts.values()) {
            drained.addAll(host.items);
            host.items.clear();
        }
        hosts.values().removeIf(host -> host.running == 0);
        ready.clear();
        waiting = 0;
        return drained;
    }

    /** Whether {@link #next} would give something. */
    boolean mayBegin() {
        return running < limit && !ready.isEmpty();
    }

    int running() {
        return running;
    }

    int waiting() {
        return waiting;
    }

    /** Whether all that waits does so because its host has no room, and not for a permit. */
    boolean waitsForHosts() {
        return waiting > 0 && ready.isEmpty();
    }

    private static final class Host<T> {
        final int limit;
        final ArrayDeque<T> items = new ArrayDeque<>();
        int running;

        Host(int limit) {
            this.limit = limit;
        }

        boolean hasRoom() {
            return running < limit;
        }
    }
}

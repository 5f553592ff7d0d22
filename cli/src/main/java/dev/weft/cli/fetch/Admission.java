package dev.weft.cli.fetch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
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

    private final IntSupplier limit;
    private final ToIntFunction<T> hostLimit;
    private final Supplier<Line<T>> lines;
    private final Map<String, Host<T>> hosts = new HashMap<>();
    private final ArrayDeque<Host<T>> ready = new ArrayDeque<>();
    private int running;
    private int waiting;

    /**
     * Nothing waits, nothing runs.
     *
     * @param limit how many may run at once, at least 1
     * @param hostLimit how many of a host may, at least 1; asked with the first item that is added
     */
    Admission(int limit, ToIntFunction<T> hostLimit) {
        this(always(atLeastOne(limit, "limit")), hostLimit, Line::plain);
    }

    private static IntSupplier always(int limit) {
        return () -> limit;
    }

    /**
     * The same, with a limit that may change.
     *
     * @param limit how many may run at once now; nothing that runs is stopped when it falls
     * @param lines in which the items of each host wait
     */
    Admission(IntSupplier limit, ToIntFunction<T> hostLimit, Supplier<Line<T>> lines) {
        this.limit = limit;
        this.hostLimit = hostLimit;
        this.lines = lines;
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
                host, _ -> new Host<>(atLeastOne(hostLimit.applyAsInt(item), "the limit of a host"), lines.get()));
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
        if (running >= limit.getAsInt()) {
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
        if (host.items.size() > 0 && host.hasRoom()) {
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
        if (host.items.size() == 0) {
            if (host.running == 0) {
                hosts.remove(name);
            }
        } else if (wasFull) {
            ready.addLast(host);
        }
    }

    /** Takes out all that wait. Running URLs go on, and must still be released. */
    List<T> drain() {
        var drained = new ArrayList<T>(waiting);
        drain(line -> line.drain(drained::add));
        return drained;
    }

    /** The same, in each host's line; what takes it must take all. */
    void drain(Consumer<Line<T>> to) {
        hosts.values().forEach(host -> to.accept(host.items));
        hosts.values().removeIf(host -> host.running == 0);
        ready.clear();
        waiting = 0;
    }

    /** Whether {@link #next} would give something. */
    boolean mayBegin() {
        return running < limit.getAsInt() && !ready.isEmpty();
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
        final Line<T> items;
        int running;

        Host(int limit, Line<T> items) {
            this.limit = limit;
            this.items = items;
        }

        boolean hasRoom() {
            return running < limit;
        }
    }
}

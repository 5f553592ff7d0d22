package dev.weft.internal.runtime;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Threads of a deep simulation that have waited in the JDK while they were pinned to their carriers. The JDK wakes each
 * of them up without telling, and the thread then goes on without a turn, as far as the next switch point.
 */
public final class AdriftThreads {

    /** One of them. */
    static final class Adrift {
        final Carried carried;
        private final Thread carrier;

        /** Whether it waits in a way that the JDK tells the end of. */
        private volatile boolean isKnown;

        private Adrift(Carried carried, Thread carrier) {
            this.carried = carried;
            this.carrier = carrier;
        }
    }

    private final EventLoopScheduler loop;
    private final Carrier carrier;
    private final Map<Thread, Adrift> all = new ConcurrentHashMap<>();

    /** Those that go on by now, and have not asked for a turn yet. */
    private final Set<Carried> comingBack = ConcurrentHashMap.newKeySet();

    AdriftThreads(EventLoopScheduler loop, Carrier carrier) {
        this.loop = loop;
        this.carrier = carrier;
    }

    /** Has a strand that parks while it is pinned noticed soon, as long as one {@code mayBePinned}. Any thread. */
    public void expect(BooleanSupplier mayBePinned) {
        carrier.watchClosely(mayBePinned);
    }

    void add(Carried carried, Thread carrier) {
        var thread = Objects.requireNonNull(carried.strand.thread());
        var added = new Adrift(carried, carrier);
        added.isKnown = waits(thread, added);
        all.put(thread, added);
    }

    /** The calling thread goes on, if it is one of them. @return null if it is not */
    @Nullable
    Adrift comesBack() {
        var me = Thread.currentThread();
        var known = all.isEmpty() ? null : all.get(me);
        if (known != null) {
            comingBack.add(known.carried);
            all.remove(me);
        }
        return known;
    }

    /** It has asked for a turn. */
    void hasComeBack(Carried carried) {
        comingBack.remove(carried);
    }

    /** Forgets {@code thread}. @return whether it was one of them */
    boolean remove(Thread thread) {
        return all.remove(thread) != null;
    }

    /** Whether {@code thread} has parked while it was pinned, and nobody has unparked it since. Any thread. */
    boolean isParked(Thread thread) {
        return CustomScheduling.isParkedWhilePinned(thread, loop.waitsWithoutEnd(thread));
    }

    /** The threads, and their carriers. Any thread. */
    public Map<Thread, Thread> carriers() {
        return all.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().carrier));
    }

    /** Whether {@code strand} is one that goes on by now. Any thread. */
    public boolean isComingBack(Strand strand) {
        return comingBack.stream().anyMatch(each -> each.strand == strand);
    }

    /** Whether none of those whose waits are known is on its way back into the turns. */
    public boolean areStill() {
        return comingBack.isEmpty()
                && all.entrySet().stream().allMatch(entry -> isStill(entry.getKey(), entry.getValue()));
    }

    private boolean isStill(Thread thread, Adrift each) {
        return !each.isKnown || waits(thread, each) || each.carrier.getState() == Thread.State.BLOCKED;
    }

    /** Whether each of them surely waits: none waits for a monitor, or within the JVM itself. */
    public boolean areWaiting() {
        return comingBack.isEmpty()
                && all.entrySet().stream().allMatch(entry -> waits(entry.getKey(), entry.getValue()));
    }

    /** Whether it is parked, or waits for a notify: a thread that was notified waits for the monitor. */
    private boolean waits(Thread thread, Adrift each) {
        return isParked(thread)
                || (!goesOn(thread)
                        && each.carrier.getState() == Thread.State.WAITING
                        && thread.getState() == Thread.State.WAITING);
    }

    /** Whether one of them surely goes on, however long the operating system takes to let it. */
    public boolean goOn() {
        return !comingBack.isEmpty() || all.keySet().stream().anyMatch(AdriftThreads::goesOn);
    }

    private static boolean goesOn(Thread thread) {
        return CustomScheduling.isUnparkedWhilePinned(thread) || (thread.isInterrupted() && isWait(thread.getState()));
    }

    private static boolean isWait(Thread.State state) {
        return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
    }

    /** Those that were woken up, and have not come back, wait for something else by now. */
    public void giveUp() {
        comingBack.clear();
        all.forEach((thread, each) -> each.isKnown = each.isKnown && waits(thread, each));
    }
}

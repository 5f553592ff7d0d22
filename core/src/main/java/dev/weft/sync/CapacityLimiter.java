package dev.weft.sync;

import dev.weft.internal.runtime.Scheduler;
import dev.weft.internal.task.WaitingStrand;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A limited capacity that is lent out, like a {@link Semaphore} that knows its holders, and since when each holds how
 * much. It is for connections, memory and other things whose holders one looks for when nothing moves.
 *
 * <pre>{@code
 * limiter.with(() -> query());                                   // one unit
 * try (var _ = limiter.hold(16)) { … }                           // sixteen
 * limiter.snapshot().holders().forEach(System.out::println);     // Holder[name=import-7, amount=16, held=PT12.3S]
 * }</pre>
 *
 * <p><b>Fairness:</b> strict. The caller that waits longest is served first, also if it wants much and those behind it
 * want little.
 *
 * <p>Thread-safe; works on any thread and every runtime, and between them.
 */
public final class CapacityLimiter implements Holdable {

    private final Units units;
    private final AtomicLong loans = new AtomicLong();

    /** Those who hold units or wait for some. */
    private final Map<Loan, Loan> holders = new ConcurrentHashMap<>();

    /**
     * A capacity of a number of units, all of them free.
     *
     * @param capacity the number of units, from 1; {@link #setCapacity} changes it
     * @throws IllegalArgumentException if {@code capacity} is less than 1
     */
    public CapacityLimiter(int capacity) {
        this.units = new Units(checked(capacity));
    }

    private static int checked(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1, not " + capacity);
        }
        return capacity;
    }

    /** Acquires one unit. Any thread may give it back. */
    @Override
    public Hold hold() throws InterruptedException {
        return hold(1);
    }

    /**
     * Acquires {@code amount} units, as {@link #hold()}.
     *
     * @param amount the number of units, from 1 to {@link #capacity()}
     * @return gives them back when it is closed the first time; any thread may do so
     * @throws IllegalArgumentException if {@code amount} is less than 1 or more than the capacity
     * @throws InterruptedException if the caller was interrupted or cancelled
     */
    public Hold hold(int amount) throws InterruptedException {
        var capacity = units.capacity;
        if (amount < 1 || amount > capacity) {
            throw new IllegalArgumentException(
                    "amount must be from 1 to the capacity, " + capacity + ", not " + amount);
        }
        var loan = new Loan(loans.incrementAndGet(), amount); // first: once units are taken, nothing may be in the way
        try {
            holders.put(loan, loan);
            units.take(amount);
            loan.begin();
            return loan;
        } catch (Throwable e) {
            loan.close();
            throw e;
        }
    }

    /**
     * The number of units.
     *
     * @return from 1; the number that was set last
     */
    public int capacity() {
        return units.capacity;
    }

    /**
     * Changes the number of units. Holders keep what they hold and waiters keep their places.
     *
     * <p>More units are lent out at once, in the order of the waiters. Fewer take effect as holders give theirs back:
     * until then {@link #available()} is negative and nobody acquires any. A caller that already waits for more units
     * than there are now acquires them once nobody holds any, so that neither it nor those behind it wait for ever; a
     * new {@link #hold(int)} of that many is refused.
     *
     * <p><b>Blocking:</b> never. <b>Cancellation:</b> never a cancellation point.
     *
     * @param capacity the new number of units
     * @throws IllegalArgumentException if {@code capacity} is less than 1
     * @since 0.1.0
     */
    public void setCapacity(int capacity) {
        units.resize(checked(capacity));
    }

    /**
     * The number of free units; negative while more are held than a lowered capacity allows.
     *
     * @return at most {@link #capacity()}
     */
    public int available() {
        return units.free();
    }

    /**
     * Returns a snapshot of the limiter.
     *
     * @return holders, waiters and numbers; later changes do not show in it
     */
    public Snapshot snapshot() {
        var state = units.state();
        var view = state.view;
        var held = holders.keySet().stream()
                .filter(Loan::hasBegun)
                .sorted(Comparator.comparingLong(loan -> loan.number))
                .map(Loan::toHolder)
                .toList();
        return new Snapshot(state.capacity, view.free(), held, view.waiting(), view.waiters());
    }

    /** Free units, number of holders and of waiters. */
    @Override
    public String toString() {
        var snapshot = snapshot();
        return "CapacityLimiter[available=" + snapshot.available + " of " + snapshot.capacity + ", holders="
                + snapshot.holders.size() + ", waiting=" + snapshot.waiting + "]";
    }

    /**
     * A limiter at one moment. Units that are just being acquired or given back may be missing among the holders.
     *
     * @param capacity how many units there are
     * @param available how many are free; negative while more are held than a lowered capacity allows
     * @param holders the holders, in the order of their calls; at first the one that called longest ago
     * @param waiting how many wait
     * @param waiters their names, the longest waiting first; at most 100
     */
    public record Snapshot(int capacity, int available, List<Holder> holders, int waiting, List<String> waiters) {}

    /**
     * One holder, and how much it holds.
     *
     * @param name the name of the task or thread that has acquired it
     * @param amount how many units
     * @param held for how long it has, on the clock of the runtime where it was acquired
     */
    public record Holder(String name, int amount, Duration held) {}

    /** The units. Loans are given back once each, so that a maximum besides the capacity has nothing to catch. */
    private static final class Units extends Permits {

        /** Written with the lock held. */
        private volatile int capacity;

        Units(int capacity) {
            super(capacity, Integer.MAX_VALUE, "a capacity limiter");
            this.capacity = capacity;
        }

        void resize(int newCapacity) {
            WaitNode.Rousing roused;
            var now = lock();
            try {
                var change = newCapacity - capacity;
                capacity = newCapacity;
                now = serve(now + change * ONE);
                roused = takeRoused();
            } finally {
                word = now;
            }
            unpark(roused);
        }

        /** Both of one moment. */
        State state() {
            var now = lock();
            try {
                return new State(capacity, view(now));
            } finally {
                word = now;
            }
        }

        private record State(int capacity, View view) {}

        @Override
        int needed(WaitNode node) {
            return Math.min(node.amount, capacity);
        }
    }

    /** Units that are held, or waited for. */
    private final class Loan implements Hold {

        private static final long NOT_BEGUN = Long.MIN_VALUE;

        private final long number;
        private final int amount;
        private final Thread by = Thread.currentThread();
        private final Scheduler clock = WaitingStrand.ofCallingThread().scheduler();
        private final AtomicBoolean isHeld = new AtomicBoolean();
        private volatile long sinceNanos = NOT_BEGUN;

        Loan(long number, int amount) {
            this.number = number;
            this.amount = amount;
        }

        /** The units have been taken. */
        void begin() {
            isHeld.set(true);
            sinceNanos = clock.nanoTime();
        }

        boolean hasBegun() {
            return sinceNanos != NOT_BEGUN;
        }

        /** Ends this once, also one that has taken nothing. */
        @Override
        public void close() {
            var wasHeld = isHeld.getAndSet(false);
            try {
                holders.remove(this);
            } finally {
                if (wasHeld) {
                    units.give(amount);
                }
            }
        }

        Holder toHolder() {
            return new Holder(WaitingStrand.nameOf(by), amount, Duration.ofNanos(clock.nanoTime() - sinceNanos));
        }
    }
}

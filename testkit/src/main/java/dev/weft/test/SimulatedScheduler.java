package dev.weft.test;

import dev.weft.Task;
import dev.weft.internal.runtime.EventLoopScheduler;
import dev.weft.internal.runtime.LoopThreads;
import dev.weft.internal.runtime.Strand;
import dev.weft.internal.runtime.TimerHandle;
import dev.weft.test.Recorder.End;
import dev.weft.test.internal.deep.JdkWaits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * An event loop on virtual time, whose order may be another than first come, first served. Made for one execution.
 *
 * <p>The strand that passes the turn on asks {@link #next}: the order decides among those that are ready. If nobody is,
 * and nothing is under way outside, who waits for idleness goes on; else the clock jumps to the next timer; and if
 * there is none, that is a deadlock.
 *
 * <p>All that is neither volatile nor atomic belongs to the holder of the turn.
 */
sealed class SimulatedScheduler extends EventLoopScheduler permits DeepScheduler {

    final @Nullable Order order;
    private final CancelAim cancelAim;
    private final long stepLimit;
    private final boolean clockRuns;
    private final boolean expectsOutside;
    private final Consumer<SimulationError> found;

    final Recorder recorder = new Recorder();

    final ShortWaits shortWaits = new ShortWaits();

    final LiveStrands live = new LiveStrands(recorder.names);

    private final ReadyStrands ready = new ReadyStrands();

    /** Starters of strands that were started eagerly: each goes on when that parks or ends; the latest first. */
    private final ArrayDeque<Strand> eagerStarters = new ArrayDeque<>();

    private final ArrayDeque<Runnable> waitingForIdleness = new ArrayDeque<>();
    private final AtomicInteger outside = new AtomicInteger();

    private final Random random;

    /** How far the clock may go. */
    private long horizon;

    private boolean overLimit;
    private volatile long now;
    volatile boolean abandoned;
    private volatile boolean waitsForOutside;

    /** Work that is left when the last task has ended and no strand is ready. */
    private volatile @Nullable Runnable last;

    /** @param found is told of deadlocks and the like, in turn; should get the program to end */
    SimulatedScheduler(LoopThreads threads, Settings settings, Schedule schedule, Consumer<SimulationError> found) {
        super(threads);
        this.order = settings.deep ? schedule.newOrderAlways() : schedule.newOrder();
        this.cancelAim = new CancelAim(schedule.cancelPoint());
        this.stepLimit = settings.stepLimit;
        this.clockRuns = settings.clockRuns;
        this.expectsOutside = settings.outsideEvents;
        this.horizon = clockRuns ? NEVER : 0;
        this.found = found;
        this.random = Seeds.random(~settings.randomSeed); // not the program's own numbers
    }

    static SimulatedScheduler open(Settings settings, Schedule schedule, Consumer<SimulationError> found) {
        var scheduler = settings.deep
                ? new DeepScheduler(settings, schedule, found)
                : new SimulatedScheduler(LoopThreads.BATON, settings, schedule, found);
        scheduler.begin();
        return scheduler;
    }

    // ---- what strands ask for

    @Override
    public void start(Strand strand) {
        if (holdsTurn()) {
            live.add(strand);
        }
        super.start(strand);
    }

    @Override
    public void startEagerly(Strand self, Strand strand) {
        live.add(strand);
        recorder.ending(End.STARTS, strand, NEVER);
        beginTurn(strand, 1);
        if (order != null) {
            eagerStarters.push(self);
        }
        super.startEagerly(self, strand);
    }

    @Override
    public void startBeside(String name, Runnable action) {
        start(new StrandBeside(this, name, action));
    }

    @Override
    public void park(Strand self, long deadlineNanos) {
        recorder.ending(End.WAITS, self.waitingFor(), deadlineNanos);
        waits(self);
        super.park(self, deadlineNanos);
    }

    @Override
    public void yieldTurn(Strand self) {
        recorder.ending(End.YIELDS, null, NEVER);
        waits(self);
        if (order != null) {
            order.yielded(self);
        }
        super.yieldTurn(self);
    }

    @Override
    public void exit(Strand self) {
        recorder.ending(End.ENDS, null, NEVER);
        recorder.names.forget(self);
        if (order != null) {
            order.ended(self);
        }
        live.remove(self);
        super.exit(self);
    }

    @Override
    public void leave(Strand self) {
        recorder.ending(End.LEAVES, null, NEVER);
        outside.incrementAndGet();
        super.leave(self);
    }

    @Override
    public void enter(Strand self) {
        super.enter(self);
        outside.decrementAndGet();
    }

    @Override
    public void outsideBegan() {
        outside.incrementAndGet();
    }

    @Override
    public void outsideEnded() {
        outside.decrementAndGet();
        soon(() -> {}); // there may be nothing to wait for any more
    }

    @Override
    public TimerHandle scheduleWatch(long deadlineNanos, Runnable action) {
        return schedule(deadlineNanos, action);
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    // ---- time

    @Override
    public boolean isOnRealTime() {
        return false;
    }

    @Override
    public long nanoTime() {
        return now;
    }

    /** Real time does not count: somebody has to come. */
    @Override
    protected long idleNanos() {
        return NEVER;
    }

    /** Puts the clock forward. In turn only. */
    final void advance(long nanos) {
        now = nanoTime() + nanos;
    }

    /** Lets a clock that does not run by itself run until {@code nanos}. */
    void advanceTo(long nanos) {
        horizon = Math.max(horizon, nanos);
    }

    /** Runs {@code action} once nobody is ready and nothing is under way outside, before the clock moves. */
    void onceIdle(Runnable action) {
        waitingForIdleness.add(action);
    }

    /** Whether there is something that may yet get a strand on although every one waits and no timer is left. */
    boolean expectsOutside() {
        return expectsOutside;
    }

    /** Whether a strand goes on without a turn, and will want one. In a deep simulation it may. */
    boolean comesBack() {
        return false;
    }

    private boolean jump() {
        var deadline = nextDeadline();
        if (deadline == NEVER || deadline > horizon) {
            return false;
        }
        now = Math.max(now, deadline);
        return true;
    }

    // ---- who is next

    @Override
    protected @Nullable Strand next() {
        waitsForOutside = false;
        while (!abandoned) {
            // looked at first: who comes back from outside is in the inbox before it is no longer counted
            var quiet = outside.get() == 0;
            var strand = pick();
            if (strand != null) {
                return strand;
            }
            if (!live.hasTasks()) {
                finish();
                return null;
            }
            if (!quiet) {
                return null;
            }
            waitsForOutside = comesBack();
            if (waitsForOutside) {
                return null;
            }
            var idle = waitingForIdleness.poll();
            if (idle != null) {
                idle.run();
            } else if (!jump()) {
                if (expectsOutside()) {
                    waitsForOutside = true;
                    return null;
                }
                strand = pick(); // of a thread outside that has ended since
                if (strand != null) {
                    return strand;
                }
                found.accept(SimulationError.deadlock(unit(), nextDeadline() == NEVER, now, describe()));
            }
        }
        return null;
    }

    /**
     * Has {@code action} done in turn, once the last task has ended and nobody is ready. May be called by any thread.
     */
    void onceOver(Runnable action) {
        last = action;
        soon(() -> {});
    }

    private void finish() {
        var action = last;
        if (action != null) {
            last = null;
            action.run();
        }
    }

    private @Nullable Strand pick() {
        if (order == null) {
            var strand = super.next();
            return strand == null ? null : beginTurn(strand, 1);
        }
        takeReady(order);
        while (!ready.isEmpty() && shortWaits.endsOne(now, order, recorder)) {
            now = shortWaits.end();
            takeReady(order);
        }
        var starter = eagerStarters.poll();
        if (starter != null) {
            return beginTurn(starter, 1);
        }
        if (ready.isEmpty()) {
            return null;
        }
        var size = ready.size();
        var chosen = order.choose(ready);
        if (size > 1) {
            recorder.chose(ready.place(chosen), size);
        }
        ready.remove(chosen);
        return beginTurn(chosen.strand, size);
    }

    private void takeReady(Order order) {
        var taken = new ArrayList<Strand>();
        for (var strand = super.next(); strand != null; strand = super.next()) {
            live.add(strand);
            if (!eagerStarters.contains(strand)) {
                taken.add(strand);
            }
        }
        sort(taken);
        taken.forEach(strand -> order.added(ready.add(strand)));
    }

    /** Puts those that have become ready into an order that is the same in each execution. */
    void sort(List<Strand> strands) {}

    private Strand beginTurn(Strand strand, int from) {
        live.add(strand);
        recorder.begin(strand, now, from);
        cancelAim.goesOn(strand);
        var limit = overLimit ? 2 * stepLimit : stepLimit;
        if (recorder.count() > limit) {
            overLimit = true;
            found.accept(SimulationError.livelock(stepLimit, now, describe()));
        }
        return strand;
    }

    /** {@code self} begins to wait: a sweep may cancel it there. In turn. */
    final void waits(Strand self) {
        var ordinal = live.add(self);
        cancelAim.waits(self, ordinal, live.countWait(ordinal), this::soon);
    }

    /** One of so many alternatives. In turn only. */
    int draw(int alternatives) {
        var drawn = 0;
        if (order != null && alternatives > 1) {
            drawn = order.draw(alternatives);
            recorder.chose(drawn, alternatives);
        }
        recorder.drew(drawn, alternatives);
        return drawn;
    }

    // ---- what has happened

    /** Ends it here: nobody is given the turn any more. May be called by any thread. */
    void abandon() {
        abandoned = true;
        close();
        abandonTurns();
    }

    /** Whether nothing can go on unless somebody outside does something. Any thread. */
    final boolean waitsForOutside() {
        return waitsForOutside;
    }

    /** The name of those that take turns. */
    String unit() {
        return "task";
    }

    /** Whether another strand could run now. In turn. */
    final boolean othersAreReady() {
        return !ready.isEmpty() || isReady();
    }

    /** The tree of what lives, and what it waits for. In turn, or once there are no turns any more. */
    String describe() {
        return new WaitGraph(live.all(), recorder.names, JdkWaits.NONE).toString();
    }

    /** Tasks that have not ended, but for {@code main}, background tasks and their children. In turn only. */
    List<Task<?>> leftovers(Task<?> main) {
        return live.leftovers(main);
    }

    /** {@code task} may live when main ends. In turn only. */
    void background(Task<?> task) {
        live.background(task);
    }

    /** Once there are no turns any more, or in turn. */
    Recorder recorder() {
        return recorder;
    }

    /** How often each strand has waited, by the order of creation. */
    List<Integer> waitsOfTasks() {
        return live.waits();
    }
}

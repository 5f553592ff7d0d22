package dev.weft.test;

import dev.weft.Task;
import dev.weft.internal.runtime.EventLoopScheduler;
import dev.weft.internal.runtime.Strand;
import dev.weft.test.Recorder.End;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * An event loop on virtual time, whose order may be another than first come, first served. Made for one execution.
 *
 * <p>Who passes the turn on asks {@link #next}: the order decides among those that are ready. If nobody is, and nothing
 * is under way outside, who waits for idleness goes on; else the clock jumps to the next timer; and if there is none,
 * that is a deadlock.
 *
 * <p>All that is neither volatile nor atomic belongs to the holder of the turn.
 */
final class SimulatedScheduler extends EventLoopScheduler {

    private final @Nullable Order order;
    private final @Nullable CancelPoint cancelPoint;
    private final long stepLimit;
    private final boolean clockRuns;
    private final boolean expectsOutside;
    private final Consumer<SimulationError> found;

    private final Recorder recorder = new Recorder();

    /** Started and not ended, with how often each has waited. */
    private final Map<Strand, Waits> live = new LinkedHashMap<>();

    private final ReadyStrands ready = new ReadyStrands();
    /**
     * Who has started another strand eagerly, and goes on before all others when that parks or ends; the latest first.
     */
    private final ArrayDeque<Strand> eagerStarters = new ArrayDeque<>();

    private final ArrayDeque<Runnable> waitingForIdleness = new ArrayDeque<>();
    private final AtomicInteger outside = new AtomicInteger();
    private final ArrayList<Integer> waitsOfTasks = new ArrayList<>();

    private final Random random;
    private final Set<Object> background = Collections.newSetFromMap(new IdentityHashMap<>());

    /** How far the clock may go. */
    private long horizon;

    private int liveTasks;
    private @Nullable Strand toBeCancelled;
    private boolean overLimit;
    private volatile long now;
    private volatile boolean abandoned;

    /** What is left to do when the last task has ended and nobody is ready. */
    private volatile @Nullable Runnable last;

    private static final class Waits {
        final int ordinal;
        int count;

        Waits(int ordinal) {
            this.ordinal = ordinal;
        }
    }

    /** @param found is told of deadlocks and the like, in turn; should get the program to end */
    private SimulatedScheduler(Settings settings, Schedule schedule, Consumer<SimulationError> found) {
        this.order = schedule.newOrder();
        this.cancelPoint = schedule.cancelPoint();
        this.stepLimit = settings.stepLimit;
        this.clockRuns = settings.clockRuns;
        this.expectsOutside = settings.outsideEvents;
        this.horizon = clockRuns ? NEVER : 0;
        this.found = found;
        this.random = Seeds.random(~settings.randomSeed); // not the program's own numbers
    }

    static SimulatedScheduler open(Settings settings, Schedule schedule, Consumer<SimulationError> found) {
        var scheduler = new SimulatedScheduler(settings, schedule, found);
        scheduler.begin();
        return scheduler;
    }

    // ---- what strands ask for

    @Override
    public void start(Strand strand) {
        if (holdsTurn()) {
            register(strand);
        }
        super.start(strand);
    }

    @Override
    public void startEagerly(Strand self, Strand strand) {
        register(strand);
        recorder.ending(End.STARTS, strand, NEVER);
        beginTurn(strand, 1);
        if (order != null) {
            eagerStarters.push(self);
        }
        super.startEagerly(self, strand);
    }

    @Override
    public void startBeside(String name, Runnable action) {
        start(new Beside(this, name, action));
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
        if (live.remove(self) != null && self instanceof Task<?>) {
            liveTasks--;
        }
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
    public void scheduleWatch(long deadlineNanos, Runnable action) {
        schedule(deadlineNanos, action);
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

    /** Lets a clock that does not run by itself run until {@code nanos}. */
    void advanceTo(long nanos) {
        horizon = Math.max(horizon, nanos);
    }

    /** Runs {@code action} once nobody is ready and nothing is under way outside, before the clock moves. */
    void onceIdle(Runnable action) {
        waitingForIdleness.add(action);
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
        while (!abandoned) {
            // looked at first: who comes back from outside is in the inbox before it is no longer counted
            var quiet = outside.get() == 0;
            var strand = pick();
            if (strand != null) {
                return strand;
            }
            if (liveTasks == 0) {
                finish();
                return null;
            }
            if (!quiet) {
                return null;
            }
            var idle = waitingForIdleness.poll();
            if (idle != null) {
                idle.run();
            } else if (!jump()) {
                if (expectsOutside) {
                    return null;
                }
                found.accept(deadlock());
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
        for (var strand = super.next(); strand != null; strand = super.next()) {
            register(strand);
            if (!eagerStarters.contains(strand)) {
                order.added(ready.add(strand));
            }
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
            recorder.chose(ready.place(chosen));
        }
        ready.remove(chosen);
        return beginTurn(chosen.strand, size);
    }

    private Strand beginTurn(Strand strand, int from) {
        register(strand);
        recorder.begin(strand, now, from);
        if (strand == toBeCancelled) {
            toBeCancelled = null;
            cancel(strand);
        }
        var limit = overLimit ? 2 * stepLimit : stepLimit;
        if (recorder.count() > limit) {
            overLimit = true;
            found.accept(livelock());
        }
        return strand;
    }

    private Waits register(Strand strand) {
        return live.computeIfAbsent(strand, s -> {
            var waits = new Waits(recorder.names.ordinal(s));
            waitsOfTasks.add(0);
            if (s instanceof Task<?>) {
                liveTasks++;
            }
            return waits;
        });
    }

    private void waits(Strand self) {
        var waits = register(self);
        waits.count++;
        waitsOfTasks.set(waits.ordinal - 1, waits.count);
        if (cancelPoint != null && cancelPoint.task() == waits.ordinal && cancelPoint.occasion() == waits.count) {
            switch (cancelPoint.moment()) {
                case WAITING -> soon(() -> cancel(self));
                case WAKING -> toBeCancelled = self;
            }
        }
    }

    private static void cancel(Strand strand) {
        if (strand instanceof Task<?> task) {
            task.cancel("cancellation sweep");
        }
    }

    /** One of so many alternatives. In turn only. */
    int draw(int alternatives) {
        var drawn = 0;
        if (order != null && alternatives > 1) {
            drawn = order.draw(alternatives);
            recorder.chose(drawn);
        }
        recorder.drew(drawn, alternatives);
        return drawn;
    }

    // ---- what has happened

    /** Ends it here: nobody is given the turn any more. May be called by any thread. */
    void abandon() {
        abandoned = true;
        close();
    }

    private SimulationError livelock() {
        return new SimulationError(
                SimulationError.Kind.STEP_LIMIT,
                "more than " + stepLimit + " turns, by " + Names.time(now) + " of virtual time; is it a livelock?\n"
                        + describe(),
                null);
    }

    private SimulationError deadlock() {
        var stopped = nextDeadline() == NEVER
                ? "every task waits, and no timer is left"
                : "every task waits, and the clock stands still until somebody calls advanceBy(…)";
        return new SimulationError(
                SimulationError.Kind.DEADLOCK, stopped + ", at " + Names.time(now) + "\n" + describe(), null);
    }

    /** The tree of what lives, and what it waits for. In turn, or once there are no turns any more. */
    String describe() {
        return new WaitGraph(List.copyOf(live.keySet()), recorder.names).toString();
    }

    /** Tasks that have not ended, but for {@code main}, background tasks and their children. In turn only. */
    List<Task<?>> leftovers(Task<?> main) {
        var tasks = new ArrayList<Task<?>>();
        for (var strand : live.keySet()) {
            if (strand instanceof Task<?> task && task != main && !task.isDone() && !isInBackground(strand)) {
                tasks.add(task);
            }
        }
        return tasks;
    }

    private boolean isInBackground(Strand strand) {
        for (var each = strand; each != null; each = each.parent()) {
            if (background.contains(each)) {
                return true;
            }
        }
        return false;
    }

    /** {@code task} may live when main ends. In turn only. */
    void background(Task<?> task) {
        background.add(task);
    }

    /** Once there are no turns any more, or in turn. */
    Recorder recorder() {
        return recorder;
    }

    /** How often each strand has waited, by the order of creation. */
    List<Integer> waitsOfTasks() {
        return waitsOfTasks;
    }

    /** What is to run beside the strands is one of them here: when it runs must not depend on the machine. */
    private static final class Beside extends Strand {
        private final String name;
        private final Runnable action;

        Beside(SimulatedScheduler scheduler, String name, Runnable action) {
            super(scheduler);
            this.name = name;
            this.action = action;
        }

        @Override
        protected void live() {
            scheduler().begun(this);
            action.run();
            scheduler().exit(this);
        }

        @Override
        public String name() {
            return name;
        }
    }
}

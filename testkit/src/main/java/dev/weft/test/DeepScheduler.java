package dev.weft.test;

import dev.weft.Task;
import dev.weft.internal.runtime.CustomScheduling;
import dev.weft.internal.runtime.EventLoopScheduler;
import dev.weft.internal.runtime.LoopThreads;
import dev.weft.internal.runtime.Strand;
import dev.weft.test.Recorder.End;
import dev.weft.test.internal.deep.JdkTimers;
import dev.weft.test.internal.deep.JdkWaits;
import dev.weft.test.internal.deep.MonitorProbe;
import dev.weft.test.internal.deep.OsThreads;
import dev.weft.test.internal.deep.Outside;
import dev.weft.test.internal.deep.ProcessorTime;
import dev.weft.test.internal.hooks.SwitchPoints;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A simulation that also schedules what the JDK does with the threads of tasks, and the virtual threads that they
 * start: one that blocks in the JDK gives its turn away, and is ready again when the JDK wakes it up.
 *
 * <p>The JVM wakes up a thread that may enter a monitor some time later, by a thread of its own: so once a strand has
 * waited in a monitor, a {@link MonitorProbe} goes the same way after each turn.
 */
final class DeepScheduler extends SimulatedScheduler implements JdkTimers.Clock {

    static {
        SwitchPoints.install(new DeepHooks());
        JdkTimers.intercept(() -> EventLoopScheduler.deepHere() instanceof DeepScheduler deep ? deep : null);
    }

    /**
     * A timed wait within the JDK takes real time. One that would take longer than this is one without a limit, as far
     * as a test can tell: {@code ExecutorService.close} waits for a day, again and again, and an idle thread of a
     * cached pool for a minute.
     */
    private static final long ENDLESS_NANOS = Duration.ofSeconds(45).toNanos();

    /** The virtual time that a read of the clock takes. The clock goes on after a number of reads. */
    private static final long READ_NANOS = 10_000;

    private static final int READS = 100;

    /** Sets the program's numbers apart from those of the world, which have the same seed. */
    private static final long NUMBERS = 0x5eed;

    private int clockReads;

    /** By their steps. */
    private final Map<Runnable, DeepThread> threads = new ConcurrentHashMap<>();

    /** The time of the clock at the beginning. */
    private final Instant start;

    private final boolean describes;

    /** Drawn from by the program in its turns: another sequence than the world's, the same for each replay. */
    private final Random numbers;

    final ThreadNames threadNames = new ThreadNames();

    final StandIns standIns = new StandIns(threadNames);

    final TimedEnds timedEnds = new TimedEnds();

    /** By threads: what to do in place of the end of a timed wait within the JDK. */
    final Map<Thread, Runnable> innerEnds = new ConcurrentHashMap<>();

    /** Threads in a wait of the JDK's whose limit never comes. */
    final Set<Thread> endless = ConcurrentHashMap.newKeySet();

    /** The JVM would keep them, and the classes of each execution, until it ends. */
    final Set<Thread> shutdownHooks = ConcurrentHashMap.newKeySet();

    private final ClassInitializations initializations = new ClassInitializations(this);
    private final ProcessorTime carrierTime = new ProcessorTime();
    private final Outside outside = Outside.since();
    private int threadsStarted;

    /**
     * Whether a strand has waited in a monitor. From then on, each exit of one may wake a strand up some time later,
     * even one that is awake already and finds that out when it waits next.
     */
    private boolean inMonitors;

    private volatile boolean probing;

    /** Whether the strand in turn lets others go first because its class was rewritten, not of its own accord. */
    private boolean atSwitchPoint;

    /**
     * Whether the strand in turn has begun a wait that takes real time. Its stack cannot be looked at before it has
     * left.
     */
    private boolean waitsInRealTime;

    DeepScheduler(Settings settings, Schedule schedule, Consumer<SimulationError> found) {
        super(LoopThreads.DEEP, settings, schedule, found);
        this.start = settings.start;
        this.describes = settings.describes;
        this.numbers = Seeds.random(settings.randomSeed + NUMBERS + drawnFrom(schedule));
    }

    /** Zero for a schedule that is written out: one that was shrunk has the numbers of the event loop's order. */
    private static int drawnFrom(Schedule schedule) {
        return schedule.isDrawn() ? schedule.toString().hashCode() : 0;
    }

    /** The deep simulation that the calling thread is a strand of; null if there is none. */
    static @Nullable DeepScheduler here() {
        return Thread.currentThread().isVirtual() && EventLoopScheduler.deepHere() instanceof DeepScheduler deep
                ? deep
                : null;
    }

    // ---- threads that strands start

    @Override
    protected void submittedOther(Strand starter, Runnable step) {
        var known = threads.get(step);
        if (known != null) {
            submitAgain(known);
            return;
        }
        var thread = abandoned || !isOnCarrier() ? null : CustomScheduling.threadOf(step);
        if (thread == null) {
            super.submittedOther(starter, step);
            return;
        }
        CustomScheduling.seed(thread, threadsStarted + 1L);
        var strand = new DeepThread(this, starter, thread, step, ++threadsStarted);
        adopt(strand, step);
        threads.put(step, strand);
        live.add(strand);
        readyAgain(strand);
    }

    // ---- waits in the JDK

    @Override
    protected void halted(Strand strand, boolean runnable) {
        var thread = Objects.requireNonNull(strand.thread());
        if (strand instanceof DeepThread deep && thread.getState() == Thread.State.TERMINATED) {
            ended(deep);
            return;
        }
        var blocker = runnable ? null : LockSupport.getBlocker(thread);
        if (waitsInRealTime) {
            waitsInRealTime = false;
            outside.timed(thread);
        }
        recorder.ending(runnable ? End.YIELDS : End.WAITS, runnable ? null : JdkWaits.kind(thread, blocker), NEVER);
        if (runnable) {
            if (order != null && !atSwitchPoint) {
                order.yielded(strand);
            }
            atSwitchPoint = false;
            return;
        }
        if (JdkWaits.isInMonitor(thread, blocker)) {
            inMonitors = true;
        }
        if (strand instanceof Task<?>) {
            waits(strand);
        }
    }

    private void ended(DeepThread strand) {
        recorder.ending(End.ENDS, null, NEVER);
        recorder.names.forget(strand);
        live.remove(strand);
        threads.remove(strand.step);
        if (order != null) {
            order.ended(strand);
        }
    }

    @Override
    protected void wokenFromOutside(Strand strand) {
        if (!probing && !adrift().isComingBack(strand)) {
            outside.woke(strand.name());
        }
        super.wokenFromOutside(strand);
    }

    @Override
    protected @Nullable Strand next() {
        if (inMonitors && !abandoned) {
            probeMonitors();
        }
        awaitAdrift();
        return super.next();
    }

    /** The one in turn has perhaps woken up a pinned thread: it must have come back before the order chooses. */
    private void awaitAdrift() {
        if (!abandoned && !PinnedThreads.becomeStill(adrift())) {
            adrift().giveUp();
        }
    }

    private void probeMonitors() {
        probing = true;
        MonitorProbe.pass();
        probing = false;
    }

    // ---- switch points

    /** Lets the order choose who goes on. On a strand's thread. */
    void switchPoint() {
        if (abandoned) {
            Leftovers.point();
            return;
        }
        comeBack();
        if (holdsTurn() && (inMonitors || othersAreReady())) {
            yieldAtSwitchPoint();
        }
    }

    /** Lets the order choose. @return whether the calling thread, which is in turn, is pinned to its carrier */
    boolean yieldAtSwitchPoint() {
        atSwitchPoint = true;
        var isPinned = yieldTurnHere();
        atSwitchPoint = false;
        return isPinned;
    }

    /** Initializes a class, unless that has been done. On a strand's thread. */
    void initialize(Class<?> type) {
        if (initializations.isDone(type)) {
            return;
        }
        comeBack();
        if (holdsTurn()) {
            initializations.initialize(type, inTurn());
        }
    }

    /** The calling thread begins to run an initializer, for whatever reason the JVM does that, or is at its end. */
    void runsInitializer(Class<?> type, boolean begins) {
        comeBack();
        if (holdsTurn()) {
            initializations.runs(type, inTurn(), begins);
        }
    }

    /** The calling thread, which is in turn, begins to run an initializer, and is pinned meanwhile. */
    void expectsPinned() {
        adrift().expect(initializations::isUnderWay);
    }

    @Override
    protected boolean waitsWithoutEnd(Thread thread) {
        return endless.contains(thread);
    }

    @Override
    protected boolean isBlockedInJvm(Thread carrier) {
        return initializations.isUnderWayBeside(holder()) && carrierTime.isStill(carrier);
    }

    @Override
    protected void begunToCarry() {
        OsThreads.add();
    }

    /** A thread that has gone on without its turn waits for it. On a strand's thread. */
    void ensureInTurn() {
        comeBack();
    }

    /** The strand in turn, which is pinned, waits for {@link #goOn}. */
    void waitPinnedHere() {
        waitPinned();
    }

    /** {@code strand} may go on. In turn; once the simulation is abandoned, there are no turns, and all go on. */
    void goOn(Strand strand) {
        if (!abandoned) {
            readyAgain(strand);
        }
    }

    /** The numbers of the program. In turn. */
    RandomGenerator numbers() {
        return numbers;
    }

    /** The program is about to use {@code what}, which is not controlled. */
    void usesOutside(String what) {
        outside.used(what);
    }

    @Override
    void sort(List<Strand> strands) {
        strands.sort(Comparator.comparingInt(recorder.names::ordinal));
    }

    // ---- time

    @Override
    public Future<?> after(long nanos, Runnable action) {
        var holder = holder();
        var inner = holder == null ? null : innerEnds.get(holder);
        if (inner != null) {
            return JdkTimers.unawaited(schedule(inNanos(wholeMillis(nanos)), inner));
        }
        if (nanos > ENDLESS_NANOS) {
            return JdkTimers.after(nanos, action, timed -> schedule(NEVER, timed));
        }
        waitsInRealTime = true;
        var deadline = inNanos(wholeMillis(nanos));
        return JdkTimers.after(nanos, action, timed -> schedule(deadline, timed));
    }

    /** Has {@code expiry} done when a wait with a limit has taken too long. On the thread of the strand in turn. */
    Runnable limit(long nanos, Runnable expiry) {
        var deadline = inNanos(nanos);
        shortWaits.begin(nanos, deadline);
        var timer = schedule(deadline, expiry);
        return () -> {
            timer.cancel();
            shortWaits.end(nanos, deadline);
        };
    }

    /** The JDK's clock has gone on since it was asked for so long. */
    private static long wholeMillis(long nanos) {
        return (nanos + 999_999) / 1_000_000 * 1_000_000;
    }

    /** The program reads the clock, in a loop perhaps that ends when some time has passed. On a strand's thread. */
    void clockRead() {
        if (holdsTurn() && ++clockReads % READS == 0) {
            advance(READ_NANOS * READS);
            Thread.yield();
        }
    }

    /** The time of the virtual clock. */
    Instant now() {
        return start.plusNanos(nanoTime());
    }

    /** {@code nanos} from now on the virtual clock. */
    long inNanos(long nanos) {
        var due = nanoTime() + nanos;
        return due < 0 ? NEVER : due;
    }

    // ---- what is found

    @Override
    void abandon() {
        super.abandon();
        Leftovers.add(threads.values().stream().map(Strand::thread).toList());
    }

    @Override
    boolean comesBack() {
        return PinnedThreads.goOn(adrift(), this::hasComeIn) || comesIn();
    }

    private boolean hasComeIn() {
        return !isInboxEmpty();
    }

    /** Whether a thread outside gets a strand on before the next timer is due. */
    private boolean comesIn() {
        return nextDeadline() != NEVER
                && outside.isBeside()
                && OutsidePace.comesIn(nextDeadline() - nanoTime(), this::hasComeIn);
    }

    @Override
    boolean expectsOutside() {
        return super.expectsOutside()
                || mayBeWoken()
                || (outside.mayBeAtWork() && OutsidePace.settles(this::hasComeIn) && mayBeWoken());
    }

    private boolean mayBeWoken() {
        return outside.mayWake(live.all().stream().map(Strand::thread));
    }

    @Override
    String unit() {
        return "thread";
    }

    @Override
    String describe() {
        if (!describes) {
            return "";
        }
        var strands = live.all();
        var waits = JdkWaits.of(strands.stream().map(Strand::thread))
                .with(initializations.waits(adrift().carriers().keySet()));
        return new WaitGraph(strands, recorder.names, waits) + outside.describe();
    }
}

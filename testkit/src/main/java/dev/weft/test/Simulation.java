package dev.weft.test;

import dev.weft.Body;
import dev.weft.VoidBody;
import dev.weft.test.SimulationError.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs Weft programs one task at a time on a virtual clock. A switch happens only where a task waits in Weft; when all
 * wait, the clock jumps to the next deadline. So a program's behaviour depends on nothing but its {@link Schedule}: the
 * event loop's order, or one that is drawn from a seed.
 *
 * <pre>{@code
 * Simulation.create().run(() -> {
 *     sleep(Duration.ofHours(5));                                     // takes no time
 * });
 * Simulation.create().explore(1000, () -> transfersKeepTheSum());     // in 1,000 orders
 * Simulation.create().replay(Schedule.of("random:17"), () -> transfersKeepTheSum());
 * Simulation.create().sweep(() -> transfersKeepTheSum());             // cancels each task at each of its waits
 * }</pre>
 *
 * <p>Each execution runs the body anew, which must make all its state itself. Faults that the simulation itself finds
 * are thrown as a {@link SimulationError}. The simulation does not control the world outside of Weft: other threads,
 * real I/O, locks of the JDK; {@link dev.weft.Weft#blocking blocking} and {@link World#external} announce them. A
 * {@linkplain #deep deep} simulation controls locks of the JDK and virtual threads as well.
 *
 * <p>Immutable; each setting makes a new simulation. All methods that run something block the calling thread until it
 * has ended; interrupting that thread cancels the program. They throw an {@link IllegalStateException} if it has the
 * turn of an event loop or of another simulation, which it would hold all the time.
 */
@SuppressWarnings("overloads") // with and without a result: a block lambda tells them apart
public final class Simulation {

    private final Settings settings;

    private Simulation(Settings settings) {
        this.settings = settings;
    }

    /**
     * A simulation with the default settings.
     *
     * @return a simulation that can be used as it is, or refined by the other methods
     */
    public static Simulation create() {
        return new Simulation(new Settings());
    }

    private Simulation with(Consumer<Settings> change) {
        return new Simulation(settings.with(change));
    }

    // ---- settings

    /**
     * Does not take findings of these kinds for a failure. The last call counts: it replaces the kinds of earlier ones.
     *
     * @param kinds none for no exceptions, which is the default
     * @return a simulation with this setting; this one is unchanged
     */
    public Simulation allow(Kind... kinds) {
        return with(s -> s.allow(kinds));
    }

    /**
     * Limits the number of turns of an execution; 1,000,000 unless set. An execution that does not stop then ends after
     * twice as many.
     *
     * @param turns the number of turns, from 1
     * @return a simulation with this setting; this one is unchanged
     * @throws IllegalArgumentException if {@code turns} is not positive
     */
    public Simulation stepLimit(long turns) {
        return with(s -> s.limitSteps(turns));
    }

    /**
     * Limits a turn in real time, to 5 s unless set: a task that blocks outside of Weft without
     * {@link dev.weft.Weft#blocking blocking}, or computes for longer, fails the execution. Looked at every 20 ms.
     *
     * @param limit more than zero; no limit shorter than about 40 ms has an effect
     * @return a simulation with this setting; this one is unchanged
     * @throws IllegalArgumentException if {@code limit} is not positive
     */
    public Simulation turnLimit(Duration limit) {
        return with(s -> s.turnLimit = Settings.positive(limit, "turn limit"));
    }

    /**
     * Limits the virtual time for which a task may go on after it was asked to stop; 5 s unless set.
     *
     * @param grace more than zero
     * @return a simulation with this setting; this one is unchanged
     * @throws IllegalArgumentException if {@code grace} is not positive
     */
    public Simulation cancellationGrace(Duration grace) {
        return with(s -> s.cancellationGrace = Settings.positive(grace, "grace"));
    }

    /**
     * Sets the first instant that {@link World#clock} shows; the first instant of 2026 in UTC unless set.
     *
     * @param start the instant at which each execution begins
     * @return a simulation with this setting; this one is unchanged
     * @throws IllegalArgumentException if {@code start} is less than 292 years, which the clock has, before the last
     *     instant
     */
    public Simulation startAt(Instant start) {
        return with(s -> s.startAt(start));
    }

    /**
     * Sets the seed of {@link World#random}; 0 unless set. It does not change from schedule to schedule.
     *
     * @param seed any number; close ones give unlike numbers too
     * @return a simulation with this setting; this one is unchanged
     */
    public Simulation randomSeed(long seed) {
        return with(s -> s.randomSeed = seed);
    }

    /**
     * Has the clock move by {@link World#advanceBy} only.
     *
     * @return a simulation with this setting; this one is unchanged
     */
    public Simulation manualClock() {
        return with(s -> s.clockRuns = false);
    }

    /**
     * Expects that threads from outside unpark or cancel tasks at any time: if all tasks wait, that is a deadlock only
     * after nothing has come from outside for as long as the {@link #turnLimit}. The clock runs all the same.
     *
     * @return a simulation with this setting; this one is unchanged
     */
    public Simulation expectOutsideEvents() {
        return with(s -> s.outsideEvents = true);
    }

    /**
     * Schedules the waits of the program's threads in the JDK, too: a task that blocks in a lock, a condition, a queue,
     * a future or a monitor gives its turn away, and virtual threads that it starts take turns with it. So the program
     * need not use Weft at all.
     *
     * <p>A switch happens only where something blocks, and timed waits of the JDK take real time, in the order of the
     * virtual clock. The classes of a {@link DeepProgram}, and of a {@link dev.weft.test.junit.SimulationTest} that is
     * deep, have switch points, and their time is virtual: most races are found there only.
     *
     * <p>Deep simulations of one JVM run one after the other: a call that runs one first waits until those of other
     * threads have ended.
     *
     * @return a simulation with this setting; this one is unchanged
     * @throws IllegalStateException if this JVM was not started with
     *     {@code --add-opens=java.base/java.lang=ALL-UNNAMED}; the message has the line for each build tool
     */
    public Simulation deep() {
        DeepFlag.require();
        return with(s -> s.deep = true);
    }

    /**
     * Switches debug mode on: tasks know where they were created, and a leaked task says so.
     *
     * @return a simulation with this setting; this one is unchanged
     */
    public Simulation debug() {
        return with(s -> s.debug = true);
    }

    /**
     * Sets the strategies by which {@link #explore} draws schedules, in turn; all of them unless set.
     *
     * @param strategies take turns in this order; one may be given more than once
     * @return a simulation with this setting; this one is unchanged
     * @throws IllegalArgumentException if there are none
     */
    public Simulation strategies(Strategy... strategies) {
        return with(s -> s.drawBy(strategies));
    }

    /**
     * Sets the first of the seeds from which {@link #explore} draws schedules; 1 unless set. The seeds after it follow
     * one by one. A nightly run that takes another first seed each time sees other schedules.
     *
     * @param seed any number; the next ones are one more each
     * @return a simulation with this setting; this one is unchanged
     */
    public Simulation firstSeed(long seed) {
        return with(s -> s.firstSeed = seed);
    }

    /**
     * Has {@link #explore} report the first failing schedule as it was drawn, without looking for a simpler one.
     *
     * @return a simulation with this setting; this one is unchanged
     */
    public Simulation withoutShrinking() {
        return with(s -> s.shrinks = false);
    }

    // ---- one execution

    /**
     * Runs {@code main} in the event loop's order.
     *
     * @param <T> the type of the result
     * @param <X> the checked exception that main throws; {@link RuntimeException} for none
     * @param main runs once, as the first task
     * @return the result of main
     * @throws X the exception of main, itself
     * @throws SimulationError if something else was found wrong. If main threw too, a finding is suppressed into main's
     *     exception; but a deadlock, the step limit and a held turn are thrown, with main's exception suppressed into
     *     them
     * @throws java.util.concurrent.CancellationException if main was cancelled
     * @throws InterruptedException if the caller was interrupted
     */
    public <T extends @Nullable Object, X extends Exception> T run(WorldBody<T, X> main)
            throws X, InterruptedException {
        Objects.requireNonNull(main, "main");
        return Supervision.supervise(settings, s -> s.<T>run(Schedule.FIFO, main))
                .valueOrThrow();
    }

    /**
     * {@link #run(WorldBody)} for a main that needs no world.
     *
     * @param <T> the type of the result
     * @param <X> the checked exception that main throws; {@link RuntimeException} for none
     * @param main runs once, as the first task
     * @return the result of main
     * @throws X the exception of main, itself
     * @throws InterruptedException if the caller was interrupted, which cancels the program
     */
    public <T extends @Nullable Object, X extends Exception> T run(Body<T, X> main) throws X, InterruptedException {
        return this.<T, X>run(Bodies.of(main));
    }

    /**
     * {@link #run(WorldBody)} for a main without a result.
     *
     * @param <X> the checked exception that main throws; {@link RuntimeException} for none
     * @param main runs once, as the first task
     * @throws X the exception of main, itself
     * @throws InterruptedException if the caller was interrupted, which cancels the program
     */
    public <X extends Exception> void run(VoidWorldBody<X> main) throws X, InterruptedException {
        this.<@Nullable Void, X>run(Bodies.of(main));
    }

    /**
     * {@link #run(WorldBody)} for a main without a result that needs no world.
     *
     * @param <X> the checked exception that main throws; {@link RuntimeException} for none
     * @param main runs once, as the first task
     * @throws X the exception of main, itself
     * @throws InterruptedException if the caller was interrupted, which cancels the program
     */
    public <X extends Exception> void run(VoidBody<X> main) throws X, InterruptedException {
        this.<@Nullable Void, X>run(Bodies.of(main));
    }

    /**
     * Runs {@code main} under {@code schedule}, as a failure message named it.
     *
     * @param schedule from {@link ScheduleFailedError#schedule} or {@link Schedule#of}
     * @param main runs once, as the first task
     * @return the turns of the execution
     * @throws ScheduleFailedError if main threw, or something was found wrong
     * @throws InterruptedException if the caller was interrupted
     */
    public Trace replay(Schedule schedule, VoidWorldBody<?> main) throws InterruptedException {
        Objects.requireNonNull(schedule, "schedule");
        var body = Bodies.of(main);
        return Supervision.supervise(
                settings,
                s -> new Exploration(settings, s, body).replay(schedule).written());
    }

    /**
     * {@link #replay(Schedule, VoidWorldBody)} for a main that needs no world.
     *
     * @param schedule from {@link ScheduleFailedError#schedule} or {@link Schedule#of}
     * @param main runs once, as the first task
     * @return the turns of the execution
     * @throws ScheduleFailedError if main threw, or something was found wrong
     * @throws InterruptedException if the caller was interrupted, which cancels the program
     */
    public Trace replay(Schedule schedule, VoidBody<?> main) throws InterruptedException {
        return replay(schedule, Bodies.ignoringWorld(main));
    }

    // ---- many executions

    /**
     * Runs {@code main} under a number of schedules: first the event loop's order, then orders drawn from the seeds 1,
     * 2, 3, … (or from {@link #firstSeed} on) by one {@link Strategy} after the other. Stops at the first that fails;
     * runs that twice more, to see whether it does the same again; looks for a simpler one that fails like it, and
     * reports that one.
     *
     * @param schedules the number of executions if none fails, from 1
     * @param main called anew for each execution, so it must make all its state itself
     * @return the number of schedules that were seen, and how many of them were different
     * @throws ScheduleFailedError if main threw, or something was found wrong
     * @throws IllegalArgumentException if {@code schedules} is not positive
     * @throws InterruptedException if the caller was interrupted
     */
    public Coverage explore(int schedules, VoidWorldBody<?> main) throws InterruptedException {
        requirePositive(schedules);
        var body = Bodies.of(main);
        return Supervision.supervise(settings, s -> new Exploration(settings, s, body).explore(schedules));
    }

    /**
     * {@link #explore(int, VoidWorldBody)} for a main that needs no world.
     *
     * @param schedules the number of executions if none fails, from 1
     * @param main called anew for each execution, so it must make all its state itself
     * @return the number of schedules that were seen, and how many of them were different
     * @throws ScheduleFailedError if main threw, or something was found wrong
     * @throws IllegalArgumentException if {@code schedules} is not positive
     * @throws InterruptedException if the caller was interrupted, which cancels the program
     */
    public Coverage explore(int schedules, VoidBody<?> main) throws InterruptedException {
        return explore(schedules, Bodies.ignoringWorld(main));
    }

    /**
     * Runs {@code main} under every schedule, if these are not more than {@code atMost}: first the event loop's order,
     * then those in which one turn is taken by another, then two, and so on. So it ends with a failing schedule that is
     * as simple as can be, and for a small program with the certainty that it has seen all. Of the choices of an
     * execution the first 10,000 are varied.
     *
     * @param atMost the number of executions after which the search ends unfinished, from 1
     * @param main called anew for each execution, so it must make all its state itself
     * @return the number of schedules that were seen; {@link Coverage#complete} says whether those were all
     * @throws ScheduleFailedError if main threw, or something was found wrong
     * @throws IllegalArgumentException if {@code atMost} is not positive
     * @throws InterruptedException if the caller was interrupted
     * @since 0.1.0
     */
    public Coverage exhaust(int atMost, VoidWorldBody<?> main) throws InterruptedException {
        requirePositive(atMost);
        var body = Bodies.of(main);
        return Supervision.supervise(settings, s -> new Exploration(settings, s, body).exhaust(atMost));
    }

    /**
     * {@link #exhaust(int, VoidWorldBody)} for a main that needs no world.
     *
     * @param atMost the number of executions after which the search ends unfinished, from 1
     * @param main called anew for each execution, so it must make all its state itself
     * @return the number of schedules that were seen; {@link Coverage#complete} says whether those were all
     * @throws ScheduleFailedError if main threw, or something was found wrong
     * @throws IllegalArgumentException if {@code atMost} is not positive
     * @throws InterruptedException if the caller was interrupted, which cancels the program
     */
    public Coverage exhaust(int atMost, VoidBody<?> main) throws InterruptedException {
        return exhaust(atMost, Bodies.ignoringWorld(main));
    }

    private static void requirePositive(int schedules) {
        if (schedules <= 0) {
            throw new IllegalArgumentException("schedules must be positive, not " + schedules);
        }
    }

    /**
     * Runs {@code main} in the event loop's order, counts the waits of each of its tasks, main included, and then runs
     * it again twice for each: once the task is cancelled when it has begun to wait, and once just before it goes on.
     * Main may be cancelled by that; if it throws anything else, or something is found wrong, the execution has failed.
     * An end that must be reached in any case goes into main's {@code finally}, or into a {@link World#open tracked
     * resource}.
     *
     * @param main called anew for each execution, so it must make all its state itself
     * @return the number of waits, each of which was cancelled twice
     * @throws ScheduleFailedError if an execution failed; the schedule says which task was cancelled, and at which wait
     * @throws InterruptedException if the caller was interrupted
     */
    public int sweep(VoidWorldBody<?> main) throws InterruptedException {
        var body = Bodies.of(main);
        return Supervision.supervise(settings, s -> new Exploration(settings, s, body).sweep(Schedule.FIFO));
    }

    /**
     * {@link #sweep(VoidWorldBody)} for a main that needs no world.
     *
     * @param main called anew for each execution, so it must make all its state itself
     * @return the number of waits, each of which was cancelled twice
     * @throws ScheduleFailedError if an execution failed
     * @throws InterruptedException if the caller was interrupted, which cancels the program
     */
    public int sweep(VoidBody<?> main) throws InterruptedException {
        return sweep(Bodies.ignoringWorld(main));
    }
}

package dev.weft.test;

import dev.weft.Body;
import dev.weft.Task;
import dev.weft.VoidBody;
import dev.weft.Weft;
import dev.weft.internal.runtime.Strand;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The inside of one execution of a simulation: its time, its chance, and its connections to the outside.
 *
 * <p>Of use to the tasks of the execution only.
 */
public final class World {

    private final SimulatedScheduler scheduler;
    private final Instant start;
    private final Random random;
    private final Resources resources;

    World(SimulatedScheduler scheduler, Instant start, Random random, Resources resources) {
        this.scheduler = scheduler;
        this.start = start;
        this.random = random;
        this.resources = resources;
    }

    // ---- time

    /**
     * The virtual time as a {@link Clock}, in UTC, to inject into the code under test as a clock or as an
     * {@link java.time.InstantSource}. It begins at {@link Simulation#startAt}.
     *
     * @return a clock for any thread, whose zone can be changed; it moves only as the execution does
     */
    public Clock clock() {
        return new VirtualClock(scheduler, start, ZoneOffset.UTC);
    }

    /**
     * The virtual time that has passed since the beginning.
     *
     * @return zero at first; never less than before
     */
    public Duration currentTime() {
        return Duration.ofNanos(scheduler.nanoTime());
    }

    /**
     * Lets virtual time pass. All that is due meanwhile happens, the end of that time included.
     *
     * <p><b>Blocking:</b> until all other tasks wait for something later. <b>Cancellation:</b> always a cancellation
     * point; time may have passed then.
     *
     * @param duration from zero, which is {@link #runUntilIdle}
     * @throws IllegalArgumentException if {@code duration} is negative, or too long for the clock
     * @throws IllegalStateException if the caller is not a task of this execution
     * @throws InterruptedException if the caller was asked to stop
     */
    public void advanceBy(Duration duration) throws InterruptedException {
        Objects.requireNonNull(duration, "duration");
        requireInside("advanceBy");
        if (duration.isNegative()) {
            throw new IllegalArgumentException("the clock does not go back: advanceBy(" + duration + ")");
        }
        try {
            scheduler.advanceTo(Math.addExact(scheduler.nanoTime(), duration.toNanos()));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("the clock has 292 years: advanceBy(" + duration + ")", e);
        }
        Weft.sleep(duration);
        runUntilIdle();
    }

    /**
     * Lets all others run until each of them waits. Time stands still meanwhile.
     *
     * <p><b>Blocking:</b> until all other tasks wait, and no {@link #external} call is under way. <b>Cancellation:</b>
     * always a cancellation point.
     *
     * @throws IllegalStateException if the caller is not a task of this execution
     * @throws InterruptedException if the caller was asked to stop
     */
    public void runUntilIdle() throws InterruptedException {
        requireInside("runUntilIdle");
        var idle = new CompletableFuture<@Nullable Void>();
        scheduler.onceIdle(() -> idle.complete(null));
        Weft.await(idle);
    }

    // ---- what is outside

    /**
     * Runs a body that waits for something from outside of the simulation: real I/O, another thread. As long as it
     * runs, the clock stands still, and tasks that all wait are not a deadlock. Calls that block outside of Weft belong
     * into {@link Weft#blocking blocking}, which does the same and lets others run.
     *
     * <p><b>Blocking</b> and <b>Cancellation:</b> as the body.
     *
     * @param <T> the type of the result
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param body runs once, on the caller's thread, in its turn
     * @return the result of the body
     * @throws X as the body does
     * @throws IllegalStateException if the caller is not a task of this execution
     * @throws InterruptedException if the body was interrupted or cancelled
     */
    public <T extends @Nullable Object, X extends Exception> T external(Body<T, X> body)
            throws X, InterruptedException {
        Objects.requireNonNull(body, "body");
        requireInside("external");
        scheduler.outsideBegan();
        try {
            return body.run();
        } finally {
            scheduler.outsideEnded();
        }
    }

    /**
     * {@link #external(Body)} for a body without a result.
     *
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param body runs once, on the caller's thread, in its turn
     * @throws X as the body does
     * @throws IllegalStateException if the caller is not a task of this execution
     * @throws InterruptedException if the body was interrupted or cancelled
     */
    public <X extends Exception> void external(VoidBody<X> body) throws X, InterruptedException {
        Objects.requireNonNull(body, "body");
        this.<@Nullable Void, X>external(() -> {
            body.execute();
            return null;
        });
    }

    // ---- what a program needs

    /**
     * Random numbers that are the same in each execution, for choices that the program itself leaves to chance.
     *
     * @return one generator for all tasks of the execution, with the seed of {@link Simulation#randomSeed}
     */
    public Random random() {
        return random;
    }

    /**
     * Stands for a resource of the program's. It must be closed once before the execution ends; the simulation finds a
     * resource that was not closed, or was closed twice. May be called by any thread.
     *
     * @param name identifies the resource in the finding; need not be unique
     * @return the stand-in, to be closed by the program
     * @throws IllegalStateException if the execution has ended
     */
    public TrackedResource open(String name) {
        return resources.open(Objects.requireNonNull(name, "name"));
    }

    /**
     * Draws one of several alternatives, for what the program's surroundings leave open: which answer comes, whether a
     * call fails, how long it takes. Drawn anew in each schedule, unlike {@link #random}: the event loop's order always
     * has the first, other orders the one that their seed gives. A failing schedule is shrunk to the first alternatives
     * as far as possible; so let the first be the usual one.
     *
     * <p>Neither blocks nor lets others go first.
     *
     * @param alternatives the number of alternatives, from 1
     * @return from 0 to {@code alternatives} - 1
     * @throws IllegalArgumentException if {@code alternatives} is not positive
     * @throws IllegalStateException if the caller is not a task of this execution
     */
    public int draw(int alternatives) {
        requireInside("draw");
        if (alternatives < 1) {
            throw new IllegalArgumentException("there must be an alternative to draw: draw(" + alternatives + ")");
        }
        return scheduler.draw(alternatives);
    }

    /**
     * {@link Weft#createTask(Body) Creates a task} that may go on for as long as the execution does: it is cancelled
     * when main has ended, and neither it nor a task that it waits for is a leak. It must react to that. Its failure is
     * a finding if nobody looks at it. While it has a timer, only the {@link Simulation#stepLimit step limit} finds
     * tasks that wait for ever.
     *
     * @param <T> the type of the result
     * @param body its exception is reported as {@link Weft#createTask(Body)} says
     * @return the task, which has not begun yet
     * @throws IllegalStateException if the caller is not a task of this execution
     */
    public <T extends @Nullable Object> Task<T> createBackgroundTask(Body<T, ?> body) {
        Objects.requireNonNull(body, "body");
        requireInside("createBackgroundTask");
        var task = Weft.createTask(body);
        scheduler.background(task);
        return task;
    }

    /**
     * {@link #createBackgroundTask(Body)} for a body without a result.
     *
     * @param body its exception is reported as {@link Weft#createTask(Body)} says
     * @return the task, which has not begun yet
     * @throws IllegalStateException if the caller is not a task of this execution
     */
    public Task<@Nullable Void> createBackgroundTask(VoidBody<?> body) {
        Objects.requireNonNull(body, "body");
        return createBackgroundTask(() -> {
            body.execute();
            return null;
        });
    }

    private void requireInside(String operation) {
        if (!(Weft.currentTask().orElse(null) instanceof Strand strand) || strand.scheduler() != scheduler) {
            throw new IllegalStateException(operation + " was called by thread '"
                    + Thread.currentThread().getName()
                    + "', which runs no task of this execution: call it in main, or in a task that main has created");
        }
    }
}

package dev.weft.test;

import dev.weft.CancelledException;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.WeftRuntime;
import dev.weft.test.SimulationError.Kind;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A program running under one schedule.
 *
 * <p>A fatal error cancels main, so that the program cleans up; if it then is stuck again, or cannot be reached because
 * it holds its turn, the execution is abandoned: it has ended, and its threads are left where they are.
 */
final class Execution<T extends @Nullable Object> {

    private final Settings settings;
    private final WorldBody<T, ?> body;
    private final SimulatedScheduler scheduler;
    private final Findings findings;
    private final Resources resources;
    private final World world;
    private final AtomicReference<@Nullable SimulationError> fatal = new AtomicReference<>();
    private final CompletableFuture<Ended<T>> ended = new CompletableFuture<>();
    private final Thread driver;

    /** A task is cancelled on purpose: that main ends by it is as it should be. */
    private final boolean sweeping;

    /** Written before anything can be fatal. */
    private volatile @Nullable Task<?> main;

    Execution(Settings settings, Schedule schedule, WorldBody<T, ?> body) {
        this.settings = settings;
        this.body = body;
        this.sweeping = schedule.cancelPoint() != null;
        this.scheduler = SimulatedScheduler.open(settings, schedule, this::fatal);
        this.findings = new Findings(settings.allowed);
        this.resources = new Resources(findings::add);
        this.world = new World(scheduler, settings.start, Seeds.random(settings.randomSeed), resources);
        this.driver = Thread.ofVirtual().name("weft-simulation").unstarted(this::drive);
    }

    /** Runs it. An interrupt cancels the program, and is kept. */
    Ended<T> run() {
        driver.start();
        var interrupted = false;
        try {
            while (true) {
                try {
                    return ended.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                    driver.interrupt();
                } catch (ExecutionException e) {
                    throw new AssertionError("an execution ended without saying how", e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    SimulatedScheduler scheduler() {
        return scheduler;
    }

    private void drive() {
        T value = null;
        Throwable thrown = null;
        var runner = Runner.builder()
                .runtime(() -> WeftRuntime.of(scheduler, scheduler::close))
                .signals(false)
                .debug(settings.debug)
                .cancellationGrace(settings.cancellationGrace)
                .onProblem(findings::add)
                .build();
        try {
            value = runner.run(this::main);
        } catch (Throwable e) {
            thrown = e;
        }
        resources.check();
        var result = value;
        var failure = thrown;
        scheduler.onceOver(() -> {
            ended.complete(ended(result, failure));
            runner.close();
        });
    }

    private T main() throws Exception {
        var self = Weft.currentTask().orElseThrow();
        main = self;
        var value = body.run(world);
        for (var task : scheduler.leftovers(self)) {
            findings.add(leak(task));
        }
        return value;
    }

    private SimulationError leak(Task<?> task) {
        var names = scheduler.recorder().names;
        var created = task.creationTrace();
        var cause = new Throwable("where it was created");
        cause.setStackTrace(created.toArray(StackTraceElement[]::new));
        return new SimulationError(
                Kind.LEAKED_TASK,
                names.in(task.toString()) + " had not ended when main did: await or cancel it",
                created.isEmpty() ? null : cause);
    }

    private Ended<T> ended(@Nullable T value, @Nullable Throwable thrown) {
        var recorder = scheduler.recorder();
        var failure = findings.throwable(worst(thrown), recorder.names);
        return new Ended<>(
                value,
                failure,
                recorder.trace(),
                recorder.detours(),
                recorder.alternatives(),
                List.copyOf(scheduler.waitsOfTasks()));
    }

    private @Nullable Throwable worst(@Nullable Throwable thrown) {
        var error = fatal.get();
        if (error == null) {
            return sweeping && isStop(thrown) ? null : thrown;
        }
        if (thrown != null && !isStop(thrown)) {
            error.addSuppressed(thrown);
        }
        return error;
    }

    private static boolean isStop(@Nullable Throwable thrown) {
        return thrown instanceof CancellationException || thrown instanceof CancelledException;
    }

    /** Called in turn. */
    private void fatal(SimulationError error) {
        var task = main;
        if (settings.deep) {
            scheduler.recorder().completeDigest();
        }
        if (fatal.compareAndSet(null, error) && task != null) {
            task.cancel(error.kind() + " in the simulation");
        } else {
            abandon();
        }
    }

    /** {@code holder} has held its turn for too long. Called by any thread. */
    void heldTurn(Thread holder, boolean waiting) {
        var name = scheduler.recorder().names.in(holder.getName());
        var where = new Throwable("where '" + name + "' is now");
        where.setStackTrace(holder.getStackTrace());
        var did = waiting
                ? " blocks outside of Weft, so that nobody else can run: put the call into blocking(…)"
                : " computes, or is in a native call, and has not waited in Weft";
        var hint = settings.deep && !waiting
                ? " (if a library waits there in a loop, rewrite = {\"its.package\"} lets others go on meanwhile)"
                : "";
        fatal.compareAndSet(
                null,
                new SimulationError(
                        Kind.HELD_TURN,
                        "'" + name + "'" + did + "; for more than " + settings.turnLimit + hint,
                        where));
        abandon();
        holder.interrupt();
    }

    /** Nothing has come from outside. Called by any thread. */
    void nothingFromOutside() {
        fatal.compareAndSet(
                null,
                new SimulationError(
                        Kind.DEADLOCK,
                        "every " + scheduler.unit() + " waits, and nothing has come from outside for "
                                + settings.turnLimit + "\n" + scheduler.describe(),
                        null));
        abandon();
    }

    /** Ends it as it is, whatever still runs. Called by any thread. */
    void abandon() {
        scheduler.abandon();
        ended.complete(ended(null, null));
    }
}

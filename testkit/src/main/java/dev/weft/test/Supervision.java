package dev.weft.test;

import dev.weft.Weft;
import dev.weft.internal.runtime.EventLoopScheduler;
import dev.weft.internal.runtime.Strand;
import dev.weft.test.internal.deep.LoadedClasses;
import dev.weft.test.internal.deep.Outside;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Runs executions, one after the other, on a virtual thread, while the thread that wants the result looks whether a
 * turn takes too long. Switching between virtual threads costs a twentieth of what it costs from a platform thread.
 *
 * <p>This is the one place where real time counts: it is measured in looks.
 */
final class Supervision {

    private static final long LOOK_MILLIS = 20;

    /** The turn limits that may pass in a turn that loads classes: an endless loop may load some, too. */
    private static final int LONGEST_LOADING = 12;

    /** Deep simulations run one after the other: the threads of one would be outside to another. */
    private static final ReentrantLock DEEP = new ReentrantLock(true);

    private final Settings settings;
    private final long looksAllowed;

    private volatile @Nullable Execution<?> watched;

    private @Nullable Execution<?> seen;
    private @Nullable Thread seenHolder;
    private long seenTurns;
    private long seenClasses;
    private long looks;
    private long looksAtTurn;
    private long looksAfterInterrupt;
    private volatile String interruptedIn = "";

    /** The supervised work: runs executions by {@link Supervision#run}. */
    interface Work<R extends @Nullable Object> {
        R run(Supervision supervision) throws InterruptedException;
    }

    private Supervision(Settings settings) {
        this.settings = settings;
        this.looksAllowed = Math.max(2, TimeUnit.MILLISECONDS.convert(settings.turnLimit) / LOOK_MILLIS);
    }

    /**
     * Has {@code work} done.
     *
     * @throws IllegalStateException if the caller holds the turn of an event loop or of a simulation
     * @throws InterruptedException if the caller was interrupted; the execution that was running has been cancelled
     */
    static <R extends @Nullable Object> R supervise(Settings settings, Work<R> work) throws InterruptedException {
        rejectTurns();
        if (!settings.deep) {
            return new Supervision(settings).call(work);
        }
        DEEP.lockInterruptibly();
        try {
            Outside.begin();
            return new Supervision(settings).call(work);
        } finally {
            DEEP.unlock();
        }
    }

    /** A caller that waits for a simulation would keep others from running for as long as that takes. */
    private static void rejectTurns() {
        Weft.currentTask().ifPresent(task -> {
            if (task instanceof Strand strand
                    && strand.scheduler() instanceof EventLoopScheduler loop
                    && loop.holder() == Thread.currentThread()) {
                throw new IllegalStateException("a simulation was started by task '" + task.name()
                        + "', which takes turns with others: start it on a plain thread, or in blocking(…); within a"
                        + " simulation, call the body");
            }
        });
    }

    /** Runs {@code body} under {@code schedule}. */
    <T extends @Nullable Object> Ended<T> run(Schedule schedule, WorldBody<T, ?> body) throws InterruptedException {
        return run(settings, schedule, body);
    }

    /** Runs {@code body} under {@code schedule}, with other settings. */
    <T extends @Nullable Object> Ended<T> run(Settings others, Schedule schedule, WorldBody<T, ?> body)
            throws InterruptedException {
        var execution = new Execution<T>(others, schedule, body);
        watched = execution;
        var ended = execution.run();
        watched = null;
        if (Thread.interrupted()) {
            throw new InterruptedException("the simulation was interrupted" + interruptedIn);
        }
        return ended;
    }

    private <R extends @Nullable Object> R call(Work<R> work) throws InterruptedException {
        var result = new CompletableFuture<R>();
        var worker = Thread.ofVirtual().name("weft-simulations").start(() -> {
            try {
                result.complete(work.run(this));
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        while (true) {
            try {
                return result.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                look();
                if (!interruptedIn.isEmpty() && ++looksAfterInterrupt >= looksAllowed) {
                    abandon();
                }
            } catch (InterruptedException e) {
                interruptedIn = describe();
                worker.interrupt();
            } catch (ExecutionException e) {
                throw Sneaky.<RuntimeException>rethrow(asThrownHere(e.getCause() == null ? e : e.getCause()));
            }
        }
    }

    /** The program does not react to being cancelled. */
    private void abandon() {
        var execution = watched;
        if (execution != null) {
            execution.abandon();
        }
    }

    /** The finding comes from another thread; the stack must also show the caller. */
    static Throwable asThrownHere(Throwable thrown) {
        if (thrown instanceof ScheduleFailedError || thrown instanceof SimulationError) {
            thrown.fillInStackTrace();
        }
        return thrown;
    }

    private String describe() {
        var execution = watched;
        return execution == null
                ? " before it began"
                : " while these tasks lived:\n" + execution.scheduler().describe();
    }

    private void look() {
        var execution = watched;
        if (execution == null) {
            return;
        }
        var scheduler = execution.scheduler();
        var holder = scheduler.holder();
        var turns = scheduler.turns();
        var classes = settings.deep ? LoadedClasses.count() : 0;
        var goesOn = execution == seen && holder == seenHolder && turns == seenTurns;
        looksAtTurn = goesOn ? looksAtTurn + 1 : 0;
        var loads = classes != seenClasses && looksAtTurn < LONGEST_LOADING * looksAllowed;
        if (!goesOn || loads) {
            seen = execution;
            seenHolder = holder;
            seenTurns = turns;
            seenClasses = classes; // to load those of a library takes longer than a turn may
            looks = 0;
        } else if (++looks >= looksAllowed) {
            if (holder != null) {
                execution.heldTurn(holder, isWaiting(holder));
            } else if (scheduler.waitsForOutside()) {
                execution.nothingFromOutside();
            }
        }
    }

    private static boolean isWaiting(Thread thread) {
        return switch (thread.getState()) {
            case WAITING, TIMED_WAITING, BLOCKED -> true;
            case NEW, RUNNABLE, TERMINATED -> false;
        };
    }
}

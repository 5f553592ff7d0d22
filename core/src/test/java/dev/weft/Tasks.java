package dev.weft;

import static dev.weft.Weft.currentTask;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.waitUntil;

import dev.weft.internal.task.Awaitable;
import dev.weft.internal.task.TaskImpl;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What tests want to know of tasks. */
public final class Tasks {

    private static final Duration MOMENT = Duration.ofMillis(1);

    private static final Duration WHILE = Duration.ofMillis(5);

    private Tasks() {}

    /** The task that the caller runs in. */
    public static Task<?> self() {
        return currentTask().orElseThrow();
    }

    /**
     * Takes up to {@code most} short pauses, fewer or more from round to round and from place to place, so that what
     * follows meets what others do at all moments.
     */
    static void linger(int round, int place, int most) {
        for (var i = (round * 7 + place * 13) % most; i > 0; i--) {
            Thread.onSpinWait();
        }
    }

    /** Waits for tasks to end, without looking at how. */
    public static void join(Task<?>... tasks) throws InterruptedException {
        waitUntil(ReturnWhen.ALL_COMPLETED, List.of(tasks));
    }

    /**
     * Whether {@code task} has not ended although everybody else had the time to go on. For what must never end by
     * itself: the answer does not depend on the time.
     */
    public static boolean staysPending(Task<?> task) throws InterruptedException {
        return waitUntil(ReturnWhen.ALL_COMPLETED, List.of(task), WHILE).done().isEmpty();
    }

    /** Waits for something that must come soon, and that tells nobody when it does. */
    public static void awaitTrue(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            sleep(MOMENT);
        }
    }

    /** {@link #awaitTrue}, whatever happens to the caller. */
    static void awaitTrueStubbornly(BooleanSupplier condition) {
        while (true) {
            try {
                awaitTrue(condition);
                return;
            } catch (InterruptedException ignored) {
                // that is what the caller is for
            }
        }
    }

    /**
     * Waits until {@code tasks} wait for something of the library's own. Each has looked by then whether its wait
     * closes a circle: who waits next is the one that closes it.
     */
    static void awaitWaiting(Iterable<? extends Task<?>> tasks) throws InterruptedException {
        for (var task : tasks) {
            awaitTrue(() -> isWaiting((TaskImpl<?>) task));
        }
    }

    private static boolean isWaiting(TaskImpl<?> task) {
        var thread = task.thread();
        return task.waitingFor() instanceof Awaitable
                && thread != null
                && (thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
    }

    /** {@link #awaitTrue} where time stands still: others have their turns, and no timer is set. */
    static void awaitTurn(BooleanSupplier condition) throws InterruptedException {
        var end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            sleep(Duration.ZERO);
        }
    }

    /** The reason that was given to cancel what the thrower had awaited. */
    public static @Nullable Object reasonOf(Throwable awaitedWasCancelled) {
        return ((CancelledException) awaitedWasCancelled.getCause())
                .cancellation()
                .reason();
    }

    /** Calls from a platform thread that belongs to no task and no run. */
    public static <T extends @Nullable Object> CompletableFuture<T> onForeignThread(Callable<T> call) {
        var future = new CompletableFuture<T>();
        Thread.ofPlatform().name("foreign").daemon().start(() -> {
            try {
                future.complete(call.call());
            } catch (Throwable e) {
                future.completeExceptionally(e);
            }
        });
        return future;
    }
}

package dev.weft.internal.block;

import dev.weft.internal.failure.AwaitedCancelledException;
import dev.weft.internal.failure.Sneaky;
import dev.weft.internal.runtime.Scheduler;
import dev.weft.internal.task.Awaitable;
import dev.weft.internal.task.StructuredStrand;
import dev.weft.internal.task.Suppression;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Awaiting a {@link CompletionStage}. */
public final class StageWait<T extends @Nullable Object> implements Awaitable {

    /** Null when the wait is over: a stage that lives on keeps its callbacks, but not who has waited. */
    private volatile @Nullable StructuredStrand self;

    private volatile boolean done;

    private @Nullable T value;
    private @Nullable Throwable failure;

    private StageWait(StructuredStrand self) {
        this.self = self;
    }

    public static <T extends @Nullable Object> T await(CompletionStage<T> stage) throws InterruptedException {
        Objects.requireNonNull(stage, "stage");
        var self = StructuredStrand.current();
        var wait = new StageWait<T>(self);
        stage.whenComplete(wait::completed);
        var mark = self.requestMark();
        try {
            self.waitFor(wait, Scheduler.NEVER);
        } catch (InterruptedException e) {
            cancel(stage, self, mark, e);
            throw e;
        } finally {
            wait.self = null;
        }
        return wait.result();
    }

    /** The stage is foreign: whatever it throws, the caller learns that {@code stopped} has ended its wait. */
    private static void cancel(
            CompletionStage<?> stage, StructuredStrand self, int mark, InterruptedException stopped) {
        try {
            stage.toCompletableFuture().cancel(true);
        } catch (UnsupportedOperationException e) {
            // such a stage cannot be cancelled, and says so
        } catch (VirtualMachineError e) {
            self.tellAgain(stopped, mark);
            throw e;
        } catch (Throwable e) {
            Suppression.add(stopped, e);
        }
    }

    private void completed(@Nullable T result, @Nullable Throwable exception) {
        if (done) {
            return; // only a stage that breaks its contract calls twice
        }
        value = result;
        failure = exception;
        done = true;
        var waiting = self;
        if (waiting != null) {
            waiting.scheduler().unpark(waiting);
        }
    }

    @SuppressWarnings("NullAway") // null is a value if the stage's type says so
    private T result() {
        var exception = failure instanceof CompletionException wrapper ? unwrapped(wrapper) : failure;
        if (exception instanceof CancellationException cancelled) {
            throw new AwaitedCancelledException(cancelled);
        }
        if (exception != null) {
            throw Sneaky.rethrow(exception);
        }
        return value;
    }

    private static Throwable unwrapped(CompletionException wrapper) {
        try {
            var cause = wrapper.getCause();
            return cause == null ? wrapper : cause;
        } catch (Throwable e) {
            return wrapper; // a subclass may do anything
        }
    }

    @Override
    public boolean isReady() {
        return done;
    }

    @Override
    public String toString() {
        return "a completion stage";
    }
}

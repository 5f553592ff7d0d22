package dev.weft;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A task as a {@link CompletableFuture}; each cancels the other. */
final class TaskFuture<T extends @Nullable Object> extends CompletableFuture<T> {

    private final TaskImpl<T> task;

    private TaskFuture(TaskImpl<T> task) {
        this.task = task;
    }

    static <T extends @Nullable Object> TaskFuture<T> of(TaskImpl<T> task) {
        var future = new TaskFuture<>(task);
        if (task.hasEnded()) {
            future.take(task.outcome());
        } else {
            task.onDone(ended -> future.take(ended.outcome()));
        }
        return future;
    }

    private void take(Outcome<T> outcome) {
        switch (outcome) {
            case Outcome.Success<T>(var value) -> complete(value);
            case Outcome.Failure<T>(var exception) -> completeExceptionally(exception);
            case Outcome.Cancelled<T> cancelled -> completeExceptionally(task.toThrow());
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        task.cancel("the task's CompletableFuture was cancelled");
        return super.cancel(mayInterruptIfRunning);
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }
}

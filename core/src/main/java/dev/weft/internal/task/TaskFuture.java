package dev.weft.internal.task;

import dev.weft.Outcome;
import dev.weft.internal.failure.Foreign;
import dev.weft.internal.runtime.Memory;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A task as a {@link CompletableFuture}; each cancels the other. The task holds this until either is complete:
 * dependents need it although nobody else holds it, and not all of them can be noticed
 * ({@code docs/adr/0034-what-crosses-a-wire-and-what-a-task-keeps.md}).
 */
final class TaskFuture<T extends @Nullable Object> extends CompletableFuture<T> implements Runnable {

    private final TaskImpl<T> task;

    /** In the list of the task. Null if the task had ended before. */
    private TaskWaiter.@Nullable UsersCallback waiter;

    private TaskFuture(TaskImpl<T> task) {
        this.task = task;
    }

    static <T extends @Nullable Object> TaskFuture<T> of(TaskImpl<T> task) {
        var future = new TaskFuture<>(task);
        var waiter = new TaskWaiter.UsersCallback(future);
        future.waiter = waiter;
        if (!task.add(waiter)) {
            future.run();
        }
        return future;
    }

    /** The task has ended. */
    @Override
    public void run() {
        Memory.insistOn(this, TaskFuture::completeOnce);
    }

    private void completeOnce() {
        switch (task.outcome()) {
            case Outcome.Success<T>(var value) -> super.complete(value);
            case Outcome.Failure<T>(var exception) -> super.completeExceptionally(wrappable(exception));
            case Outcome.Cancelled<T> cancelled -> super.completeExceptionally(task.toThrow());
        }
    }

    /** Dependents wrap what they get, and ask it for its text: if that fails, they would never be complete. */
    private static Throwable wrappable(Throwable exception) {
        return Foreign.hasText(exception) ? exception : new CompletionException(Foreign.text(exception), exception);
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        letGo();
        task.cancel("the task's CompletableFuture was cancelled");
        return super.cancel(mayInterruptIfRunning);
    }

    // ---- each way to complete this from outside ends the task's interest in it

    private void letGo() {
        var held = waiter;
        if (held != null) {
            waiter = null;
            task.remove(held);
        }
    }

    @Override
    public boolean complete(T value) {
        letGo();
        return super.complete(value);
    }

    @Override
    public boolean completeExceptionally(Throwable exception) {
        Objects.requireNonNull(exception, "exception");
        letGo();
        return super.completeExceptionally(exception);
    }

    @Override
    public void obtrudeValue(T value) {
        letGo();
        super.obtrudeValue(value);
    }

    @Override
    public void obtrudeException(Throwable exception) {
        Objects.requireNonNull(exception, "exception");
        letGo();
        super.obtrudeException(exception);
    }

    @Override
    public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier) {
        return completeAsync(supplier, defaultExecutor());
    }

    @Override
    public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier, Executor executor) {
        Objects.requireNonNull(supplier, "supplier");
        executor.execute(() -> {
            if (!isDone()) {
                completeBy(supplier);
            }
        });
        return this;
    }

    private void completeBy(Supplier<? extends T> supplier) {
        try {
            complete(supplier.get());
        } catch (Throwable e) {
            completeExceptionally(new CompletionException(e));
        }
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }
}

package dev.weft;

import dev.weft.internal.api.Bodies;
import dev.weft.internal.task.CallbackStrand;
import dev.weft.internal.task.StructuredStrand;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A variable that each task has for itself, like asyncio's {@code ContextVar}. A new task starts with the values that
 * its creator sees; from then on neither sees the changes of the other.
 *
 * <p>Thread-safe. A value that never changes within a block is better served by a {@link ScopedValue} and
 * {@link Weft#propagate(ScopedValue.Carrier, Body)}.
 *
 * @param <T> the type of the value
 */
@SuppressWarnings("overloads") // with and without a result: a block lambda tells them apart
public final class TaskLocal<T> {

    private final String name;
    private final @Nullable Supplier<? extends T> initial;

    private TaskLocal(String name, @Nullable Supplier<? extends T> initial) {
        this.name = Objects.requireNonNull(name, "name");
        this.initial = initial;
    }

    /**
     * A variable without a value at first.
     *
     * @param <T> the type of the value
     * @param name identifies the variable in messages; two with the same name are two variables
     * @return a new variable
     */
    public static <T> TaskLocal<T> named(String name) {
        return new TaskLocal<>(name, null);
    }

    /**
     * A variable whose value comes from {@code initial}, anew each time, until it is set.
     *
     * @param <T> the type of the value
     * @param name identifies the variable in messages; two with the same name are two variables
     * @param initial called by each {@link #get} of a task without a value, on its thread; the value, which must not be
     *     null, is not kept
     * @return a new variable
     */
    public static <T> TaskLocal<T> withInitial(String name, Supplier<? extends T> initial) {
        return new TaskLocal<>(name, Objects.requireNonNull(initial, "initial"));
    }

    /**
     * The value in the current task.
     *
     * @return the value that was set here or where this task was created, or else the initial one
     * @throws IllegalStateException if it has none
     * @throws NullPointerException if the initial value is null
     */
    public T get() {
        var context = StructuredStrand.current().context();
        var value = context == null ? null : context.find(this);
        if (value != null) {
            return value;
        }
        if (initial == null) {
            throw new IllegalStateException("task-local '" + name
                    + "' has no value here: set it in this task or in the one that creates it, or declare it"
                    + " withInitial");
        }
        return Objects.requireNonNull(
                initial.get(),
                () -> "the initial value of task-local '" + name
                        + "' is null: give another one, or declare it by TaskLocal.named and read it with orElse");
    }

    /**
     * The value in the current task, or {@code other} if none was set.
     *
     * @param other comes before an initial value, which is not asked for
     * @return the value that was set, or {@code other}
     */
    public T orElse(T other) {
        var context = StructuredStrand.current().context();
        var value = context == null ? null : context.find(this);
        return value != null ? value : other;
    }

    /**
     * Sets the value for the current task, and for those that it creates later.
     *
     * @param value not null; to take a value away, use {@link #with(Object, Body) with} around it instead
     * @throws IllegalStateException if the caller is neither in a task nor in a block of Weft's
     */
    public void set(T value) {
        Objects.requireNonNull(value, "value");
        var strand = StructuredStrand.currentOrNull();
        if (strand == null || strand instanceof CallbackStrand) {
            throw new IllegalStateException(
                    "task-local '" + name + "' can only be set within a task: call run(…) around it, or"
                            + " with(value, body), which works on any thread");
        }
        strand.ownContext().put(this, value);
    }

    /**
     * Runs {@code body} with {@code value} on the calling thread, which may be any: the body and the tasks that are
     * created in it see the value. Afterwards the variable has the value that it had before, whatever the body has set.
     *
     * <p><b>Blocking:</b> as the body does. <b>Cancellation:</b> no cancellation point of its own.
     *
     * @param <R> the type of the result
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param value not null
     * @param body runs once, on the caller's thread
     * @return the result of the body
     * @throws X as the body does
     * @throws InterruptedException as the body does
     * @since 0.1.0
     */
    public <R extends @Nullable Object, X extends Exception> R with(T value, Body<R, X> body)
            throws X, InterruptedException {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(body, "body");
        var strand = StructuredStrand.current();
        var context = strand.ownContext();
        var before = context.find(this);
        context.put(this, value);
        try {
            return strand.call(body);
        } finally {
            context.put(this, before);
        }
    }

    /**
     * {@link #with(Object, Body)} for a body without a result.
     *
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param value not null
     * @param body runs once, on the caller's thread
     * @throws X as the body does
     * @throws InterruptedException as the body does
     * @since 0.1.0
     */
    public <X extends Exception> void with(T value, VoidBody<X> body) throws X, InterruptedException {
        with(value, Bodies.of(body));
    }

    /**
     * {@link #with(Object, Body)} for a {@link Callable}.
     *
     * @param <R> the type of the result
     * @param value not null
     * @param body runs once, on the caller's thread
     * @return the value of the callable
     * @throws Exception as the callable does
     * @since 0.1.0
     */
    public <R extends @Nullable Object> R with(T value, Callable<R> body) throws Exception {
        return with(value, Bodies.of(body));
    }

    /** The name. */
    @Override
    public String toString() {
        return name;
    }
}

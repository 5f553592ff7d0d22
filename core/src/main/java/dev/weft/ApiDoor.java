package dev.weft;

import dev.weft.internal.api.Api;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The engine's access to the API's objects: see {@link Api}. */
final class ApiDoor implements Api.Door {

    @Override
    public CancelledException cancelled(Cancellation cancellation, boolean hasStackTrace) {
        return new CancelledException(cancellation, hasStackTrace);
    }

    @Override
    public CallerTrace callerTrace(String message, StackTraceElement[] frames) {
        return new CallerTrace(message, frames);
    }

    @Override
    public DeadlineExceededException exceeded(Deadline deadline, String owner) {
        return new DeadlineExceededException(deadline, owner);
    }

    @Override
    public RunAbandonedException abandoned(String message, List<String> taskNames, InterruptedException first) {
        return new RunAbandonedException(message, taskNames, first);
    }

    @Override
    public ExceptionGroup copy(ExceptionGroup group, UnaryOperator<Throwable> member) {
        return group.copy(member);
    }

    @Override
    public Deadline deadline(long nanos) {
        return Deadline.ofNanos(nanos);
    }

    @Override
    public long nanos(Deadline deadline) {
        return deadline.nanos();
    }

    @Override
    public TaskContext copy(TaskContext context) {
        return context.copy();
    }

    @Override
    public @Nullable String name(TaskOptions options) {
        return options.name();
    }

    @Override
    public @Nullable TaskContext context(TaskOptions options) {
        return options.context();
    }

    @Override
    public @Nullable Duration failureDelay(TaskOptions options) {
        return options.failureDelay();
    }

    @Override
    public boolean startsEagerly(TaskOptions options) {
        return options.eagerStart();
    }

    @Override
    public @Nullable String name(GroupOptions options) {
        return options.name();
    }

    @Override
    public boolean isSupervisor(GroupOptions options) {
        return options.isSupervisor();
    }

    @Override
    public @Nullable BiConsumer<? super Task<?>, ? super Throwable> onFailure(GroupOptions options) {
        return options.onFailure();
    }

    @Override
    public int limit(GroupOptions options) {
        return options.limit();
    }
}

package dev.weft.internal.api;

import dev.weft.CallerTrace;
import dev.weft.Cancellation;
import dev.weft.CancelledException;
import dev.weft.Deadline;
import dev.weft.DeadlineExceededException;
import dev.weft.ExceptionGroup;
import dev.weft.GroupOptions;
import dev.weft.RunAbandonedException;
import dev.weft.Task;
import dev.weft.TaskContext;
import dev.weft.TaskOptions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Access to objects of the API that the engine has and their users have not. {@link Deadline}, when it is initialized,
 * installs the {@link Door} that does it: a class of the API's package that is not public.
 */
public final class Api {

    private static @Nullable Door installed;

    private Api() {}

    /** Implements the methods of {@link Api}, by the same names. */
    public interface Door {
        CancelledException cancelled(Cancellation cancellation, boolean hasStackTrace);

        CallerTrace callerTrace(String message, StackTraceElement[] frames);

        DeadlineExceededException exceeded(Deadline deadline, String owner);

        RunAbandonedException abandoned(String message, List<String> taskNames, InterruptedException first);

        ExceptionGroup copy(ExceptionGroup group, UnaryOperator<Throwable> member);

        Deadline deadline(long nanos);

        long nanos(Deadline deadline);

        TaskContext copy(TaskContext context);

        @Nullable
        String name(TaskOptions options);

        @Nullable
        TaskContext context(TaskOptions options);

        @Nullable
        Duration failureDelay(TaskOptions options);

        boolean startsEagerly(TaskOptions options);

        @Nullable
        String name(GroupOptions options);

        boolean isSupervisor(GroupOptions options);

        @Nullable
        BiConsumer<? super Task<?>, ? super Throwable> onFailure(GroupOptions options);

        int limit(GroupOptions options);
    }

    /** Once, by the API. */
    public static void install(Door door) {
        installed = door;
    }

    /** A constant for the JIT. */
    private static final class Opened {
        static final Door DOOR = open();

        private static Door open() {
            var _ = Deadline.never(); // initializes its class
            return Objects.requireNonNull(installed, "the door");
        }
    }

    /** To be called where there is stack enough for classes to be loaded: later calls need little. */
    public static void open() {
        Objects.requireNonNull(Opened.DOOR);
    }

    public static CancelledException cancelled(Cancellation cancellation, boolean hasStackTrace) {
        return Opened.DOOR.cancelled(cancellation, hasStackTrace);
    }

    public static CallerTrace callerTrace(String message, StackTraceElement[] frames) {
        return Opened.DOOR.callerTrace(message, frames);
    }

    public static DeadlineExceededException exceeded(Deadline deadline, String owner) {
        return Opened.DOOR.exceeded(deadline, owner);
    }

    public static RunAbandonedException abandoned(String message, List<String> taskNames, InterruptedException first) {
        return Opened.DOOR.abandoned(message, taskNames, first);
    }

    /** {@code group} with other members. */
    public static ExceptionGroup copy(ExceptionGroup group, UnaryOperator<Throwable> member) {
        return Opened.DOOR.copy(group, member);
    }

    /** The deadline at {@code nanos} on the runtime's clock. */
    public static Deadline deadline(long nanos) {
        return Opened.DOOR.deadline(nanos);
    }

    /** When {@code deadline} is, on the runtime's clock. */
    public static long nanos(Deadline deadline) {
        return Opened.DOOR.nanos(deadline);
    }

    public static TaskContext copy(TaskContext context) {
        return Opened.DOOR.copy(context);
    }

    /** Null if none was given. */
    public static @Nullable String name(TaskOptions options) {
        return Opened.DOOR.name(options);
    }

    /** Null if none was given. */
    public static @Nullable TaskContext context(TaskOptions options) {
        return Opened.DOOR.context(options);
    }

    /** Null if none was given. */
    public static @Nullable Duration failureDelay(TaskOptions options) {
        return Opened.DOOR.failureDelay(options);
    }

    public static boolean startsEagerly(TaskOptions options) {
        return Opened.DOOR.startsEagerly(options);
    }

    /** Null if none was given. */
    public static @Nullable String name(GroupOptions options) {
        return Opened.DOOR.name(options);
    }

    public static boolean isSupervisor(GroupOptions options) {
        return Opened.DOOR.isSupervisor(options);
    }

    /** Null if none was given. */
    public static @Nullable BiConsumer<? super Task<?>, ? super Throwable> onFailure(GroupOptions options) {
        return Opened.DOOR.onFailure(options);
    }

    public static int limit(GroupOptions options) {
        return Opened.DOOR.limit(options);
    }
}

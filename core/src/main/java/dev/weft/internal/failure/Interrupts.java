package dev.weft.internal.failure;

import dev.weft.CancelledException;
import dev.weft.DeadlineExceededException;
import dev.weft.ExceptionGroup;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The exceptions in which an interrupt comes to the surface. They say so only of somebody who was interrupted: ask
 * first who asked, then this (design P5). Exceptions and endless answers of an exception's own methods do not count:
 * then it is a failure like others.
 */
public final class Interrupts {

    private static final int MAX_CAUSES = 16;

    private Interrupts() {}

    /** The meaning of an exception for the interrupt status. */
    public enum Sign {
        /** Nothing. */
        NONE,
        /** That it has been cleared. */
        CLEARED,
        /** That an interrupt was noticed and left set. */
        SET
    }

    /** Never called with a lock held, as it asks the exception for its causes. */
    public static Sign signOf(@Nullable Throwable thrown) {
        if (thrown instanceof InterruptedException) {
            return thrown instanceof CancelledException ? Sign.NONE : Sign.CLEARED;
        }
        return isSurface(thrown) ? Sign.SET : Sign.NONE;
    }

    /**
     * Whether {@code thrown} is what an interrupt looks like (ADR 29): an exception made for it, or one that merely
     * carries an {@link InterruptedException}, a {@link CancelledException} like any other. An exception of any other
     * class says something of its own: whoever throws it has failed with that. Only I/O that was interrupted counts
     * within any exception, as drivers make their own of it.
     *
     * <p>An exception group, a time limit that has passed and an {@link Error} are failures, whatever their cause.
     */
    public static boolean isSurface(@Nullable Throwable thrown) {
        var isCarried = true;
        var exception = thrown;
        for (var i = 0; exception != null && i <= MAX_CAUSES; i++) {
            if (isFailure(exception)) {
                return false;
            }
            if (isDirect(exception)) {
                return isCarried || exception instanceof IOException;
            }
            isCarried &= isCarrier(exception);
            exception = Foreign.cause(exception);
        }
        return false;
    }

    private static boolean isFailure(Throwable exception) {
        return exception instanceof Error
                || exception instanceof DeadlineExceededException
                || exception instanceof ExceptionGroup;
    }

    private static boolean isDirect(Throwable exception) {
        return switch (exception) {
            case InterruptedException e -> true;
            case ClosedByInterruptException e -> true;
            case FileLockInterruptionException e -> true;
            case SocketTimeoutException e -> false;
            case InterruptedIOException e -> true;
            case SocketException e -> "Closed by interrupt".equals(Foreign.message(e));
            case AwaitedCancelledException e -> true;
            default -> false;
        };
    }

    /** Exceptions of the JDK's that say nothing but that there is a cause, and those that are named for interrupts. */
    private static boolean isCarrier(Throwable exception) {
        var type = exception.getClass();
        if (type == RuntimeException.class || type == Exception.class) {
            return true;
        }
        if (type.getSimpleName().contains("Interrupt")) {
            return true;
        }
        return isOfJdk(type)
                && (type.getPackageName().equals("java.sql") // a module that need not be there
                        || switch (exception) {
                            case IOException e -> true;
                            case UncheckedIOException e -> true;
                            case ExecutionException e -> true;
                            case CompletionException e -> true;
                            case InvocationTargetException e -> true;
                            case UndeclaredThrowableException e -> true;
                            default -> false;
                        });
    }

    private static boolean isOfJdk(Class<?> type) {
        var loader = type.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }
}

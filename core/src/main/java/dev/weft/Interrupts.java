package dev.weft;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The exceptions in which an interrupt comes to the surface. They say so only of somebody who was interrupted: ask
 * first who asked, then this (design P5). What an exception's own methods throw or never finish saying does not count:
 * then it is a failure like others.
 */
final class Interrupts {

    private static final int MAX_CAUSES = 16;

    private Interrupts() {}

    /** What an exception says of the interrupt status. */
    enum Sign {
        /** Nothing. */
        NONE,
        /** That it has been cleared. */
        CLEARED,
        /** That an interrupt was noticed and left set. */
        SET
    }

    /** Never called with a lock held, as it asks the exception for its causes. */
    static Sign signOf(@Nullable Throwable thrown) {
        if (thrown instanceof InterruptedException) {
            return thrown instanceof CancelledException ? Sign.NONE : Sign.CLEARED;
        }
        return isSurface(thrown) ? Sign.SET : Sign.NONE;
    }

    /**
     * Whether {@code thrown} is what an interrupt looks like: an exception made for it, or a library's that wraps one.
     * Who has caught a {@link CancelledException} and throws an exception of his own because of it has failed with
     * that, though; and so has who let a time limit pass, whatever it is caused by.
     */
    static boolean isSurface(@Nullable Throwable thrown) {
        if (thrown == null || thrown instanceof VirtualMachineError || thrown instanceof DeadlineExceededException) {
            return false;
        }
        if (thrown instanceof ExceptionGroup) {
            return false; // its members are failures, whatever they are caused by
        }
        if (isDirect(thrown)) {
            return true;
        }
        var cause = Foreign.cause(thrown);
        for (var i = 0; cause != null && i < MAX_CAUSES; i++) {
            if (isDirect(cause)) {
                return !(cause instanceof CancelledException) || isPlainWrapper(thrown);
            }
            cause = Foreign.cause(cause);
        }
        return false;
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

    private static boolean isPlainWrapper(Throwable exception) {
        return exception.getClass() == RuntimeException.class
                || exception instanceof IOException
                || exception instanceof UncheckedIOException
                || exception instanceof ExecutionException
                || exception instanceof CompletionException;
    }
}

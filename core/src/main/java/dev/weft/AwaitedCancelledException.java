package dev.weft;

import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * What Weft throws to who awaits something cancelled. A type of its own, so that a task which ends with it counts as
 * cancelled (C9), and one that ends with some other library's counts as failed.
 */
final class AwaitedCancelledException extends CancellationException {

    private static final long serialVersionUID = 1L;

    AwaitedCancelledException(String awaited, Object why, @Nullable Throwable cause) {
        super(awaited + " was " + why);
        if (cause != null) {
            initCause(cause);
        }
    }
}

package dev.weft.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A body could not be written to its file. */
final class CannotSaveException extends IOException {

    private static final long serialVersionUID = 1L;

    CannotSaveException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

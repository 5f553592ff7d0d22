package dev.weft.cli.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A body could not be written to its file. */
public final class CannotSaveException extends IOException {

    private static final long serialVersionUID = 1L;

    public CannotSaveException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

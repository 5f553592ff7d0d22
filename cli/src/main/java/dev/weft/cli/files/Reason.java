package dev.weft.cli.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file could not be used, in words: many exceptions of the JDK have but its name for a message. */
public final class Reason {

    private Reason() {}

    /** As in {@code no permission}. */
    public static String of(IOException failure) {
        return switch (failure) {
            case NotOursException ours -> String.valueOf(ours.getMessage());
            case FileSystemException said when said.getReason() != null -> said.getReason();
            case AccessDeniedException _ -> "no permission";
            case NoSuchFileException _ -> "it is not there";
            case FileSystemException other -> other.getClass().getSimpleName();
            default -> String.valueOf(failure.getMessage());
        };
    }
}

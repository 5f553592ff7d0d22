package dev.weft.cli.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Opens what the user has named to be read. That may be a link; it is read, and nothing else. */
public final class Sources {

    private Sources() {}

    /**
     * Opens a file, or a pipe or device.
     *
     * <p><b>Blocking:</b> a pipe until somebody writes to it, and that cannot be interrupted: only where a deadline
     * helps.
     *
     * @throws NotOursException if it is a folder
     */
    public static InputStream open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new NotOursException("it is a folder");
        }
        return Files.newInputStream(file);
    }

    /**
     * Opens a file, and nothing that could wait or never end.
     *
     * @throws NotOursException if it is something else
     */
    public static InputStream openFile(Path file) throws IOException {
        checkFile(file);
        return Files.newInputStream(file);
    }

    /**
     * Looks whether it is a file, and nothing that could wait or never end.
     *
     * @throws NoSuchFileException if nothing is there
     * @throws NotOursException if it is something else
     */
    public static void checkFile(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (!Files.isRegularFile(file)) {
            throw new NotOursException(
                    Files.isDirectory(file) ? "it is a folder" : "it is a pipe, a socket or a device");
        }
    }
}

package dev.weft.cli.timeline;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes files so that each is there as a whole or not at all; one that is there already is replaced. */
public final class FileOutput {

    private FileOutput() {}

    /**
     * Looks whether a file can be written there, before work is done for it.
     *
     * @throws IOException with the reason, if it cannot
     */
    public static void check(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("it is a folder: give the name of a file");
        }
        var folder = folder(file);
        if (!Files.isDirectory(folder)) {
            throw new IOException("there is no folder " + folder);
        }
        if (!Files.isWritable(folder)) {
            throw new IOException("no permission to write in the folder " + folder);
        }
    }

    /** Writes it. */
    public static void write(Path file, String text) throws IOException {
        check(file);
        // not a temporary file: that would be its owner's alone
        var part = folder(file).resolve("." + file.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            Files.writeString(part, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try {
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (NoSuchFileException e) {
            throw new IOException("the folder " + folder(file) + " has gone", e);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static Path folder(Path file) {
        var folder = file.toAbsolutePath().getParent();
        return folder == null ? Path.of("") : folder;
    }
}

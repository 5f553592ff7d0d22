package dev.weft.cli.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes files so that each is there as a whole or not at all; one that is there already is replaced, and its
 * permissions stay. Nothing but a file is replaced: no link, no pipe, no device.
 */
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
        try (var folder = open(file)) {
            folder.checkReplaceable(name(file));
        }
        if (!Files.isWritable(folder(file))) {
            throw new IOException("no permission to write in the folder " + folder(file));
        }
    }

    /**
     * Whether a file that shall be written is one that is read: it would be lost.
     *
     * @param names of what is read, however they spell it; a word that names no file is allowed
     */
    public static boolean isAmong(Path file, Collection<String> names) {
        return names.stream().anyMatch(name -> isSame(file, name));
    }

    private static boolean isSame(Path file, String name) {
        try {
            return Files.isSameFile(file, Path.of(name));
        } catch (IOException | InvalidPathException e) {
            return false; // one of them is not there
        }
    }

    /** Writes it. */
    public static void write(Path file, String text) throws IOException {
        check(file);
        // not a temporary file: that would be its owner's alone
        var part = "." + name(file) + "." + UUID.randomUUID() + ".part";
        try (var folder = open(file)) {
            try {
                try (var to = folder.create(part)) {
                    var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                    while (bytes.hasRemaining()) {
                        to.write(bytes);
                    }
                }
                folder.replace(part, folder, name(file));
            } finally {
                folder.delete(part);
            }
        } catch (NoSuchFileException e) {
            throw new IOException("the folder " + folder(file) + " has gone", e);
        }
    }

    private static Folder open(Path file) throws IOException {
        try {
            return Folder.open(folder(file));
        } catch (NoSuchFileException e) {
            throw new IOException("there is no folder " + folder(file), e);
        } catch (NotOursException e) {
            throw new IOException("the folder " + folder(file) + ": " + e.getMessage(), e);
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static Path folder(Path file) {
        @Nullable Path folder = file.toAbsolutePath().getParent();
        return folder == null ? Path.of("") : folder;
    }
}

package dev.weft.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A folder that bodies are written to. A body is written apart, in a folder of this run's own, and moved to its place
 * when it is whole; what a process left there that was killed is taken away by the next that comes. Several processes
 * may write to one folder.
 *
 * <p>Thread-safe.
 */
final class Downloads implements AutoCloseable {

    private static final String PARTS = ".weft-parts-";
    private static final String LOCK = "lock";

    private final Path folder;
    private final Path parts;
    private final FileChannel lockFile;
    private final AtomicLong count = new AtomicLong();

    private Downloads(Path folder, Path parts, FileChannel lockFile) {
        this.folder = folder;
        this.parts = parts;
        this.lockFile = lockFile;
    }

    /**
     * Opens the folder; makes it, if there is none.
     *
     * @throws IOException with the reason in words, if it cannot be written to
     */
    static Downloads open(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw new IOException("it is a file: give a folder", e);
        } catch (IOException e) {
            throw new IOException("the folder cannot be made: " + e.getMessage(), e);
        }
        if (!Files.isWritable(folder)) {
            throw new IOException("no permission to write in the folder");
        }
        sweep(folder);
        while (true) {
            var parts = Files.createDirectory(folder.resolve(PARTS + UUID.randomUUID()));
            var lockFile =
                    FileChannel.open(parts.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            lockFile.lock();
            if (Files.exists(parts.resolve(LOCK))) {
                return new Downloads(folder, parts, lockFile);
            }
            lockFile.close(); // another run has swept it away before it was locked
        }
    }

    /** Takes away what runs have left that ended without being asked: their locks are free. */
    private static void sweep(Path folder) throws IOException {
        try (var left = Files.newDirectoryStream(folder, PARTS + "*")) {
            for (var parts : left) {
                if (isAbandoned(parts)) {
                    delete(parts);
                }
            }
        }
    }

    private static boolean isAbandoned(Path parts) throws IOException {
        try (var file = FileChannel.open(parts.resolve(LOCK), StandardOpenOption.WRITE);
                var lock = tryLock(file)) {
            return lock != null;
        } catch (NoSuchFileException e) {
            return false; // just being made, or just being taken away
        }
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static void delete(Path parts) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(parts)) {
            for (var file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(parts);
    }

    /** A body of this URL that has not begun. */
    Download of(URI uri) {
        return new Download(parts.resolve(String.valueOf(count.incrementAndGet())), file(uri));
    }

    /** Where the body of this URL is, or will be. */
    Path file(URI uri) {
        return folder.resolve(FileNames.of(uri));
    }

    /** Whether the body of this URL is there. */
    boolean has(URI uri) {
        return Files.isRegularFile(file(uri));
    }

    /** Takes this run's own folder away. What was not moved to its place is lost. */
    @Override
    public void close() throws IOException {
        try {
            lockFile.close();
            delete(parts);
        } catch (NoSuchFileException e) {
            // somebody has tidied up
        }
    }
}

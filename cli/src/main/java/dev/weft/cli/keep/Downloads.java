package dev.weft.cli.keep;

import dev.weft.cli.files.Folder;
import dev.weft.cli.files.NotOursException;
import dev.weft.cli.files.Reason;
import dev.weft.cli.http.BodyStore;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A folder that bodies are written to. A body is written apart, in a folder of this run's own, and moved to its place
 * when it is whole; what a process left there that was killed is taken away by the next that comes. Several processes
 * may write to one folder, and others may have put into it what they like: what is not of our making is left alone.
 *
 * <p>Thread-safe.
 */
public final class Downloads implements BodyStore, AutoCloseable {

    private static final String PARTS = ".weft-parts-";
    private static final String LOCK = "lock";

    private final Path path;
    private final Folder folder;
    private final HostFolders hosts;
    private final Own own;
    private final List<String> leftAlone;

    /** Files in it that have another use in this run, relative to it. */
    private final Set<Path> taken;

    private final AtomicLong count = new AtomicLong();

    private Downloads(Path path, Folder folder, Own own, List<String> leftAlone, Set<Path> taken) {
        this.path = path;
        this.folder = folder;
        this.hosts = new HostFolders(folder);
        this.own = own;
        this.leftAlone = List.copyOf(leftAlone);
        this.taken = taken;
    }

    /** This run's own folder. */
    private record Own(String name, Folder parts, FileChannel lock) {}

    /**
     * Opens the folder; makes it, if there is none.
     *
     * @param others files that this run reads, or writes something else to: none of them is replaced by a body; a word
     *     that names no file is allowed
     * @throws IOException with the reason in words, if it cannot be written to
     */
    static Downloads open(Path path, Collection<String> others) throws IOException {
        try {
            Folder.make(path);
        } catch (FileAlreadyExistsException e) {
            throw new IOException("it is a file: give a folder", e);
        } catch (IOException e) {
            throw new IOException("the folder cannot be made: " + e.getMessage(), e);
        }
        if (!Files.isWritable(path)) {
            throw new IOException("no permission to write in the folder");
        }
        var folder = Folder.open(path);
        try {
            var leftAlone = sweep(folder);
            return new Downloads(path, folder, begin(folder), leftAlone, taken(path, others));
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private static Set<Path> taken(Path folder, Collection<String> others) throws IOException {
        var real = folder.toRealPath();
        var taken = new HashSet<Path>();
        for (var name : others) {
            var file = realFile(name);
            if (file != null && file.startsWith(real)) {
                taken.add(real.relativize(file));
            }
        }
        return taken;
    }

    /** Without links; also of a file that is still to be written. Null if there is no folder for it. */
    private static @Nullable Path realFile(String name) {
        try {
            var file = Path.of(name).toAbsolutePath();
            return Files.exists(file) || file.getParent() == null
                    ? file.toRealPath()
                    : file.getParent().toRealPath().resolve(file.getFileName());
        } catch (IOException | InvalidPathException e) {
            return null;
        }
    }

    private static Own begin(Folder folder) throws IOException {
        while (true) {
            var name = PARTS + UUID.randomUUID();
            var parts = folder.newFolder(name);
            try {
                var lock = parts.create(LOCK);
                lock.lock();
                if (parts.hasFile(LOCK)) {
                    return new Own(name, parts, lock);
                }
                lock.close(); // another run has swept it away before it was locked
            } catch (NoSuchFileException e) {
                // another run has swept the folder away
            }
            parts.close();
        }
    }

    /**
     * Takes away what runs have left that ended without being asked: their locks are free.
     *
     * @return what looks like it, and is left alone, with the reasons
     */
    private static List<String> sweep(Folder folder) throws IOException {
        var leftAlone = new ArrayList<String>();
        for (var name : folder.names(PARTS)) {
            try (var parts = folder.folder(name)) {
                if (sweepAbandoned(parts)) {
                    folder.deleteFolder(name);
                }
            } catch (NoSuchFileException e) {
                // just being made, or just being taken away
            } catch (IOException e) {
                leftAlone.add(name + ": " + Reason.of(e));
            }
        }
        return leftAlone;
    }

    private static boolean sweepAbandoned(Folder parts) throws IOException {
        try (var file = openLock(parts);
                var lock = tryLock(file)) {
            if (lock == null) {
                return false;
            }
            // while it is locked: who waits for the lock finds it gone
            empty(parts);
            return true;
        }
    }

    private static FileChannel openLock(Folder parts) throws IOException {
        try {
            return parts.openThere(LOCK);
        } catch (NotOursException e) {
            throw new NotOursException("'" + LOCK + "' in it is not one of weft's: " + e.getMessage());
        }
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** Deletes the lock and the parts, if there is nothing else. */
    private static void empty(Folder parts) throws IOException {
        var names = parts.names("");
        for (var name : names) {
            if (!isOurs(parts, name)) {
                throw new NotOursException("there is something else in it, '" + name + "'");
            }
        }
        names.remove(LOCK);
        for (var name : names) {
            parts.delete(name);
        }
        parts.delete(LOCK);
    }

    private static boolean isOurs(Folder parts, String name) throws IOException {
        return (name.equals(LOCK) || isNumber(name)) && (parts.hasFile(name) || !parts.has(name));
    }

    private static boolean isNumber(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Files that looked like the remains of a run and were left alone, with the reasons. */
    public List<String> leftAlone() {
        return leftAlone;
    }

    @Override
    public Download of(URI uri) {
        return new Download(this, String.valueOf(count.incrementAndGet()), uri);
    }

    FileChannel create(String part) throws IOException {
        return own.parts.create(part);
    }

    void delete(String part) throws IOException {
        own.parts.delete(part);
    }

    /** Moves a part to the place of this URL, over what is there, and tells that place. */
    Path keep(String part, URI uri, @Nullable Instant modified) throws IOException {
        var name = FileNames.name(uri);
        if (taken.contains(Path.of(name.folder(), name.file()))) {
            throw new IOException("this run reads or writes that file too");
        }
        if (modified != null) {
            own.parts.setModified(part, modified);
        }
        hosts.take(own.parts, part, name);
        return path.resolve(name.toString());
    }

    /** Where the body of this URL is, or will be. */
    Path file(URI uri) {
        return path.resolve(FileNames.of(uri));
    }

    /** Whether the body of this URL is there. */
    boolean has(URI uri) {
        var name = FileNames.name(uri);
        try (var host = folder.folder(name.folder())) {
            return host.hasFile(name.file());
        } catch (IOException e) {
            return false;
        }
    }

    /** Takes this run's own folder away. Files that were not moved to their places are lost. */
    @Override
    public void close() throws IOException {
        try (folder;
                hosts;
                var parts = own.parts) {
            own.lock.close();
            empty(parts);
            folder.deleteFolder(own.name);
        } catch (IOException e) {
            // somebody has tidied up, or put something into it: the next run says so
        }
    }
}

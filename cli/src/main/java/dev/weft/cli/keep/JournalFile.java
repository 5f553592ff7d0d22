package dev.weft.cli.keep;

import dev.weft.cli.files.BoundedLines;
import dev.weft.cli.files.Folder;
import dev.weft.cli.files.NotOursException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file that says which URLs are done: one line each, appended as they end, so that whatever ends the program leaves a
 * file that tells the truth. A line that was being written when a process was killed has no end, and is taken away when
 * the file is opened again. One process at a time has it.
 *
 * <p>It is read once from its beginning to its end, and of no line more than {@link #MAX_LINE} is kept.
 */
public final class JournalFile implements AutoCloseable {

    private static final int VERSION = 1;

    /** A URL and the redirects from it have a fifth of that. */
    private static final int MAX_LINE = 1024 * 1024;

    private final Path path;
    /** Holds the lock, until it is closed. */
    private final FileChannel channel;

    private final OutputStream appender;
    private final Map<URI, JournalLine.Done> done = new HashMap<>();
    private long unreadable;

    private JournalFile(Path path, FileChannel channel, OutputStream appender) {
        this.path = path;
        this.channel = channel;
        this.appender = appender;
    }

    /**
     * Opens a journal, or begins one.
     *
     * <p><b>Blocking:</b> until it has been read.
     *
     * @param method what is asked of each URL: what another method got would be no answer
     * @param data the digest of what is sent, for the same reason; null for nothing
     * @throws IOException with the reason and the remedy in words; what is in the file is left as it is
     */
    public static JournalFile open(Path path, String method, @Nullable String data) throws IOException {
        if (Files.isDirectory(path)) {
            throw new IOException("it is a folder: give the name of a file");
        }
        var parent = path.toAbsolutePath().getParent();
        try (var folder = Folder.open(parent == null ? Path.of("") : parent)) {
            return open(path, folder, String.valueOf(path.getFileName()), new JournalLine.Head(VERSION, method, data));
        } catch (NotOursException e) {
            throw new IOException(e.getMessage() + ": give a file of your own", e);
        } catch (FileNotFoundException | NoSuchFileException e) {
            throw new IOException("it cannot be opened for writing: " + e.getMessage(), e);
        }
    }

    private static JournalFile open(Path path, Folder folder, String name, JournalLine.Head head) throws IOException {
        var isNew = create(folder, name);
        var channel = folder.openThere(name);
        try {
            lock(channel);
            // not by the channel, which an interrupt would close
            var appender = folder.appender(name);
            try {
                var journal = new JournalFile(path, channel, appender);
                journal.begin(head);
                return journal;
            } catch (IOException | RuntimeException | Error e) {
                appender.close();
                if (isNew) {
                    folder.delete(name); // while it is locked
                }
                throw e;
            }
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    /** Whether it was not there before. */
    private static boolean create(Folder folder, String name) throws IOException {
        if (folder.has(name)) {
            return false;
        }
        try {
            folder.create(name).close();
            return true;
        } catch (FileAlreadyExistsException e) {
            return false; // just now: it is looked at like any other
        }
    }

    /** Of a byte beyond all that is written, since a lock may keep this process from writing too. */
    private static void lock(FileChannel channel) throws IOException {
        try {
            if (channel.tryLock(Long.MAX_VALUE - 1, 1, false) == null) {
                throw new IOException("another process uses it: wait for its end, or give another file");
            }
        } catch (OverlappingFileLockException e) {
            throw new IOException("this process uses it already: give another file", e);
        }
    }

    private void begin(JournalLine.Head wanted) throws IOException {
        channel.position(0);
        var lines = new BoundedLines(Channels.newInputStream(channel), MAX_LINE);
        try {
            if (!lines.next() || !lines.isEnded()) {
                begin(lines, wanted + "\n");
                return;
            }
            check(lines, wanted);
            var end = lines.offset();
            while (lines.next() && lines.isEnded()) {
                read(lines);
                end = lines.offset();
            }
            channel.truncate(end);
        } catch (BoundedLines.EndlessException e) {
            throw noJournal();
        }
    }

    /** Nothing is in it, or no more than a process that was killed at once has written. */
    private void begin(BoundedLines begun, String head) throws IOException {
        if (begun.length() > head.length() || !head.startsWith(text(begun))) {
            throw noJournal();
        }
        channel.truncate(0);
        var bytes = ByteBuffer.wrap(head.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static String text(BoundedLines lines) {
        return new String(lines.bytes(), StandardCharsets.UTF_8);
    }

    private static void check(BoundedLines first, JournalLine.Head wanted) throws IOException {
        if (!(JournalLine.parse(text(first)) instanceof JournalLine.Head found)) {
            throw noJournal();
        }
        if (found.version() != VERSION) {
            throw new IOException("it was written by another version of weft: give another file");
        }
        if (!found.method().equals(wanted.method())) {
            throw new IOException("it is of a run with the method " + found.method() + ", and this one has "
                    + wanted.method() + ": give another file");
        }
        if (!Objects.equals(found.data(), wanted.data())) {
            throw new IOException("it is of a run " + (found.data() == null ? "without --data" : "with other --data")
                    + ": give another file");
        }
    }

    private void read(BoundedLines lines) {
        if (lines.length() <= MAX_LINE && JournalLine.parse(text(lines)) instanceof JournalLine.Done entry) {
            done.put(entry.uri(), entry);
        } else {
            unreadable++;
        }
    }

    private static IOException noJournal() {
        return new IOException("it is no journal of weft fetch: give another file; this one is left as it is");
    }

    public Path path() {
        return path;
    }

    /** The entry of a URL; null if it is not done. */
    JournalLine.@Nullable Done find(URI uri) {
        return done.get(uri);
    }

    /** How many lines say nothing. */
    public long unreadable() {
        return unreadable;
    }

    /** The writer that appends to it. */
    OutputStream appender() {
        return appender;
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            appender.close();
        }
    }
}

package dev.weft.cli;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file that says which URLs are done: one line each, appended as they end, so that whatever ends the program leaves a
 * file that tells the truth. A line that was being written when a process was killed has no end, and is taken away when
 * the file is opened again. One process at a time has it.
 */
final class JournalFile implements AutoCloseable {

    private static final int VERSION = 1;

    private final Path path;
    // its writes cannot be interrupted, which would leave half a line and close the file
    private final RandomAccessFile file;
    private final Map<URI, JournalLine.Done> done = new HashMap<>();
    private long unreadable;

    private JournalFile(Path path, RandomAccessFile file) {
        this.path = path;
        this.file = file;
    }

    /**
     * Opens a journal, or begins one.
     *
     * @param method what is asked of each URL: what another method got would be no answer
     * @throws IOException with the reason and the remedy in words; what is in the file is left as it is
     */
    static JournalFile open(Path path, String method) throws IOException {
        if (Files.isDirectory(path)) {
            throw new IOException("it is a folder: give the name of a file");
        }
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new IOException("it is a device or a pipe, which cannot be read again: give the name of a file");
        }
        RandomAccessFile file;
        try {
            file = new RandomAccessFile(path.toFile(), "rw");
        } catch (FileNotFoundException e) {
            throw new IOException("it cannot be opened for writing: " + e.getMessage(), e);
        }
        try {
            lock(file);
            var journal = new JournalFile(path, file);
            journal.begin(new JournalLine.Head(VERSION, method));
            return journal;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private static void lock(RandomAccessFile file) throws IOException {
        try {
            if (file.getChannel().tryLock() == null) {
                throw new IOException("another process uses it: wait for its end, or give another file");
            }
        } catch (OverlappingFileLockException e) {
            throw new IOException("this process uses it already: give another file", e);
        }
    }

    private void begin(JournalLine.Head wanted) throws IOException {
        var end = endOfLastLine();
        if (end == 0) {
            begin(wanted + "\n");
            return;
        }
        check(wanted);
        file.setLength(end);
        readEntries();
        file.seek(end);
    }

    /** Nothing is in it, or no more than a process that was killed at once has written. */
    private void begin(String head) throws IOException {
        var begun = new byte[(int) Math.min(file.length(), head.length() + 1L)];
        file.seek(0);
        file.readFully(begun);
        if (!head.startsWith(new String(begun, StandardCharsets.UTF_8))) {
            throw noJournal();
        }
        file.setLength(0);
        file.write(head.getBytes(StandardCharsets.UTF_8));
    }

    private BufferedReader lines() throws IOException {
        file.seek(0);
        // not to be closed: that would close the file
        return new BufferedReader(
                new InputStreamReader(Channels.newInputStream(file.getChannel()), StandardCharsets.UTF_8));
    }

    private void check(JournalLine.Head wanted) throws IOException {
        var first = lines().readLine();
        if (first == null || !(JournalLine.parse(first) instanceof JournalLine.Head found)) {
            throw noJournal();
        }
        if (found.version() != VERSION) {
            throw new IOException("it was written by another version of weft: give another file");
        }
        if (!found.method().equals(wanted.method())) {
            throw new IOException("it is of a run with the method " + found.method() + ", and this one has "
                    + wanted.method() + ": give another file");
        }
    }

    private void readEntries() throws IOException {
        var lines = lines();
        lines.readLine();
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (JournalLine.parse(line) instanceof JournalLine.Done entry) {
                done.put(entry.uri(), entry);
            } else {
                unreadable++;
            }
        }
    }

    private static IOException noJournal() {
        return new IOException("it is no journal of weft fetch: give another file; this one is left as it is");
    }

    private long endOfLastLine() throws IOException {
        for (var end = file.length(); end > 0; end--) {
            file.seek(end - 1);
            if (file.read() == '\n') {
                return end;
            }
        }
        return 0;
    }

    Path path() {
        return path;
    }

    /** What is known of a URL; null if it is not done. */
    JournalLine.@Nullable Done find(URI uri) {
        return done.get(uri);
    }

    /** How many lines say nothing. */
    long unreadable() {
        return unreadable;
    }

    /** What appends to it. */
    OutputStream appender() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                file.write(b);
            }

            @Override
            public void write(byte[] bytes, int offset, int count) throws IOException {
                file.write(bytes, offset, count);
            }
        };
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

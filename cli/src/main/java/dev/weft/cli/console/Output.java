package dev.weft.cli.console;

import static dev.weft.Weft.abandonOnCancel;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.waitUntil;

import dev.weft.ReturnWhen;
import dev.weft.Task;
import dev.weft.cli.text.Shown;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Standard output and standard error, as a run sees them: lines are handed over, and written in the background in the
 * order in which they were. A reader who is slow, or has stopped reading, holds up neither a request nor the deadline:
 * a write to a full pipe cannot be interrupted, so nobody who has something else to do may wait for one.
 *
 * <p>Every line passes {@link Shown#line}: whatever is in it, it moves no cursor and shows no password.
 *
 * <p>At most one task writes at a time. Belongs to the task that made it, and is not thread-safe: that task gives the
 * text away when it starts a write.
 */
public final class Output {

    /** Back to the line's beginning, and clear it. */
    private static final String CLEAR = "\r\u001b[K";

    private static final String HOME = "\u001b[H";
    private static final String REST_OF_LINE = "\u001b[K";
    private static final String REST_OF_SCREEN = "\u001b[J";

    private final StandardIo io;
    private final Runnable written;
    private List<Chunk> waiting = new ArrayList<>();
    private String progress = "";
    private String shown = "";
    private @Nullable Task<Optional<IOException>> writing;
    private @Nullable IOException failure;
    /** How many lines for standard output were given, are among what is being written, and have been written. */
    private long results;

    private long resultsInWriting;
    private long resultsWritten;

    public Output(StandardIo io) {
        this(io, () -> {});
    }

    /**
     * Nothing is written yet.
     *
     * @param written told of the end of each write, by any thread: it calls for {@link #pump}
     */
    public Output(StandardIo io, Runnable written) {
        this.io = io;
        this.written = written;
    }

    /** Text for one of the two streams. */
    private record Chunk(boolean toOut, StringBuilder text) {}

    /** A line for standard output. */
    public void result(String line) {
        results++;
        add(true, Shown.line(line));
    }

    /** Lines for standard output that belong together. */
    public void document(String text) {
        results++;
        text.lines().forEach(line -> add(true, Shown.line(line)));
    }

    /** A picture for a terminal, over the one before; the first clears what was there. */
    public void picture(List<String> lines, boolean first) {
        results++;
        var text = lines.stream().map(Shown::line).collect(Collectors.joining(REST_OF_LINE + "\n"));
        add(true, (first ? HOME + REST_OF_SCREEN : HOME) + text + REST_OF_LINE + REST_OF_SCREEN);
    }

    /** How many lines for standard output there have been. */
    public long results() {
        return results;
    }

    /** How many of them have been written, as far as {@link #pump} knows; all, if it takes no more. */
    public long resultsWritten() {
        return failure == null ? resultsWritten : results;
    }

    /** A line for standard error. */
    public void note(String line) {
        add(false, Shown.line(line));
    }

    /**
     * Sets standard error's last line, until the next call; empty for none. Never kept waiting: only the latest is
     * shown.
     */
    public void progress(String line) {
        progress = Shown.line(line);
    }

    private void add(boolean toOut, String line) {
        if (waiting.isEmpty() || waiting.getLast().toOut != toOut) {
            waiting.add(new Chunk(toOut, new StringBuilder()));
        }
        waiting.getLast().text.append(line).append('\n');
    }

    /**
     * Starts to write what waits, if nothing is being written.
     *
     * <p><b>Blocking:</b> never. <b>Cancellation:</b> never a cancellation point.
     */
    public void pump() {
        if (writing != null) {
            if (!writing.isDone()) {
                return;
            }
            failure = failure == null ? failureOf(writing) : failure;
            resultsWritten = resultsInWriting;
            writing = null;
        }
        var chunks = waiting;
        waiting = new ArrayList<>();
        if (failure != null) {
            chunks.removeIf(Chunk::toOut);
        }
        var lastLine = progress;
        if (chunks.isEmpty() && lastLine.equals(shown)) {
            return;
        }
        resultsInWriting = results;
        var clearFirst = !shown.isEmpty();
        shown = lastLine;
        writing = createTask("output", () -> abandonOnCancel(() -> write(chunks, clearFirst, lastLine)));
        writing.onDone(_ -> written.run());
    }

    private static @Nullable IOException failureOf(Task<Optional<IOException>> writing) {
        return writing.isCancelled()
                ? new IOException("writing was cancelled")
                : writing.result().orElse(null);
    }

    /** Why standard output takes no more, if it does not. Later lines for it are dropped. */
    public Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * Waits until all is written.
     *
     * <p><b>Blocking:</b> as long as the readers make it. <b>Cancellation:</b> always a cancellation point.
     */
    public void drain() throws InterruptedException {
        progress("");
        pump();
        while (writing != null) {
            waitUntil(ReturnWhen.ALL_COMPLETED, List.of(writing));
            pump();
        }
    }

    /**
     * Runs in a task of its own, on chunks that nobody else holds any more. A failure is a result: the run has to act
     * on it, and at once.
     */
    private Optional<IOException> write(List<Chunk> chunks, boolean clearFirst, String lastLine) {
        if (clearFirst) {
            writeToErr(CLEAR);
        }
        for (var chunk : chunks) {
            if (chunk.toOut) {
                try {
                    write(io.out(), chunk.text.toString());
                } catch (IOException e) {
                    return Optional.of(e);
                }
            } else {
                writeToErr(chunk.text.toString());
            }
        }
        writeToErr(lastLine);
        return Optional.empty();
    }

    private void writeToErr(String text) {
        try {
            write(io.err(), text);
        } catch (IOException e) {
            // nowhere is left to say it, and the results are worth more than the notes
        }
    }

    private static void write(OutputStream stream, String text) throws IOException {
        if (!text.isEmpty()) {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
            stream.flush();
        }
    }
}

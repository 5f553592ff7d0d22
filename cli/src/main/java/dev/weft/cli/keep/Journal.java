package dev.weft.cli.keep;

import dev.weft.cli.console.Output;
import dev.weft.cli.console.StandardIo;
import dev.weft.cli.model.Outcome;
import dev.weft.cli.model.Result;
import dev.weft.cli.model.StatusSet;
import dev.weft.cli.model.Target;
import dev.weft.cli.model.Transfer;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run's journal: what earlier runs have done, and what this one does. Written in the background, in order. Belongs to
 * the task that made it, and is not thread-safe.
 */
public final class Journal {

    private final JournalFile file;
    private final StatusSet accepted;
    private final @Nullable Downloads downloads;
    private final Output output;

    /**
     * A journal that is open.
     *
     * @param downloads where the bodies of what is done must be, or null if they are not kept
     * @param written told of the end of each write: it calls for {@link #pump}
     */
    public Journal(
            JournalFile file, StatusSet accepted, @Nullable Downloads downloads, StandardIo io, Runnable written) {
        this.file = file;
        this.accepted = accepted;
        this.downloads = downloads;
        this.output = new Output(
                new StandardIo(
                        io.in(), file.appender(), OutputStream.nullOutputStream(), io.environment(), false, false),
                written);
    }

    /**
     * The result of an earlier run for this; null if it must be fetched: it had no answer then, or its body is not
     * where it should be.
     */
    public @Nullable Result result(Target target) {
        var done = file.find(target.uri());
        if (done == null) {
            return null;
        }
        var isOk = accepted.contains(done.status());
        if (isOk && downloads != null && !downloads.has(target.uri())) {
            return null;
        }
        var transfer = new Transfer(
                Duration.ZERO,
                done.took(),
                done.bytes(),
                done.redirects(),
                done.tries(),
                isOk && downloads != null ? downloads.file(target.uri()) : null,
                null);
        var outcome = isOk ? new Outcome.Ok(done.status()) : new Outcome.Failed(done.status());
        return new Result(target.url(), target.locations(), outcome, transfer, true);
    }

    /** Notes down what became of this, if it had an answer, and one that stays: only that is final. */
    public void add(Target target, Result result) {
        var status = switch (result.outcome()) {
            case Outcome.Ok(var code) -> code;
            case Outcome.Failed(var code) -> StatusSet.PASSING.contains(code) ? 0 : code;
            case Outcome.Broken _, Outcome.TimedOut _, Outcome.Cut _, Outcome.Unstarted _ -> 0;
        };
        var transfer = result.transfer();
        if (status != 0 && transfer != null) {
            output.result(new JournalLine.Done(
                            target.uri(),
                            status,
                            transfer.bytes(),
                            transfer.took(),
                            transfer.tries(),
                            transfer.redirects())
                    .toString());
        }
    }

    /** How many lines there have been in this run. */
    public long added() {
        return output.results();
    }

    /** How many of them are in the file, as far as {@link #pump} knows; all, if it takes no more. */
    public long written() {
        return output.resultsWritten();
    }

    /** Starts to write what waits, if nothing is being written. Never blocks. */
    public void pump() {
        output.pump();
    }

    /**
     * Waits until all is written.
     *
     * <p><b>Blocking:</b> as long as the file makes it. <b>Cancellation:</b> always a cancellation point.
     */
    public void drain() throws InterruptedException {
        output.drain();
    }

    /** Why the file takes no more, if it does not. */
    public Optional<IOException> failure() {
        return output.failure();
    }
}

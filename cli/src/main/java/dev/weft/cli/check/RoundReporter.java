package dev.weft.cli.check;

import dev.weft.cli.console.Output;
import dev.weft.cli.http.Fetcher;
import dev.weft.cli.model.Ending;
import dev.weft.cli.model.Outcome;
import dev.weft.cli.model.Rest;
import dev.weft.cli.model.Result;
import dev.weft.cli.model.Summary;
import dev.weft.cli.report.Reporter;
import org.jspecify.annotations.Nullable;

/** Takes the answers of one round of fetches, by the numbers that their URLs have as places. Not thread-safe. */
abstract class RoundReporter implements Reporter {

    private Ending ending = Ending.STOPPED;

    /** The outcome of one. */
    abstract void answer(int index, Outcome outcome, @Nullable String note);

    /** How the round ended. */
    Ending ending() {
        return ending;
    }

    @Override
    public void result(Result result, Output output) {
        answer((int) result.locations().getFirst().line(), result.outcome(), note(result));
    }

    private static @Nullable String note(Result result) {
        var transfer = result.transfer();
        if (transfer == null) {
            return result.outcome() instanceof Outcome.Unstarted ? "not begun when the run ended" : null;
        }
        var note = new StringBuilder();
        if (transfer.finalUrl() != null) {
            note.append("redirected to ").append(transfer.finalUrl());
        }
        if (transfer.tries() > 1) {
            note.append(note.isEmpty() ? "" : "; ").append(transfer.tries()).append(" tries");
        }
        if (transfer.note() != null && !transfer.note().startsWith(Fetcher.AFTER_HEAD)) {
            note.append(note.isEmpty() ? "" : "; ").append(transfer.note());
        }
        return note.isEmpty() ? null : note.toString();
    }

    /** Those are told of one by one at the end of the check. */
    @Override
    public void rest(Rest rest, Output output) {}

    @Override
    public void summary(Summary summary, Output output) {
        ending = summary.ending();
    }
}

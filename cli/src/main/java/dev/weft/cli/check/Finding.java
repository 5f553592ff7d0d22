package dev.weft.cli.check;

import dev.weft.cli.model.Outcome;
import dev.weft.cli.model.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one link, or of a document that could not be read.
 *
 * @param link as it is written; of a document, its name
 * @param code a status, {@code file}, {@code fragment}, a kind of error, or how far a fetch came
 * @param message in words; null if there is nothing to add
 */
public record Finding(
        Place place,
        String link,
        Verdict verdict,
        String code,
        @Nullable String message) {

    /** The code of what was looked up on disk. */
    static final String FILE = "file";

    /** The code of a page that is there, and a place that is not in it. */
    static final String FRAGMENT = "fragment";

    /** The code of a link that leads nowhere, as it is written. */
    static final String URL = "url";

    /** The code of a document that cannot be read. */
    static final String INPUT = "input";

    static Finding ok(Place place, String link, String code) {
        return new Finding(place, link, Verdict.OK, code, null);
    }

    static Finding broken(Place place, String link, String code, String message) {
        return new Finding(place, link, Verdict.FAILED, code, message);
    }

    /** It leads nowhere, as it is written. */
    static Finding wrong(Place place, String link, String message) {
        return new Finding(place, link, Verdict.ERROR, URL, message);
    }

    /** A document that cannot be read. */
    static Finding unreadable(String document, String message) {
        return new Finding(Place.whole(document), document, Verdict.ERROR, INPUT, message);
    }

    static Finding unstarted(Place place, String link) {
        return of(place, link, new Outcome.Unstarted(), "not begun when the run ended");
    }

    /** Of a link to the web. */
    static Finding of(Place place, String link, Outcome outcome, @Nullable String note) {
        return new Finding(place, link, outcome.verdict(), code(outcome), message(outcome, note));
    }

    private static String code(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Ok(var status) -> String.valueOf(status);
            case Outcome.Failed(var status) -> String.valueOf(status);
            case Outcome.Broken(var kind, var _) -> kind.toString();
            case Outcome.TimedOut(var phase, var _) -> phase.toString();
            case Outcome.Cut(var phase) -> phase.toString();
            case Outcome.Unstarted _ -> "-";
        };
    }

    private static @Nullable String message(Outcome outcome, @Nullable String note) {
        var why = outcome instanceof Outcome.Failed(var status) ? "answers with status " + status : outcome.reason();
        return why == null || note == null ? (why == null ? note : why) : why + "; " + note;
    }
}

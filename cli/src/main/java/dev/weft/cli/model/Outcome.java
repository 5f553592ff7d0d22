package dev.weft.cli.model;

import dev.weft.cli.text.DurationText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a URL ended up, with what is special to that. */
public sealed interface Outcome {

    /** A final answer with a status of 200 to 299. */
    record Ok(int status) implements Outcome {}

    /** A final answer with another status. */
    record Failed(int status) implements Outcome {}

    /** No answer, or only a part of one. {@code cause} is in words. */
    record Broken(ErrorKind kind, String cause) implements Outcome {}

    /** Its own limit passed, in this phase. */
    record TimedOut(Phase phase, Duration limit) implements Outcome {}

    /** The run ended while it was in this phase. */
    record Cut(Phase phase) implements Outcome {}

    /** The run ended before it began. */
    record Unstarted() implements Outcome {}

    /** Which of the six this is. */
    default Verdict verdict() {
        return switch (this) {
            case Ok ok -> Verdict.OK;
            case Failed failed -> Verdict.FAILED;
            case Broken broken -> Verdict.ERROR;
            case TimedOut timedOut -> Verdict.TIMEOUT;
            case Cut cut -> Verdict.CUT;
            case Unstarted unstarted -> Verdict.UNSTARTED;
        };
    }

    /** Why it is not ok, in words; null if it is, or a status or the run's end says all. */
    default @Nullable String reason() {
        return switch (this) {
            case Broken(var kind, var cause) -> cause;
            case TimedOut(var phase, var limit) -> phase.missing() + " within " + DurationText.format(limit);
            case Cut(var phase) -> phase.missing() + " yet";
            case Ok _, Failed _, Unstarted _ -> null;
        };
    }
}

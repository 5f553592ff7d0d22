package dev.weft.cli.fetch;

import dev.weft.cli.http.Request;
import dev.weft.cli.http.Transport;
import dev.weft.cli.input.Inputs;
import dev.weft.cli.model.Limits;
import dev.weft.cli.model.StatusSet;
import dev.weft.cli.model.Verdict;
import dev.weft.cli.report.Format;
import dev.weft.cli.report.ProgressMode;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All that a fetch is told.
 *
 * @param accepted which statuses are ok
 * @param failOn which outcomes make the program fail
 * @param output the folder that bodies are written to, or null if they are not kept
 * @param journal the file that tells a later run what is done, or null for none
 * @param elsewhere where tries are made, or null for this process
 */
public record FetchOptions(
        Inputs inputs,
        Limits limits,
        Retries retries,
        Request request,
        Transport transport,
        StatusSet accepted,
        Set<Verdict> failOn,
        @Nullable Path output,
        @Nullable Path journal,
        Shown shown,
        @Nullable Elsewhere elsewhere) {

    public FetchOptions {
        failOn = Set.copyOf(failOn);
    }

    /** A fetch in this process. */
    public FetchOptions(
            Inputs inputs,
            Limits limits,
            Retries retries,
            Request request,
            Transport transport,
            StatusSet accepted,
            Set<Verdict> failOn,
            @Nullable Path output,
            @Nullable Path journal,
            Shown shown) {
        this(inputs, limits, retries, request, transport, accepted, failOn, output, journal, shown, null);
    }

    /** The same, with the tries made there. */
    public FetchOptions at(Elsewhere place) {
        return new FetchOptions(
                inputs, limits, retries, request, transport, accepted, failOn, output, journal, shown, place);
    }

    /** How many URLs may be under way now. */
    IntSupplier concurrency() {
        return elsewhere == null ? limits::concurrency : elsewhere::concurrency;
    }

    /**
     * How a fetch is shown.
     *
     * @param timeline where to write the picture, or null for none
     * @param dumpOnDeadline whether to tell what all tasks were doing when the deadline came
     * @param verbose whether to tell what is asked and answered
     * @param columns how long lines for people may be, if that can be done
     */
    public record Shown(
            Format format,
            ProgressMode progress,
            @Nullable Path timeline,
            boolean dumpOnDeadline,
            boolean verbose,
            int columns) {

        public Shown(Format format, ProgressMode progress, @Nullable Path timeline, boolean dumpOnDeadline) {
            this(format, progress, timeline, dumpOnDeadline, false, Integer.MAX_VALUE);
        }
    }
}

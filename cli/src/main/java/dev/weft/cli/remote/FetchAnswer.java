package dev.weft.cli.remote;

import dev.weft.cli.model.Attempt;
import dev.weft.cli.model.ErrorKind;
import dev.weft.cli.model.FetchProgress;
import dev.weft.cli.model.Outcome;
import dev.weft.cli.model.Phase;
import dev.weft.cluster.Codec;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a try, as a member reports it.
 *
 * @param member the name of the member
 * @param attempt 1 for the first member that the try was given to
 * @param file where the body is on the member, or null
 */
record FetchAnswer(
        String member,
        int attempt,
        Attempt made,
        long bytes,
        List<URI> redirects,
        @Nullable String file,
        @Nullable String note) {

    private static final int MAX_ATTEMPT = 1_000_000;
    private static final int MAX_REDIRECTS = 1_000;
    private static final int MAX_STATUS = 999;

    /** Longer words of a server are cut: an answer fits into a frame, whatever a server says. */
    private static final int MAX_WORDS = 4_000;

    /** Of the URLs that redirects led to, together. */
    private static final int MAX_REDIRECTED = 400_000;

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int BROKEN = 2;
    private static final int TIMED_OUT = 3;

    static final Codec<FetchAnswer> CODEC = new Codec<>() {
        @Override
        public byte[] encode(FetchAnswer answer) {
            return answer.bytesOfAll();
        }

        @Override
        public FetchAnswer decode(byte[] bytes) throws IOException {
            return FetchAnswer.of(new FieldReader(bytes));
        }
    };

    static FetchAnswer of(String member, int attempt, Attempt made, FetchProgress progress) {
        var file = progress.file();
        return new FetchAnswer(
                member,
                attempt,
                made,
                progress.bytes(),
                bounded(progress.redirects()),
                file == null ? null : file.toString(),
                progress.note());
    }

    /** The last ones, if they are very long. */
    private static List<URI> bounded(List<URI> all) {
        var length = 0;
        for (var i = all.size() - 1; i >= 0; i--) {
            length += all.get(i).toString().length();
            if (length > MAX_REDIRECTED) {
                return all.subList(i + 1, all.size());
            }
        }
        return all;
    }

    private static @Nullable String bounded(@Nullable String words) {
        return words == null || words.length() <= MAX_WORDS ? words : words.substring(0, MAX_WORDS) + "…";
    }

    private byte[] bytesOfAll() {
        var fields = new FieldWriter().text(member).number(attempt);
        switch (made.outcome()) {
            case Outcome.Ok(var status) -> fields.number(OK).number(status);
            case Outcome.Failed(var status) -> fields.number(FAILED).number(status);
            case Outcome.Broken(var kind, var cause) ->
                fields.number(BROKEN).text(kind.name()).text(String.valueOf(bounded(cause)));
            case Outcome.TimedOut(var phase, var limit) ->
                fields.number(TIMED_OUT).text(phase.name()).number(limit.toMillis());
            case Outcome.Cut _, Outcome.Unstarted _ ->
                throw new IllegalStateException("a try does not end so: " + made.outcome());
        }
        var after = made.retryAfter();
        fields.number(after == null ? 0 : 1 + Math.max(0, after.toMillis()))
                .number(bytes)
                .number(redirects.size());
        redirects.forEach(uri -> fields.text(uri.toString()));
        return fields.optional(file).optional(bounded(note)).bytes();
    }

    private static FetchAnswer of(FieldReader fields) throws IOException {
        try {
            var member = fields.text();
            var attempt = fields.number(MAX_ATTEMPT, "the number of the attempt");
            var outcome = outcome(fields);
            var after = fields.number();
            var bytes = fields.number();
            var redirects = new ArrayList<URI>();
            for (var left = fields.number(MAX_REDIRECTS, "the number of redirects"); left > 0; left--) {
                redirects.add(new URI(fields.text()));
            }
            return new FetchAnswer(
                    member,
                    attempt,
                    new Attempt(outcome, after == 0 ? null : Duration.ofMillis(after - 1)),
                    bytes,
                    redirects,
                    fields.optional(),
                    fields.optional());
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static Outcome outcome(FieldReader fields) throws IOException {
        return switch (fields.number(TIMED_OUT, "the kind of the outcome")) {
            case OK -> new Outcome.Ok(fields.number(MAX_STATUS, "the status"));
            case FAILED -> new Outcome.Failed(fields.number(MAX_STATUS, "the status"));
            case BROKEN -> new Outcome.Broken(ErrorKind.valueOf(fields.text()), fields.text());
            default -> new Outcome.TimedOut(Phase.valueOf(fields.text()), Duration.ofMillis(fields.number()));
        };
    }

    /** Tells what a run is told of a try that it made itself. */
    void tell(FetchProgress progress) {
        progress.fetchedBy(member, attempt - 1);
        progress.read(bytes);
        redirects.forEach(progress::redirect);
        if (file != null) {
            progress.saved(Path.of(file));
        }
        if (note != null) {
            progress.note(note);
        }
    }
}

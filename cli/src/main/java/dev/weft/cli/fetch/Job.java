package dev.weft.cli.fetch;

import dev.weft.cli.model.FetchProgress;
import dev.weft.cli.model.Outcome;
import dev.weft.cli.model.Result;
import dev.weft.cli.model.Stopwatch;
import dev.weft.cli.model.Target;
import dev.weft.cli.model.Transfer;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A URL's way through a run: its tries, and what the last one came to. Belongs to the run's own task. */
final class Job {

    final Target target;
    final Duration since;
    private @Nullable FetchProgress progress;
    private Stopwatch sinceFirstPermit = Stopwatch.start();
    private Duration queued = Duration.ZERO;
    private int tries;
    private @Nullable Outcome last;
    private Duration lastAt = Duration.ZERO;

    Job(Target target) {
        this(target, Duration.ZERO);
    }

    /** @param since when it came, after the fetch began */
    Job(Target target, Duration since) {
        this.target = target;
        this.since = since;
    }

    /** It has got a permit, so long after the fetch began. */
    FetchProgress begin(Duration now) {
        var begun = progress;
        if (begun == null) {
            queued = now.minus(since);
            sinceFirstPermit = Stopwatch.start();
            begun = new FetchProgress();
            progress = begun;
        }
        tries++;
        return begun;
    }

    /** A try has ended so, so long after the first permit. */
    void end(Outcome outcome, Duration at) {
        last = outcome;
        lastAt = at;
    }

    int tries() {
        return tries;
    }

    /** How long ago it got its first permit. Also for the task that fetches it. */
    Duration underWay() {
        return sinceFirstPermit.elapsed();
    }

    /** The outcome of the last try; null if there was none. */
    @Nullable
    Outcome last() {
        return last;
    }

    FetchProgress progress() {
        return Objects.requireNonNull(progress, "it has not begun");
    }

    /** It stays with what the last try came to. */
    Result result() {
        return result(Objects.requireNonNull(last, "no try has ended"), lastAt);
    }

    /** It ends now, while a try is under way. */
    Result cut() {
        return result(new Outcome.Cut(progress().phase()), sinceFirstPermit.elapsed());
    }

    private Result result(Outcome outcome, Duration took) {
        var way = progress();
        return Result.of(
                target,
                outcome,
                new Transfer(queued, took, way.bytes(), way.redirects(), tries, way.file(), way.note(), way.remote()));
    }
}

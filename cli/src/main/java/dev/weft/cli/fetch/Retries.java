package dev.weft.cli.fetch;

import dev.weft.cli.model.Attempt;
import dev.weft.cli.model.ErrorKind;
import dev.weft.cli.model.Outcome;
import dev.weft.cli.model.Phase;
import dev.weft.cli.model.StatusSet;
import dev.weft.cli.text.DurationText;
import java.time.Duration;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Which outcomes are worth another try, and when: after a pause that doubles each time and varies by a fifth, so that
 * many URLs that failed at once do not come again at once; not before a server's {@code Retry-After}.
 *
 * @param count how many tries after the first
 * @param firstWait the first pause
 * @param maxWait the longest; who asks for a longer one is not asked again
 */
public record Retries(int count, Duration firstWait, Duration maxWait) {

    private static final double JITTER = 0.2;
    /** The server says that it has not done what it was asked. */
    private static final StatusSet REFUSED = StatusSet.parse("425,429,503");

    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");

    /** The next step after a try. */
    sealed interface Decision {}

    /** It stays with what it has come to; {@code why}, if another try would have been possible. */
    record GiveUp(@Nullable String why) implements Decision {}

    /** Another one, so long after the last. */
    record Again(Duration after) implements Decision {}

    /**
     * Decides.
     *
     * @param tries how many there have been, at least one
     * @param method what was asked for: what is not idempotent is not repeated if it may have had its effect
     */
    Decision after(int tries, Attempt attempt, String method, RandomGenerator random) {
        if (count == 0 || !mayPass(attempt.outcome(), IDEMPOTENT.contains(method))) {
            return new GiveUp(null);
        }
        if (tries > count) {
            return new GiveUp(null);
        }
        var asked = attempt.retryAfter();
        if (asked != null && asked.compareTo(maxWait) > 0) {
            return new GiveUp("asks to come back in " + DurationText.format(asked) + ", later than --retry-max-wait "
                    + DurationText.format(maxWait));
        }
        var pause = pause(tries, random);
        return new Again(asked != null && asked.compareTo(pause) > 0 ? asked : pause);
    }

    private Duration pause(int tries, RandomGenerator random) {
        var nanos = Math.min((double) maxWait.toNanos(), firstWait.toNanos() * Math.pow(2, tries - 1.0));
        return Duration.ofNanos(Math.round(nanos * (1 + JITTER * random.nextDouble(-1, 1))));
    }

    private static boolean mayPass(Outcome outcome, boolean idempotent) {
        return switch (outcome) {
            case Outcome.Failed(var status) -> (idempotent ? StatusSet.PASSING : REFUSED).contains(status);
            case Outcome.Broken(var kind, var _) ->
                kind == ErrorKind.CONNECT
                        || kind == ErrorKind.DNS
                        || ((kind == ErrorKind.IO || kind == ErrorKind.LOST) && idempotent);
            case Outcome.TimedOut timedOut -> idempotent || timedOut.phase() == Phase.LOOKUP;
            case Outcome.Ok _, Outcome.Cut _, Outcome.Unstarted _ -> false;
        };
    }
}

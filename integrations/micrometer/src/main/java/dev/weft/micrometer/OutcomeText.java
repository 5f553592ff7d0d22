package dev.weft.micrometer;

import dev.weft.Outcome;

/** The value of the tag {@code outcome}. */
final class OutcomeText {

    private OutcomeText() {}

    static String of(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Success<?> success -> "success";
            case Outcome.Failure<?> failure -> "failure";
            case Outcome.Cancelled<?> cancelled -> "cancelled";
        };
    }
}

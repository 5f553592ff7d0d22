package dev.weft.cli.fetch;

import dev.weft.cli.model.Attempt;
import java.time.Duration;
import java.util.List;

/** An event that the loop of a fetch waits for. */
sealed interface FetchEvent {

    /** A try has ended, so long after the URL's first permit. */
    record Ended(Job job, Attempt attempt, Duration at) implements FetchEvent {}

    /** Something to tell besides: a line each. */
    record Said(List<String> lines) implements FetchEvent {}

    /** Something was read, or all. */
    record Read() implements FetchEvent {}

    /** Something was written: more can be. */
    record Written() implements FetchEvent {}
}

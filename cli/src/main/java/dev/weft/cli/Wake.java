package dev.weft.cli;

import java.time.Duration;

/** What the task that keeps a run's books is woken for. */
sealed interface Wake {

    /** A try has ended, so long after the URL's first permit. */
    record Ended(Job job, Attempt attempt, Duration at) implements Wake {}

    /** Something was written: more can be. */
    record Written() implements Wake {}
}

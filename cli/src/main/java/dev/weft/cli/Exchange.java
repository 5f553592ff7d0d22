package dev.weft.cli;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the fetch of one URL has come. Written by the task that fetches (and by the client's threads, one after the
 * other, while it waits); read by the task that owns the run, which wants to say where a fetch stood when it was cut.
 */
final class Exchange {

    private final Stopwatch sincePermit = Stopwatch.start();
    private volatile Phase phase = Phase.LOOKUP;
    private volatile List<Step> steps = List.of();
    private volatile long bytes;
    private volatile @Nullable URI redirectedTo;

    Phase phase() {
        return phase;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer at a time
    void enter(Phase newPhase) {
        phase = newPhase;
        var more = new ArrayList<>(steps);
        more.add(new Step(newPhase, sincePermit.elapsed()));
        steps = List.copyOf(more);
    }

    /** When which phase began, in their order; those of redirects too. */
    List<Step> steps() {
        return steps;
    }

    /** The beginning of a phase, so long after its permit. */
    record Step(Phase phase, Duration at) {}

    /** How much of bodies has been read, those of redirects included. */
    long bytes() {
        return bytes;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer at a time
    void read(long more) {
        bytes += more;
    }

    /** Where redirects have led so far; null if there was none. */
    @Nullable
    URI redirectedTo() {
        return redirectedTo;
    }

    void redirect(URI to) {
        redirectedTo = to;
    }
}

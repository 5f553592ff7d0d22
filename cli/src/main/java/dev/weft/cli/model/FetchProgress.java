package dev.weft.cli.model;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How far the fetch of one URL has come, in all its tries. Written by the task that fetches (and by the client's
 * threads, one after the other, while it waits); read by the task that owns the run, which wants to say where a fetch
 * stood when it was cut.
 */
public final class FetchProgress {

    private final Stopwatch sincePermit = Stopwatch.start();
    private volatile Phase phase = Phase.LOOKUP;
    private volatile List<Step> steps = List.of();
    private volatile long bytes;
    private volatile List<URI> redirects = List.of();
    private volatile @Nullable Path file;
    private volatile @Nullable String note;
    private volatile @Nullable Remote remote;

    public Phase phase() {
        return phase;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer at a time
    public void enter(Phase newPhase) {
        phase = newPhase;
        var more = new ArrayList<>(steps);
        more.add(new Step(newPhase, sincePermit.elapsed()));
        steps = List.copyOf(more);
    }

    /** When which phase began, in their order; those of redirects too. */
    public List<Step> steps() {
        return steps;
    }

    /** Whether this is not its first try. */
    public boolean isRepeated() {
        return steps.stream().anyMatch(step -> step.phase() == Phase.PAUSE);
    }

    /** The beginning of a phase, so long after its permit. */
    public record Step(Phase phase, Duration at) {}

    /** How much of bodies has been read, those of redirects included. */
    public long bytes() {
        return bytes;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer at a time
    public void read(long more) {
        bytes += more;
    }

    /** Another try begins: redirects are followed anew. */
    public void restart() {
        redirects = List.of();
        note = null;
    }

    /** Where redirects have led so far, one after the other. */
    public List<URI> redirects() {
        return redirects;
    }

    public void redirect(URI to) {
        redirects = Stream.concat(redirects.stream(), Stream.of(to)).toList();
    }

    /** Where the body is; null if it was not kept. */
    public @Nullable Path file() {
        return file;
    }

    public void saved(Path newFile) {
        file = newFile;
    }

    /** A further remark, in words; null for none. */
    public @Nullable String note() {
        return note;
    }

    public void note(String newNote) {
        note = newNote;
    }

    /** Where it was fetched, if not in this process; null if it was, or nobody knows yet. */
    public @Nullable Remote remote() {
        return remote;
    }

    /**
     * A member has made this try, or is lost.
     *
     * @param member null if it is not known
     * @param repeated how often this try was given to another member
     */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer at a time
    public void fetchedBy(@Nullable String member, int repeated) {
        var before = remote;
        remote = new Remote(member, repeated + (before == null ? 0 : before.repeated()));
    }
}

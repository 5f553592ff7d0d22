package dev.weft.cli.timeline;

import dev.weft.cli.timeline.Timeline.Fact;
import dev.weft.cli.timeline.Timeline.Role;
import dev.weft.cli.timeline.Timeline.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import org.jspecify.annotations.Nullable;

/** Facts about a task, a remote call, or an owner of some: a thread, a recording. */
final class Seen {

    final long id;
    String name;
    long parent;

    @Nullable
    Instant from;

    @Nullable
    Instant to;

    /** The end of what is known. */
    Instant last = Instant.EPOCH;

    State state = State.OPEN;

    /** How it has ended in its own words; empty if the state says it. */
    String word = "";

    /** For how long it has waited for its turn, at its beginning. */
    Duration queued = Duration.ZERO;

    /** The difference to add to the times of its waits. */
    Duration shift = Duration.ZERO;

    final List<RecordedEvent> waits = new ArrayList<>();
    final List<Fact> facts = new ArrayList<>();
    final List<Seen> children = new ArrayList<>();

    Seen(long id, String name) {
        this.id = id;
        this.name = name;
    }

    /** A thread or a recording, which lasts as long as what it owns. */
    static Seen owner(long id, String name) {
        var owner = new Seen(id, name);
        owner.state = State.NONE;
        return owner;
    }

    boolean isOwner() {
        return id < 0;
    }

    Role role() {
        return isOwner() ? Role.OWNER : Role.WORK;
    }

    void from(Instant time) {
        from = from == null || time.isBefore(from) ? time : from;
    }

    void fact(String fact, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            facts.add(new Fact(fact, value));
        }
    }

    /** Whether this was there at a time, as far as is known. */
    boolean lasts(Instant time) {
        return (from == null || !from.isAfter(time)) && (to == null || !to.isBefore(time));
    }

    void shiftBy(Duration by) {
        shift = by;
        from = from == null ? null : from.plus(by);
        to = to == null ? null : to.plus(by);
    }

    Instant begin(RecordedEvent wait) {
        return wait.getStartTime().plus(shift);
    }

    Instant end(RecordedEvent wait) {
        return wait.getEndTime().plus(shift);
    }
}

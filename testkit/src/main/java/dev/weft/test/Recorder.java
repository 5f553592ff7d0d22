package dev.weft.test;

import dev.weft.internal.runtime.Scheduler;
import dev.weft.internal.runtime.Strand;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes down who ran, when, and how each turn ended. For the holder of the turn; but an abandoned execution is looked
 * at while its turn is held.
 */
final class Recorder {

    private static final int KEPT = 10_000;

    /** How a turn can end. */
    enum End {
        WAITS,
        YIELDS,
        LEAVES,
        STARTS,
        ENDS,
        STAYS
    }

    private record Entry(long nanos, int strand, int ready, String drawn, End end, String what, long untilNanos) {}

    final Names names = new Names();
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private final SortedMap<Integer, Integer> detours = new TreeMap<>();
    private final List<Integer> alternatives = new ArrayList<>();
    private int choices;
    private long count;
    private long digest;
    private boolean digestIsComplete;

    private long nanos;
    private int strand;
    private int ready;
    private String drawn = "";
    private End end = End.STAYS;
    private String what = "";
    private long untilNanos;

    /** The holder of the turn has said why it will end. The last word before the next turn counts. */
    synchronized void ending(End newEnd, @Nullable Object newWhat, long newUntilNanos) {
        end = newEnd;
        what = newWhat == null ? "" : newWhat instanceof Strand other ? names.name(other) : newWhat.toString();
        untilNanos = newUntilNanos;
    }

    /** A turn begins. */
    synchronized void begin(Strand next, long now, int newReady) {
        closeTurn();
        strand = names.ordinal(next);
        nanos = now;
        ready = newReady;
        drawn = "";
        end = End.STAYS;
        what = "";
        count++;
    }

    /** The program has drawn one of several alternatives. */
    synchronized void drew(int alternative, int alternatives) {
        drawn += "draws " + alternative + " of " + alternatives + ", ";
        digest(alternative);
    }

    private void digest(long value) {
        if (!digestIsComplete) {
            digest = 31 * digest + value;
        }
    }

    /** Turns from now on do not count for the digest, as threads that are stopped may come in any order. */
    synchronized void completeDigest() {
        digestIsComplete = true;
    }

    /** One of so many strands or alternatives was chosen. */
    synchronized void chose(int place, int of) {
        if (place != 0) {
            detours.put(choices, place);
        }
        if (choices < KEPT) {
            alternatives.add(of);
        }
        choices++;
    }

    private void closeTurn() {
        if (strand == 0) {
            return;
        }
        digest(strand);
        digest(nanos);
        digest(end.name().hashCode());
        entries.add(new Entry(nanos, strand, ready, drawn, end, what, untilNanos));
        if (entries.size() > KEPT) {
            entries.remove();
        }
        strand = 0;
    }

    synchronized long count() {
        return count;
    }

    /** Where another than the first was chosen, by choices. */
    synchronized SortedMap<Integer, Integer> detours() {
        return new TreeMap<>(detours);
    }

    /** Of how many one was chosen, by choices; of the first 10,000. */
    synchronized List<Integer> alternatives() {
        return List.copyOf(alternatives);
    }

    /** All until now. */
    synchronized Trace trace() {
        closeTurn();
        var kept = List.copyOf(entries);
        var before = count - kept.size();
        return new Trace(() -> turns(kept, before), count, digest);
    }

    private List<Turn> turns(List<Entry> kept, long before) {
        var turns = new ArrayList<Turn>();
        var number = before;
        for (var entry : kept) {
            turns.add(new Turn(
                    ++number, Duration.ofNanos(entry.nanos), names.name(entry.strand), entry.ready, say(entry)));
        }
        return turns;
    }

    private String say(Entry entry) {
        var object = names.in(entry.what);
        return entry.drawn
                + switch (entry.end) {
                    case WAITS ->
                        "waits for " + object
                                + (entry.untilNanos == Scheduler.NEVER ? "" : " until " + Names.time(entry.untilNanos));
                    case YIELDS -> "lets others go first";
                    case LEAVES -> "blocks outside";
                    case STARTS -> "starts " + object + " at once";
                    case ENDS -> "ends";
                    case STAYS -> "has not handed its turn on";
                };
    }
}

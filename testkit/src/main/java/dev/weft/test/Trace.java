package dev.weft.test;

import java.util.List;

/**
 * The record of an execution, turn by turn. Of a long one only the last turns are kept, but all of them count for
 * {@link #digest()}. Immutable.
 */
public final class Trace {

    private static final int PRINTED = 100;

    private final List<Turn> turns;
    private final long count;
    private final long digest;

    Trace(List<Turn> turns, long count, long digest) {
        this.turns = List.copyOf(turns);
        this.count = count;
        this.digest = digest;
    }

    /** The turns, the last 10,000 of them if there were more. */
    public List<Turn> turns() {
        return turns;
    }

    /** How many turns there were. */
    public long count() {
        return count;
    }

    /** A digest of all turns: who ran when, and why the turn ended. Equal for equal executions. */
    public long digest() {
        return digest;
    }

    /** A table of the turns; of the last 100 if there were more. */
    @Override
    public String toString() {
        var text = new StringBuilder("  turn          time  task              then\n");
        var first = Math.max(0, turns.size() - PRINTED);
        if (count > PRINTED) {
            text.append("     …  ").append(count - (turns.size() - first)).append(" turns before\n");
        }
        turns.subList(first, turns.size()).forEach(turn -> text.append(turn).append('\n'));
        return text.toString();
    }
}

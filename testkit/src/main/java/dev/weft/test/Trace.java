package dev.weft.test;

import java.util.List;
import java.util.function.Supplier;

/**
 * The record of an execution, turn by turn. Of a long one only the last turns are kept, but all of them count for
 * {@link #digest()}. Immutable.
 */
public final class Trace {

    private static final int PRINTED = 100;

    private final Lazy<List<Turn>> turns;
    private final long count;
    private final long digest;

    /** @param turns asked once, if somebody reads them: most executions of an exploration are read by nobody */
    Trace(Supplier<List<Turn>> turns, long count, long digest) {
        this.turns = new Lazy<>(() -> List.copyOf(turns.get()));
        this.count = count;
        this.digest = digest;
    }

    /** Has the turns made now: whoever keeps this keeps nothing of the execution. */
    Trace written() {
        turns.get();
        return this;
    }

    /**
     * The turns, the last 10,000 of them if there were more.
     *
     * @return in the order of time; an unmodifiable list
     */
    public List<Turn> turns() {
        return turns.get();
    }

    /**
     * The number of turns.
     *
     * @return all turns, also those that {@link #turns} does not keep
     */
    public long count() {
        return count;
    }

    /**
     * A digest of all turns: which task ran when, and why the turn ended. Equal for equal executions.
     *
     * @return the same number for equal executions; for others another one, but for chance
     */
    public long digest() {
        return digest;
    }

    /** A table of the turns; of the last 100 if there were more. */
    @Override
    public String toString() {
        var text = new StringBuilder("  turn          time  task              then\n");
        var kept = turns.get();
        var first = Math.max(0, kept.size() - PRINTED);
        if (count > PRINTED) {
            text.append("     …  ").append(count - (kept.size() - first)).append(" turns before\n");
        }
        kept.subList(first, kept.size()).forEach(turn -> text.append(turn).append('\n'));
        return text.toString();
    }
}

package dev.weft.cli.model;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** How many URLs ended up in which of the six. Not thread-safe. */
public final class Tally {

    private final Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);

    private long repeated;

    /** The outcome of one URL. */
    public void count(Result result) {
        count(result.verdict());
        repeated += result.transfer() == null ? 0 : result.transfer().repeated();
    }

    /** How often URLs were given to another member because one was lost. */
    public long repeated() {
        return repeated;
    }

    public void count(Verdict verdict) {
        count(verdict, 1);
    }

    public void count(Verdict verdict, long more) {
        counts.merge(verdict, Math.toIntExact(more), Integer::sum);
    }

    public int of(Verdict verdict) {
        return counts.getOrDefault(verdict, 0);
    }

    public int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Whether anything ended up in one of these. */
    boolean hasAny(Set<Verdict> verdicts) {
        return verdicts.stream().anyMatch(verdict -> of(verdict) > 0);
    }

    /** As in {@code 7 ok, 1 failed, 0 error, 1 timeout, 1 cut, 0 unstarted}: always all six. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        for (var verdict : Verdict.values()) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append(of(verdict))
                    .append(' ')
                    .append(verdict);
        }
        return text.toString();
    }
}

package dev.weft.test;

import dev.weft.internal.runtime.Strand;
import dev.weft.test.ReadyStrands.Entry;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Random;
import java.util.Set;

/**
 * Probabilistic concurrency testing (Burckhardt and others, 2010): each strand has a random priority, the highest runs,
 * and at {@code depth - 1} random turns the one that would run falls below all others. Finds a bug that needs
 * {@code depth} ordering decisions with a probability that can be stated, whatever else the program does.
 */
final class PriorityOrder implements Order {

    /** How many turns others wait for one of a high priority at most: it may wait for one of them, and not say so. */
    private static final int PATIENCE = 1_000;

    private final Random random;
    private final Set<Integer> changes = new HashSet<>();
    private final IdentityHashMap<Strand, Double> priorities = new IdentityHashMap<>();
    private final ByPriority waiting = new ByPriority();
    private int turn;
    private double lowest;

    /** @param length about how many turns there will be, at least one */
    PriorityOrder(long seed, int depth, int length) {
        random = Seeds.random(seed);
        for (var left = depth - 1; left > 0; left--) {
            changes.add(random.nextInt(length));
        }
    }

    @Override
    public void added(Entry entry) {
        entry.priority = priorities.computeIfAbsent(entry.strand, s -> random.nextDouble());
        waiting.add(entry);
    }

    @Override
    public Entry choose(ReadyStrands ready) {
        var highest = waiting.remove();
        if (changes.remove(turn++) || turn % PATIENCE == 0) {
            yielded(highest.strand);
            highest.priority = lowest;
            waiting.add(highest);
            highest = waiting.remove();
        }
        return highest;
    }

    /** One that waits by yielding, for somebody of a lower priority, would wait for ever. */
    @Override
    public void yielded(Strand strand) {
        priorities.put(strand, --lowest);
    }

    @Override
    public void ended(Strand strand) {
        priorities.remove(strand);
    }

    @Override
    public int draw(int alternatives) {
        return random.nextInt(alternatives);
    }
}

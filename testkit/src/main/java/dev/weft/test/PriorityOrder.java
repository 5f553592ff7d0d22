package dev.weft.test;

import dev.weft.runtime.Strand;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;

/**
 * Probabilistic concurrency testing (Burckhardt and others, 2010): each strand has a random priority, the highest runs,
 * and at {@code depth - 1} random turns the one that would run falls below all others. Finds a bug that needs
 * {@code depth} ordering decisions with a probability that can be stated, whatever else the program does.
 */
final class PriorityOrder implements Order {

    private final Random random;
    private final boolean[] changes;
    private final IdentityHashMap<Strand, Double> priorities = new IdentityHashMap<>();
    private int turn;
    private double lowest;

    /** @param length about how many turns there will be */
    PriorityOrder(long seed, int depth, int length) {
        random = Seeds.random(seed);
        changes = new boolean[Math.max(1, length)];
        for (var left = depth - 1; left > 0; left--) {
            changes[random.nextInt(changes.length)] = true;
        }
    }

    @Override
    public int choose(List<Strand> ready) {
        var highest = highest(ready);
        if (turn < changes.length && changes[turn++]) {
            yielded(ready.get(highest));
            highest = highest(ready);
        }
        return highest;
    }

    private int highest(List<Strand> ready) {
        var best = 0;
        var highest = Double.NEGATIVE_INFINITY;
        for (var i = 0; i < ready.size(); i++) {
            double priority = priorities.computeIfAbsent(ready.get(i), s -> random.nextDouble());
            if (priority > highest) {
                highest = priority;
                best = i;
            }
        }
        return best;
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
}

package dev.weft.test;

import dev.weft.runtime.Strand;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;

/**
 * Basic partial-order sampling (Yuan and others, 2018): each strand that becomes ready is given a random priority for
 * its next turn, which it keeps until it has had it. So, unlike with a uniform draw, a turn may be put off for long.
 */
final class PartialOrder implements Order {

    private final Random random;
    private final IdentityHashMap<Strand, Double> priorities = new IdentityHashMap<>();

    PartialOrder(long seed) {
        random = Seeds.random(seed);
    }

    @Override
    public int choose(List<Strand> ready) {
        var best = 0;
        var highest = -1.0;
        for (var i = 0; i < ready.size(); i++) {
            var priority = priorities.computeIfAbsent(ready.get(i), s -> random.nextDouble());
            if (priority > highest) {
                highest = priority;
                best = i;
            }
        }
        priorities.remove(ready.get(best));
        return best;
    }
}

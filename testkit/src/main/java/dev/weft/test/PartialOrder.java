package dev.weft.test;

import dev.weft.test.ReadyStrands.Entry;
import java.util.Random;

/**
 * Basic partial-order sampling (Yuan and others, 2018): each strand that becomes ready is given a random priority for
 * its next turn, which it keeps until it has had it. So, unlike with a uniform draw, a turn may be put off for long.
 */
final class PartialOrder implements Order {

    private final Random random;
    private final ByPriority waiting = new ByPriority();

    PartialOrder(long seed) {
        random = Seeds.random(seed);
    }

    @Override
    public void added(Entry entry) {
        entry.priority = random.nextDouble();
        waiting.add(entry);
    }

    @Override
    public Entry choose(ReadyStrands ready) {
        return waiting.remove();
    }

    @Override
    public int draw(int alternatives) {
        return random.nextInt(alternatives);
    }
}

package dev.weft.test;

import dev.weft.test.ReadyStrands.Entry;
import java.util.Random;

/** A uniform draw at each turn. */
final class RandomOrder implements Order {

    private final Random random;

    RandomOrder(long seed) {
        random = Seeds.random(seed);
    }

    @Override
    public Entry choose(ReadyStrands ready) {
        return ready.at(random.nextInt(ready.size()));
    }

    @Override
    public int draw(int alternatives) {
        return random.nextInt(alternatives);
    }
}

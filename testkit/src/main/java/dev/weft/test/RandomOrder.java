package dev.weft.test;

import dev.weft.runtime.Strand;
import java.util.List;
import java.util.Random;

/** A uniform draw at each turn. */
final class RandomOrder implements Order {

    private final Random random;

    RandomOrder(long seed) {
        random = Seeds.random(seed);
    }

    @Override
    public int choose(List<Strand> ready) {
        return random.nextInt(ready.size());
    }
}

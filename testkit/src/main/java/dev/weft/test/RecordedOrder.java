package dev.weft.test;

import dev.weft.test.ReadyStrands.Entry;
import java.util.Map;

/** First come, first served, and the first alternative, but for some detours: at which choice, and how far from it. */
final class RecordedOrder implements Order {

    private final Map<Integer, Integer> detours;
    private int choices;

    RecordedOrder(Map<Integer, Integer> detours) {
        this.detours = detours;
    }

    @Override
    public Entry choose(ReadyStrands ready) {
        if (ready.size() == 1) {
            return ready.at(0);
        }
        return ready.at(draw(ready.size()));
    }

    @Override
    public int draw(int alternatives) {
        var place = detours.getOrDefault(choices++, 0);
        return Math.min(place, alternatives - 1);
    }
}

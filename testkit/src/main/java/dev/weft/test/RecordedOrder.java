package dev.weft.test;

import dev.weft.test.ReadyStrands.Entry;
import java.util.Map;

/** First come, first served, but for some detours: at which choice, and how far back in the queue. */
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
        var place = detours.getOrDefault(choices++, 0);
        return ready.at(Math.min(place, ready.size() - 1));
    }
}

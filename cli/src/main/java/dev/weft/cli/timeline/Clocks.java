package dev.weft.cli.timeline;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Measures how far the clocks of recordings are apart. A handler runs within the time of its call, whatever the clocks
 * say: each call that both sides have recorded bounds what is to be added to the member's times.
 */
final class Clocks {

    /** The bounds of the difference between the clocks of two recordings. */
    record Bounds(Duration least, Duration greatest) {

        Bounds and(Bounds other) {
            return new Bounds(
                    least.compareTo(other.least) > 0 ? least : other.least,
                    greatest.compareTo(other.greatest) < 0 ? greatest : other.greatest);
        }

        Bounds reversed() {
            return new Bounds(greatest.negated(), least.negated());
        }

        /** None, if the clocks may agree; else the middle. */
        Duration offset() {
            return isZeroWithin() ? Duration.ZERO : least.plus(greatest).dividedBy(2);
        }

        boolean isZeroWithin() {
            return !least.isPositive() && !greatest.isNegative();
        }

        /** How far the offset may be wrong. */
        Duration error() {
            return isZeroWithin()
                    ? least.abs().compareTo(greatest) > 0 ? least.abs() : greatest
                    : greatest.minus(least).abs().dividedBy(2);
        }
    }

    private final Map<Integer, Map<Integer, Bounds>> between = new TreeMap<>();

    /**
     * A call that two recordings have.
     *
     * @param sent when the caller sent it, and {@code ended} when that had its end
     * @param from when the handler began, and {@code to} when it ended, by the member's clock
     */
    void add(int caller, Instant sent, Instant ended, int member, Instant from, Instant to) {
        var bounds = new Bounds(Duration.between(from, sent), Duration.between(to, ended));
        put(caller, member, bounds);
        put(member, caller, bounds.reversed());
    }

    private void put(int base, int other, Bounds bounds) {
        between.computeIfAbsent(base, _ -> new TreeMap<>()).merge(other, bounds, Bounds::and);
    }

    /** For each recording that is connected with the first by calls: what is to be added to its times. */
    Map<Integer, Bounds> ofFirst() {
        var found = new TreeMap<Integer, Bounds>();
        found.put(0, new Bounds(Duration.ZERO, Duration.ZERO));
        List<Integer> open = new ArrayList<>(List.of(0));
        while (!open.isEmpty()) {
            var base = open.removeFirst();
            var known = found.getOrDefault(base, new Bounds(Duration.ZERO, Duration.ZERO));
            between.getOrDefault(base, Map.of()).forEach((other, bounds) -> {
                if (!found.containsKey(other)) {
                    found.put(
                            other,
                            new Bounds(
                                    known.least().plus(bounds.least()),
                                    known.greatest().plus(bounds.greatest())));
                    open.add(other);
                }
            });
        }
        return found;
    }
}

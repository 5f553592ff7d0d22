package dev.weft.test;

import dev.weft.test.SimulationError.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The settings of a {@link Simulation}, which refuse values that make no sense. Immutable but for what {@link #with}
 * hands to its change: {@link #with} makes another.
 */
final class Settings {

    Set<Kind> allowed = EnumSet.noneOf(Kind.class);
    long stepLimit = 1_000_000;
    Duration turnLimit = Duration.ofSeconds(5);
    Duration cancellationGrace = Duration.ofSeconds(5);
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    long randomSeed;
    boolean clockRuns = true;
    boolean outsideEvents;
    boolean debug;
    boolean shrinks = true;
    boolean deep;

    /** Whether a finding says what each strand waits for, which takes long in a deep simulation. */
    boolean describes = true;

    long firstSeed = 1;
    List<Strategy> strategies = List.of(Strategy.values());

    Settings with(Consumer<Settings> change) {
        var copy = new Settings();
        copy.allowed = allowed;
        copy.stepLimit = stepLimit;
        copy.turnLimit = turnLimit;
        copy.cancellationGrace = cancellationGrace;
        copy.start = start;
        copy.randomSeed = randomSeed;
        copy.clockRuns = clockRuns;
        copy.outsideEvents = outsideEvents;
        copy.debug = debug;
        copy.shrinks = shrinks;
        copy.deep = deep;
        copy.describes = describes;
        copy.firstSeed = firstSeed;
        copy.strategies = strategies;
        change.accept(copy);
        return copy;
    }

    void allow(Kind... kinds) {
        var all = EnumSet.noneOf(Kind.class);
        for (var kind : kinds) {
            all.add(Objects.requireNonNull(kind, "kind"));
        }
        allowed = all;
    }

    void limitSteps(long turns) {
        if (turns <= 0) {
            throw new IllegalArgumentException("the step limit must be positive, not " + turns);
        }
        stepLimit = turns;
    }

    void startAt(Instant first) {
        if (Objects.requireNonNull(first, "start").isAfter(Instant.MAX.minusNanos(Long.MAX_VALUE))) {
            throw new IllegalArgumentException("the clock could not go on for 292 years from " + first);
        }
        start = first;
    }

    void drawBy(Strategy... chosen) {
        for (var strategy : chosen) {
            Objects.requireNonNull(strategy, "strategy");
        }
        if (chosen.length == 0) {
            throw new IllegalArgumentException("no strategies: there are " + List.of(Strategy.values()));
        }
        strategies = List.of(chosen);
    }

    static Duration positive(Duration duration, String name) {
        if (!Objects.requireNonNull(duration, name).isPositive()) {
            throw new IllegalArgumentException("the " + name + " must be positive, not " + duration);
        }
        return duration;
    }
}

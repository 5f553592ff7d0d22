package dev.weft.test;

import dev.weft.test.SimulationError.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The settings of a {@link Simulation}. Immutable: {@link #with} makes another. */
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
}

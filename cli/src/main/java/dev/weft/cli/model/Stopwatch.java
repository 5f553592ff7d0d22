package dev.weft.cli.model;

import java.time.Duration;

/** Measures how long ago something was. Immutable. */
public final class Stopwatch {

    private final long startNanos = System.nanoTime();

    private Stopwatch() {}

    public static Stopwatch start() {
        return new Stopwatch();
    }

    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }
}

package dev.weft.cli;

import java.time.Duration;

/** Measures how long ago something was. Immutable. */
final class Stopwatch {

    private final long startNanos = System.nanoTime();

    private Stopwatch() {}

    static Stopwatch start() {
        return new Stopwatch();
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }
}

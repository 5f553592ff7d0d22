package dev.weft.cli.model;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/** Measures how long ago something was. Immutable. */
public final class Stopwatch {

    private final long startNanos = System.nanoTime();

    private final boolean isOfProcess;

    private Stopwatch(boolean isOfProcess) {
        this.isOfProcess = isOfProcess;
    }

    public static Stopwatch start() {
        return new Stopwatch(false);
    }

    /** One that is started as the first thing that the program does. */
    public static Stopwatch ofProcess() {
        return new Stopwatch(true);
    }

    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    /** How long the JVM had been starting before; zero if this is not the process's own. Costs some milliseconds. */
    public Duration jvmStart() {
        if (!isOfProcess) {
            return Duration.ZERO;
        }
        var before = Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime())
                .minus(elapsed());
        return before.isNegative() ? Duration.ZERO : before;
    }
}

package dev.weft.cli.remote;

import dev.weft.cluster.ClusterListener;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * Tells of connections that a member has refused: a certificate of another authority, a program that is not a member. A
 * line at once, and then one a minute at most, so that a flood of strangers floods no log. Thread-safe.
 */
final class RefusedConnections implements ClusterListener {

    static final Duration PAUSE = Duration.ofMinutes(1);

    private final Consumer<String> lines;
    private final InstantSource clock;
    private long silentUntilMillis = Long.MIN_VALUE;
    private int silent;

    RefusedConnections(Consumer<String> lines) {
        this(lines, InstantSource.system());
    }

    RefusedConnections(Consumer<String> lines, InstantSource clock) {
        this.lines = lines;
        this.clock = clock;
    }

    @Override
    public void refused(String what) {
        String more;
        synchronized (this) {
            var now = clock.millis();
            if (now < silentUntilMillis) {
                silent++;
                return;
            }
            silentUntilMillis = now + PAUSE.toMillis();
            more = silent == 0 ? "" : "; and " + silent + " since the last such line";
            silent = 0;
        }
        lines.accept("refused " + what + more);
    }
}

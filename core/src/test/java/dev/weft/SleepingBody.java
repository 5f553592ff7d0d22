package dev.weft;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.sleep;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A body that sleeps until it is cancelled, then takes its time to clean up, and remembers all that for tests. */
final class SleepingBody implements Body<String, RuntimeException> {

    private static final Duration CLEAN_UP_TIME = Duration.ofMillis(1);

    /** Open once the body runs. */
    final Gate started = new Gate();

    private volatile @Nullable InterruptedException interruption;
    private volatile boolean ended;

    @Override
    public String run() throws InterruptedException {
        started.open();
        try {
            return sleep(FOREVER, "slept for ever");
        } catch (InterruptedException e) {
            interruption = e;
            sleep(CLEAN_UP_TIME);
            throw e;
        } finally {
            ended = true;
        }
    }

    /** What has woken the body, or null. */
    @Nullable
    InterruptedException interruption() {
        return interruption;
    }

    /** Whether the body has ended, clean-up and all. */
    boolean hasEnded() {
        return ended;
    }
}

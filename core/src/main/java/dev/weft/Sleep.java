package dev.weft;

import java.time.Duration;
import java.util.Objects;

/** Waiting for time to pass. */
final class Sleep implements Waitable {

    private static final Sleep WAIT = new Sleep();

    private Sleep() {}

    static void sleep(Duration duration) throws InterruptedException {
        Objects.requireNonNull(duration, "duration");
        var self = Activity.current();
        if (duration.isPositive()) {
            self.waitFor(WAIT, Durations.deadline(self.scheduler(), duration));
        } else {
            self.yieldTurn();
        }
    }

    @Override
    public boolean isReady() {
        return false;
    }

    @Override
    public String toString() {
        return "sleep";
    }
}

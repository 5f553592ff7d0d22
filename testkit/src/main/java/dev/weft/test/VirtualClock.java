package dev.weft.test;

import dev.weft.internal.runtime.Scheduler;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/** A simulation's time as a {@link Clock}. */
final class VirtualClock extends Clock {

    private final Scheduler scheduler;
    private final Instant start;
    private final ZoneId zone;

    VirtualClock(Scheduler scheduler, Instant start, ZoneId zone) {
        this.scheduler = scheduler;
        this.start = start;
        this.zone = zone;
    }

    @Override
    public Instant instant() {
        return start.plusNanos(scheduler.nanoTime());
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId newZone) {
        return new VirtualClock(scheduler, start, newZone);
    }
}

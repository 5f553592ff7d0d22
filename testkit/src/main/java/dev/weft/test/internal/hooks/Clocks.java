package dev.weft.test.internal.hooks;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** Reads of the time. Each takes what the JDK's method takes, and returns the same. */
public final class Clocks {

    private Clocks() {}

    /** In place of the JDK's. */
    @Instead(System.class)
    public static long nanoTime() {
        return SwitchPoints.hooks().nanoTime();
    }

    /** In place of the JDK's. */
    @Instead(System.class)
    public static long currentTimeMillis() {
        return SwitchPoints.hooks().currentTimeMillis();
    }

    /** In place of the JDK's. */
    @Instead(value = Instant.class, name = "now")
    public static Instant instant() {
        return SwitchPoints.hooks().now();
    }

    /** In place of the JDK's. */
    @Instead(Clock.class)
    public static Clock systemUTC() {
        return system(ZoneOffset.UTC);
    }

    /** In place of the JDK's. */
    @Instead(Clock.class)
    public static Clock systemDefaultZone() {
        return system(ZoneId.systemDefault());
    }

    /** In place of the JDK's. */
    @Instead(Clock.class)
    public static Clock system(ZoneId zone) {
        return SwitchPoints.hooks() == Hooks.NONE ? Clock.system(zone) : new HookedClock(zone);
    }

    /** In place of the JDK's. */
    @Instead(value = InstantSource.class, name = "system")
    public static InstantSource source() {
        return SwitchPoints.hooks() == Hooks.NONE ? InstantSource.system() : new HookedClock(ZoneOffset.UTC);
    }

    /** In place of the JDK's. */
    @Instead(value = LocalDateTime.class, name = "now")
    public static LocalDateTime localDateTime() {
        return LocalDateTime.now(systemDefaultZone());
    }

    /** In place of the JDK's. */
    @Instead(value = LocalDateTime.class, name = "now")
    public static LocalDateTime localDateTime(ZoneId zone) {
        return LocalDateTime.now(system(zone));
    }

    /** In place of the JDK's. */
    @Instead(value = LocalDate.class, name = "now")
    public static LocalDate localDate() {
        return LocalDate.now(systemDefaultZone());
    }

    /** In place of the JDK's. */
    @Instead(value = LocalDate.class, name = "now")
    public static LocalDate localDate(ZoneId zone) {
        return LocalDate.now(system(zone));
    }

    /** In place of the JDK's. */
    @Instead(value = LocalTime.class, name = "now")
    public static LocalTime localTime() {
        return LocalTime.now(systemDefaultZone());
    }

    /** In place of the JDK's. */
    @Instead(value = LocalTime.class, name = "now")
    public static LocalTime localTime(ZoneId zone) {
        return LocalTime.now(system(zone));
    }

    /** In place of the JDK's. */
    @Instead(value = ZonedDateTime.class, name = "now")
    public static ZonedDateTime zonedDateTime() {
        return ZonedDateTime.now(systemDefaultZone());
    }

    /** In place of the JDK's. */
    @Instead(value = ZonedDateTime.class, name = "now")
    public static ZonedDateTime zonedDateTime(ZoneId zone) {
        return ZonedDateTime.now(system(zone));
    }

    /** In place of the JDK's. */
    @Instead(value = OffsetDateTime.class, name = "now")
    public static OffsetDateTime offsetDateTime() {
        return OffsetDateTime.now(systemDefaultZone());
    }

    /** In place of the JDK's. */
    @Instead(value = OffsetDateTime.class, name = "now")
    public static OffsetDateTime offsetDateTime(ZoneId zone) {
        return OffsetDateTime.now(system(zone));
    }

    /** A clock that goes as the hooks say at each reading. */
    private static final class HookedClock extends Clock {
        private final ZoneId zone;

        HookedClock(ZoneId zone) {
            this.zone = zone;
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return new HookedClock(other);
        }

        @Override
        public Instant instant() {
            return SwitchPoints.hooks().now();
        }

        @Override
        public String toString() {
            return "HookedClock[" + zone + "]";
        }
    }
}

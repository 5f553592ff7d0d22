package dev.weft.internal.task;

import dev.weft.Cancellation;
import dev.weft.internal.flight.CancelEvent;
import dev.weft.internal.flight.Flight;
import dev.weft.internal.flight.HeldEventLoopEvent;
import dev.weft.internal.flight.IgnoresCancellationEvent;
import dev.weft.internal.flight.TimeoutEvent;
import dev.weft.internal.flight.WaitEvent;
import dev.weft.internal.runtime.Durations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Tells the flight recorder, if it is on, of what happens to strands; of tasks {@link TaskSpan} tells. */
public final class FlightEvents {

    private FlightEvents() {}

    /** A wait that may be worth recording. */
    static final class Wait {
        private final WaitEvent event;
        private final @Nullable String what;

        private Wait(WaitEvent event, @Nullable String what) {
            this.event = event;
            this.what = what;
        }
    }

    /** A wait begins. Null if nobody wants to know. */
    static @Nullable Wait beginWait(Awaitable target) {
        if (!Flight.isOn()) {
            return null;
        }
        var event = new WaitEvent();
        if (!event.isEnabled()) {
            return null;
        }
        // what is waited for by nodes in lists is forgotten there once the wait has ended
        var what = target instanceof TaskImpl<?> || target instanceof Owner ? null : target.toString();
        event.begin();
        return new Wait(event, what);
    }

    static void endWait(Wait wait, ParkingStrand self, Awaitable target) {
        var event = wait.event;
        event.end();
        if (!event.shouldCommit()) {
            return;
        }
        var what = wait.what;
        if (what == null) {
            what = switch (target) {
                case TaskImpl<?> task -> task.describe();
                case Owner owner -> owner.nameInEvents();
                default -> target.toString();
            };
        }
        event.write(number(self), self.describe(), what, target instanceof TaskImpl<?> task ? task.number() : 0);
    }

    public static void cancelled(StructuredStrand target, boolean children, Cancellation cancellation) {
        if (!Flight.isOn()) {
            return;
        }
        var event = new CancelEvent();
        if (event.shouldCommit()) {
            event.write(
                    number(target),
                    target.describe(),
                    children,
                    Flight.text(() -> String.valueOf(cancellation.reasonText())),
                    cancellation.origin());
        }
    }

    public static void timedOut(StructuredStrand self, LimitedBlock block) {
        if (!Flight.isOn()) {
            return;
        }
        var event = new TimeoutEvent();
        if (event.shouldCommit()) {
            event.write(number(self), self.describe(), block.description(), block.lateNanos());
        }
    }

    static void ignoresCancellation(StructuredStrand strand, Duration grace, Cancellation reason, Throwable where) {
        if (!Flight.isOn()) {
            return;
        }
        var event = new IgnoresCancellationEvent();
        if (event.shouldCommit()) {
            event.write(
                    number(strand),
                    strand.name(),
                    Durations.nanos(grace),
                    Flight.text(reason::toString),
                    Flight.frames(where.getStackTrace()));
        }
    }

    public static void heldEventLoop(Thread holder, long heldNanos, Throwable where) {
        if (!Flight.isOn()) {
            return;
        }
        var event = new HeldEventLoopEvent();
        if (event.shouldCommit()) {
            event.write(holder.getName(), heldNanos, Flight.frames(where.getStackTrace()));
        }
    }

    private static long number(ParkingStrand strand) {
        return strand instanceof TaskImpl<?> task ? task.number() : 0;
    }
}

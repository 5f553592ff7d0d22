package dev.weft.internal.run;

import dev.weft.Problem;
import dev.weft.internal.flight.Flight;
import dev.weft.internal.runtime.Durations;
import dev.weft.internal.runtime.EventLoopScheduler;
import dev.weft.internal.runtime.RealTime;
import dev.weft.internal.runtime.Scheduler;
import dev.weft.internal.task.FlightEvents;
import dev.weft.internal.task.Problems;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The watch over an event loop, in debug mode and while flights are recorded: reports a turn that lasts too long, once,
 * with the stack of who holds it.
 */
public final class LongTurnWatch {

    private static final Duration LONG_TURN = Duration.ofMillis(100);
    private static final long PERIOD_NANOS = LONG_TURN.toNanos() / 2;

    private static final LongTurnWatch OFF = new LongTurnWatch(null, null);

    private final @Nullable EventLoopScheduler loop;

    /** Null if only the flight recorder is to be told. */
    private final @Nullable Problems problems;

    private volatile boolean closed;

    private long turn;
    private long turnSeen;
    private boolean reported;

    private LongTurnWatch(@Nullable EventLoopScheduler loop, @Nullable Problems problems) {
        this.loop = loop;
        this.problems = problems;
    }

    static LongTurnWatch watch(Scheduler scheduler, boolean on, Problems problems) {
        // a subclass has a clock of its own, and who looks after it
        if ((!on && !Flight.isOn())
                || !(scheduler instanceof EventLoopScheduler loop)
                || loop.getClass() != EventLoopScheduler.class) {
            return OFF;
        }
        var watch = new LongTurnWatch(loop, on ? problems : null);
        watch.look();
        return watch;
    }

    private void look() {
        var watched = loop;
        if (closed || watched == null) {
            return;
        }
        var holder = watched.holder();
        var now = watched.turns();
        if (holder == null || now != turn) {
            turn = now;
            turnSeen = RealTime.nanoTime();
            reported = false;
        } else if (!reported && RealTime.nanoTime() - turnSeen >= LONG_TURN.toNanos()) {
            reported = true;
            report(holder);
        }
        RealTime.schedule(PERIOD_NANOS, this::look);
    }

    private void report(Thread holder) {
        var where = new Throwable("where '" + holder.getName() + "' is now");
        where.setStackTrace(holder.getStackTrace());
        FlightEvents.heldEventLoop(holder, RealTime.nanoTime() - turnSeen, where);
        if (problems == null) {
            return;
        }
        problems.report(
                Problem.Kind.HOLDS_EVENT_LOOP,
                "'" + holder.getName() + "' has kept the event loop from running for more than "
                        + Durations.format(LONG_TURN) + ": put what blocks into blocking(…)",
                null,
                where);
    }

    void close() {
        closed = true;
    }
}

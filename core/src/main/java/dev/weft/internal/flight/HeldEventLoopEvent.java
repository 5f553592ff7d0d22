package dev.weft.internal.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** A turn that lasts too long. */
@Name("dev.weft.HeldEventLoop")
@Label("Held event loop")
@Category("Weft")
@Description("A task keeps all others of its event loop from running")
@StackTrace(false)
public final class HeldEventLoopEvent extends Event {

    @Label("Holder")
    @Description("The thread that has the turn")
    String holder;

    @Label("Held")
    @Description("For how long, until now")
    @Timespan
    long held;

    @Label("Frames")
    @Description("Where it is")
    String frames;

    /** An event of nothing yet. */
    public HeldEventLoopEvent() {
        holder = "";
        frames = "";
    }

    /** Fills this, and commits it. */
    public void write(String newHolder, long newHeld, String newFrames) {
        holder = newHolder;
        held = newHeld;
        frames = newFrames;
        commit();
    }
}

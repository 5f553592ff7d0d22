package dev.weft.internal.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** A task that does not stop. */
@Name("dev.weft.IgnoresCancellation")
@Label("Ignores cancellation")
@Category("Weft")
@Description("A task was asked to stop long ago and still runs")
@StackTrace(false)
public final class IgnoresCancellationEvent extends Event {

    @Label("Task")
    @Description("The number of the task")
    long task;

    @Label("Name")
    String name;

    @Label("Grace")
    @Description("How long it was given")
    @Timespan
    long grace;

    @Label("Reason")
    @Description("Why it was asked to stop, and by whom")
    String reason;

    @Label("Frames")
    @Description("Where it is")
    String frames;

    /** An event of nothing yet. */
    public IgnoresCancellationEvent() {
        name = "";
        reason = "";
        frames = "";
    }

    /** Fills this, and commits it. */
    public void write(long newTask, String newName, long newGrace, String newReason, String newFrames) {
        task = newTask;
        name = newName;
        grace = newGrace;
        reason = newReason;
        frames = newFrames;
        commit();
    }
}

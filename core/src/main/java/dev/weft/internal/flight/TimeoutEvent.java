package dev.weft.internal.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** A time limit that has run out. */
@Name("dev.weft.Timeout")
@Label("Timeout")
@Category("Weft")
@Description("A block with a time limit has ended, and its deadline had passed")
@StackTrace
public final class TimeoutEvent extends Event {

    @Label("Task")
    @Description("The number of the task that the block is in; 0 if it is a thread")
    long task;

    @Label("Name")
    @Description("The task or thread that the block is in")
    String name;

    @Label("Limit")
    @Description("In words")
    String limit;

    @Label("Late")
    @Description("How long after the deadline the block has ended")
    @Timespan
    long late;

    /** An event of nothing yet. */
    public TimeoutEvent() {
        name = "";
        limit = "";
    }

    /** Fills this, and commits it. */
    public void write(long newTask, String newName, String newLimit, long newLate) {
        task = newTask;
        name = newName;
        limit = newLimit;
        late = newLate;
        commit();
    }
}

package dev.weft.internal.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A request to stop. One for all children of a call that is stopped. */
@Name("dev.weft.Cancel")
@Label("Cancel")
@Category("Weft")
@Description("A task or thread is asked to stop; the stack is that of the requester")
@StackTrace
public final class CancelEvent extends Event {

    @Label("Task")
    @Description("The number of the task that is asked to stop; 0 if it is a thread")
    long task;

    @Label("Name")
    @Description("The task or thread that is asked to stop")
    String name;

    @Label("Children")
    @Description("Whether the children of one of its calls are asked, and not itself")
    boolean children;

    @Label("Reason")
    String reason;

    @Label("Origin")
    @Description("The requester: a task or thread")
    String origin;

    /** An event of nothing yet. */
    public CancelEvent() {
        name = "";
        reason = "";
        origin = "";
    }

    /** Fills this, and commits it. */
    public void write(long newTask, String newName, boolean newChildren, String newReason, String newOrigin) {
        task = newTask;
        name = newName;
        children = newChildren;
        reason = newReason;
        origin = newOrigin;
        commit();
    }
}

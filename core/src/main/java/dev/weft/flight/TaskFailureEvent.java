package dev.weft.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** The failure of a task, which no threshold keeps out. */
@Name("dev.weft.TaskFailure")
@Label("Task failure")
@Category("Weft")
@Description("A task has ended by an exception, however short it was")
@StackTrace(false)
public final class TaskFailureEvent extends Event {

    @Label("Task")
    @Description("The number of the task")
    long task;

    @Label("Name")
    String name;

    @Label("Parent")
    @Description("The number of the task that does not end before this one; 0 if that is a run or a thread")
    long parent;

    @Label("Parent name")
    @Description("In words")
    String parentName;

    @Label("Exception")
    @Description("The class of what it threw")
    String exception;

    @Label("Reason")
    @Description("The message of what it threw")
    @Nullable
    String reason;

    /** An event of nothing yet. */
    public TaskFailureEvent() {
        name = "";
        parentName = "";
        exception = "";
    }

    /** Fills this, and commits it. */
    public void write(
            long newTask,
            String newName,
            long newParent,
            String newParentName,
            String newException,
            @Nullable String newReason) {
        task = newTask;
        name = newName;
        parent = newParent;
        parentName = newParentName;
        exception = newException;
        reason = newReason;
        commit();
    }
}

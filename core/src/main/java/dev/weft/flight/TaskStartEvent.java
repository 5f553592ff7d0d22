package dev.weft.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** The beginning of a task. Off unless asked for: a second event for each task. */
@Name("dev.weft.TaskStart")
@Label("Task start")
@Category("Weft")
@Description("A task begins its body: to see tasks that have not ended")
@Enabled(false)
@StackTrace(false)
public final class TaskStartEvent extends Event {

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

    @Label("Call")
    @Description("What has started it")
    String call;

    /** An event of nothing yet. */
    public TaskStartEvent() {
        name = "";
        parentName = "";
        call = "";
    }

    /** Fills this, and commits it. */
    public void write(long newTask, String newName, long newParent, String newParentName, String newCall) {
        task = newTask;
        name = newName;
        parent = newParent;
        parentName = newParentName;
        call = newCall;
        commit();
    }
}

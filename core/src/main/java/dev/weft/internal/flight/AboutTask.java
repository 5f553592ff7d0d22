package dev.weft.internal.flight;

import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;

/** The fields of every event of a task's own life: the task and its owner. */
public abstract class AboutTask extends Event {

    @Label("Task")
    @Description("The number of the task")
    long task;

    @Label("Name")
    String name = "";

    @Label("Parent")
    @Description("The number of the task that does not end before this one; 0 if that is a run or a thread")
    long parent;

    @Label("Parent name")
    @Description("In words")
    String parentName = "";

    @Label("Call")
    @Description("The construct that has started it: gather, task group, run, …")
    String call = "";

    /** The task of the event. */
    public final void of(long newTask, String newName, long newParent, String newParentName, String newCall) {
        task = newTask;
        name = newName;
        parent = newParent;
        parentName = newParentName;
        call = newCall;
    }
}

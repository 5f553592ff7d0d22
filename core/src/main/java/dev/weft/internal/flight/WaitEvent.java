package dev.weft.internal.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** One wait in Weft: for a task, a structured call, a lock, the time. */
@Name("dev.weft.Wait")
@Label("Wait")
@Category("Weft")
@Description("A task or thread has waited within Weft")
@Threshold("1 ms")
@StackTrace(false)
public final class WaitEvent extends Event {

    @Label("Task")
    @Description("The number of the task that waits; 0 if it is a thread")
    long task;

    @Label("Name")
    @Description("The task or thread that waits")
    String name;

    @Label("Waiting for")
    String waitingFor;

    @Label("Awaited task")
    @Description("The number of the task that is awaited; 0 if it is not one task")
    long awaited;

    /** An event of nothing yet. */
    public WaitEvent() {
        name = "";
        waitingFor = "";
    }

    /** Fills this, and commits it. */
    public void write(long newTask, String newName, String newWaitingFor, long newAwaited) {
        task = newTask;
        name = newName;
        waitingFor = newWaitingFor;
        awaited = newAwaited;
        commit();
    }
}

package dev.weft.internal.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
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
public final class TaskFailureEvent extends AboutTask {

    @Label("Exception")
    @Description("The class of the exception that it threw")
    String exception = "";

    @Label("Reason")
    @Description("The message of the exception that it threw")
    @Nullable
    String reason;

    /** The exception that it threw. */
    public void threw(String newException, @Nullable String newReason) {
        exception = newException;
        reason = newReason;
    }
}

package dev.weft.internal.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/**
 * The body of a task, from its beginning to its end. A task lasts as long as its structured children at least: whatever
 * the threshold, the parent of a recorded task is recorded.
 */
@Name("dev.weft.Task")
@Label("Task")
@Category("Weft")
@Description("A task has run its body")
@Threshold("100 us")
@StackTrace(false)
public final class TaskEvent extends AboutTask {

    @Label("Outcome")
    @Description("success, failure or cancelled")
    String outcome = "";

    @Label("Exception")
    @Description("The class of the exception that it threw, if it failed")
    @Nullable
    String exception;

    @Label("Reason")
    @Description("Why it was cancelled, or the message of the exception that it threw")
    @Nullable
    String reason;

    @Label("Origin")
    @Description("The task or thread that has cancelled it")
    @Nullable
    String origin;

    /** It has returned. */
    public void succeeded() {
        outcome = "success";
    }

    /** It has thrown. */
    public void failed(String newException, String newReason) {
        outcome = "failure";
        exception = newException;
        reason = newReason;
    }

    /** It was asked to stop, and has. */
    public void cancelled(String newReason, String newOrigin) {
        outcome = "cancelled";
        reason = newReason;
        origin = newOrigin;
    }
}

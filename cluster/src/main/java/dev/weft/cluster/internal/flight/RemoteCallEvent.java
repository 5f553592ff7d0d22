package dev.weft.cluster.internal.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** A call from its beginning to its end, at its caller; or one attempt of it, at the member that has run it. */
@Name("dev.weft.RemoteCall")
@Label("Remote call")
@Category("Weft")
@Description("A handler was called on another member, or has run here for a call of another member")
@StackTrace(false)
final class RemoteCallEvent extends Event {

    @Label("Side")
    @Description("caller or member")
    String side = "";

    @Label("Call")
    @Description("Identifies the call in the cluster: the same on both sides")
    String call = "";

    @Label("Handler")
    String handler = "";

    @Label("Caller")
    @Description("The name and identity of the member that has called")
    String caller = "";

    @Label("Member")
    @Description("The name and identity of the member that has run the call last; empty if it was not sent")
    String member = "";

    @Label("Task")
    @Description("The name of the task that has called, or of the handler's")
    String task = "";

    @Label("Attempt")
    @Description("At the member: the number of the attempt. At the caller: how many there were")
    int attempt;

    @Label("Outcome")
    @Description("ok, failed, cancelled, expired or lost")
    String outcome = "";

    @Label("Queued")
    @Description("For how long the call has waited at its caller for a place")
    @Timespan
    long queued;
}

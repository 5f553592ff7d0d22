package dev.weft.cli.inspect;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.AttachOperationFailedException;
import dev.weft.cli.inspect.CannotInspectException.Kind;
import java.util.Locale;

/** The meaning of a failed attempt to attach to a JVM. */
final class Refusal {

    private Refusal() {}

    /** As the exception that people read. */
    static CannotInspectException of(long pid, Exception e) {
        var message = String.valueOf(e.getMessage());
        var small = message.toLowerCase(Locale.ROOT);
        if (ProcessHandle.of(pid).isEmpty() || small.contains("no such process")) {
            return Candidate.noProcess(pid);
        }
        if (small.contains("permi") || small.contains("access denied") || small.contains("access is denied")) {
            return Candidate.notPermitted(pid);
        }
        return switch (e) {
            case AttachNotSupportedException _
            when small.contains("does not support the attach mechanism") ->
                new CannotInspectException(
                        Kind.REFUSED,
                        "process " + pid + " cannot be attached to: it was started with -XX:+DisableAttachMechanism;"
                                + " start it without that option");
            case AttachNotSupportedException _ ->
                new CannotInspectException(
                        Kind.NO_ANSWER,
                        "process " + pid + " does not answer: it hangs, is stopped, or was started with"
                                + " -XX:+DisableAttachMechanism (" + message + ")");
            case AttachOperationFailedException _ ->
                new CannotInspectException(
                        Kind.REFUSED,
                        "process " + pid + " cannot start the JDK's own management agent: its Java may be a JRE without"
                                + " the module jdk.management.agent; run it on a full JDK (" + message + ")");
            default ->
                new CannotInspectException(
                        Kind.REFUSED, "process " + pid + " cannot be attached to: " + e + "; try again");
        };
    }
}

package dev.weft.internal.task;

import dev.weft.CallerTrace;
import dev.weft.internal.api.Api;
import dev.weft.internal.failure.CreationSite;
import dev.weft.internal.failure.Interrupts;
import java.util.concurrent.CancellationException;

/** Adds to a task's failure, which is about to be thrown by the calling thread, where that stands. */
public final class CallerTraces {

    /** Of the caller's: the outer ones are the server's. */
    private static final int MAX_FRAMES = 32;

    /** Of one exception: a constant may be thrown for ever, and must not grow. */
    private static final int MAX_TRACES = 8;

    private static final StackWalker FRAMES = StackWalker.getInstance();

    private CallerTraces() {}

    /** Returns {@code failure}, with where the calling thread stands suppressed into it. */
    public static Throwable added(Throwable failure) {
        if (!ProcessDefaults.current().callerTraces || !isFailure(failure) || isFull(failure)) {
            return failure;
        }
        try {
            var frames = FRAMES.walk(stack -> stack.dropWhile(frame -> CreationSite.isOwn(frame.getClassName()))
                    .limit(MAX_FRAMES)
                    .map(StackWalker.StackFrame::toStackTraceElement)
                    .toArray(StackTraceElement[]::new));
            var caller = StructuredStrand.currentOrNull();
            var name = caller == null
                    ? "thread '" + WaitingStrand.nameOf(Thread.currentThread()) + "'"
                    : caller.describe();
            failure.addSuppressed(Api.callerTrace("thrown to " + name + " here", frames));
        } catch (VirtualMachineError e) {
            // for want of memory or stack: the failure itself counts more
        }
        return failure;
    }

    /** A cancelled caller knows where it stood, and errors of the JVM must not need memory. */
    private static boolean isFailure(Throwable thrown) {
        return !(thrown instanceof VirtualMachineError)
                && !(thrown instanceof CancellationException)
                && !Interrupts.isSurface(thrown);
    }

    private static boolean isFull(Throwable failure) {
        var count = 0;
        for (var suppressed : failure.getSuppressed()) {
            count += suppressed instanceof CallerTrace ? 1 : 0;
        }
        return count >= MAX_TRACES;
    }
}

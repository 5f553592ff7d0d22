package dev.weft.internal.task;

import dev.weft.Body;
import dev.weft.CancelledException;
import dev.weft.Closer;
import dev.weft.ClosingBody;
import dev.weft.Problem;
import dev.weft.Task;
import dev.weft.internal.failure.Sneaky;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run of a body whose value must be closed unless a caller gets it. The caller looks when the run has ended. */
@SuppressWarnings("try") // it is not for a try with resources: what a closer throws is kept apart
public final class ClosingRun<T extends @Nullable Object, X extends Exception> implements Body<T, X>, AutoCloseable {

    private final Body<? extends T, ? extends X> body;
    private final Closer<? super T> closer;

    /** That of the run. */
    private @Nullable TaskImpl<?> task;

    /** Null until it was made, if it is null itself, and as soon as somebody has it. */
    private @Nullable T value;

    public ClosingRun(Body<? extends T, ? extends X> body, Closer<? super T> closer) {
        this.body = body;
        this.closer = closer;
    }

    public ClosingRun(ClosingBody<T, X> body) {
        this(body, body::closeDropped);
    }

    @Override
    public T run() throws X, InterruptedException {
        task = TaskImpl.currentTaskOrNull();
        T made = body.run();
        value = made;
        return made;
    }

    public boolean ranIn(Task<?> other) {
        return task == other;
    }

    /** The caller gets the value. */
    public void keep() {
        value = null;
    }

    /** Closes the value on the calling thread, if there is one; once. */
    @Override
    public void close() throws Exception {
        var dropped = value;
        value = null;
        if (dropped != null) {
            closer.close(dropped);
        }
    }

    /**
     * Closes all that was made and not kept, one after the other on the calling thread, whatever happens meanwhile:
     * each closer begins undisturbed, and what was pending or is asked meanwhile, noticed or not, is delivered
     * afterwards.
     *
     * @param thrown gets what closers throw as suppressed; if null, that is reported
     */
    public static void close(Collection<? extends AutoCloseable> all, @Nullable Throwable thrown) {
        var self = StructuredStrand.current();
        var mark = self.setAside(thrown);
        var interrupted = Thread.interrupted();
        for (var made : all) {
            var begun = self.requestMark();
            try {
                made.close();
            } catch (Throwable e) {
                interrupted |= isFromElsewhere(e) && !self.othersSince(begun, null);
                lost(self, thrown, e);
            }
            var _ = self.setAside(null);
            interrupted |= Thread.interrupted();
        }
        self.tellAgain(mark);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isFromElsewhere(Throwable thrown) {
        return thrown instanceof InterruptedException && !(thrown instanceof CancelledException);
    }

    private static void lost(StructuredStrand self, @Nullable Throwable thrown, Throwable failure) {
        if (thrown != null) {
            Suppression.add(thrown, failure);
            return;
        }
        Problems.of(self)
                .report(
                        Problem.Kind.CALLBACK_FAILURE,
                        "a value that " + self.describe() + " has dropped could not be closed",
                        TaskImpl.currentTaskOrNull(),
                        failure);
    }

    /**
     * Runs {@code call}, which runs {@code body} on the calling thread; closes the value of a {@link ClosingBody} if it
     * is not returned.
     */
    public static <T extends @Nullable Object, X extends Exception, R extends @Nullable Object> R returned(
            Body<T, X> body, Around<T, X, R> call) throws X, InterruptedException {
        try {
            return body instanceof ClosingBody<T, X> closing ? kept(closing, call) : call.run(body);
        } catch (Exception e) {
            throw Sneaky.rethrow(e);
        }
    }

    private static <T extends @Nullable Object, X extends Exception, R extends @Nullable Object> R kept(
            ClosingBody<T, X> body, Around<T, X, R> call) throws Exception {
        var made = new ClosingRun<>(body);
        try {
            return call.run(made);
        } catch (Throwable e) {
            close(List.of(made), e);
            throw e;
        }
    }

    /** A call that runs a body, and returns its value, or an {@code Optional} of it. */
    public interface Around<T extends @Nullable Object, X extends Exception, R extends @Nullable Object> {
        R run(Body<T, X> body) throws Exception;
    }
}

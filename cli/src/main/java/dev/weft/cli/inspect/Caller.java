package dev.weft.cli.inspect;

import dev.weft.Body;
import dev.weft.cli.inspect.CannotInspectException.Kind;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Makes calls into another process, which no interrupt ends, on a thread of its own and in the order in which they were
 * asked for. The caller waits no longer than the limit; the call itself goes on. So the last call, the clean-up, always
 * comes last.
 */
final class Caller {

    /** The time that a process which did not answer gets to answer after all. */
    private static final Duration LAST_CHANCE = Duration.ofSeconds(1);

    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final long pid;
    private final Duration limit;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("weft inspection").factory());
    private volatile boolean hangs;

    Caller(long pid, Duration limit) {
        this.pid = pid;
        // in nanoseconds, from now, it has to fit into a long
        this.limit = limit.compareTo(LONGEST) < 0 ? limit : LONGEST;
    }

    /**
     * Makes a call.
     *
     * <p><b>Blocking:</b> until it has ended, or for the limit. <b>Cancellation:</b> always a cancellation point.
     *
     * @throws CannotInspectException what it threw; or that it did not end in time
     */
    <T> T call(Body<T, CannotInspectException> body) throws CannotInspectException, InterruptedException {
        var call = thread.submit(body::run);
        try {
            return call.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case CannotInspectException cannot -> throw cannot;
                case RuntimeException fault -> throw fault;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e);
            }
        } catch (TimeoutException e) {
            hangs = true;
            throw new CannotInspectException(
                    Kind.NO_ANSWER,
                    "process " + pid + " did not answer within " + limit.toMillis() / 1000.0
                            + " s: it hangs, is stopped, or is very busy; try again with a longer --timeout");
        }
    }

    /**
     * Makes the last call, and waits for it while there is hope that it ends.
     *
     * <p><b>Blocking:</b> for the limit at most. <b>Cancellation:</b> never a cancellation point: an interrupt is kept.
     */
    void last(Runnable body) {
        var call = thread.submit(body);
        thread.shutdown();
        var patience = hangs && limit.compareTo(LAST_CHANCE) > 0 ? LAST_CHANCE : limit;
        var deadline = System.nanoTime() + patience.toNanos();
        var interrupted = false;
        while (true) {
            try {
                call.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (TimeoutException e) {
                // the process that does not answer has nothing cleaned up by us; the next look does it
                break;
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Makes no more calls. */
    void end() {
        thread.shutdown();
    }
}

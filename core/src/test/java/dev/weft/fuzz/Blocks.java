package dev.weft.fuzz;

import static dev.weft.Weft.abandonOnCancel;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.onCancel;
import static dev.weft.Weft.propagate;
import static dev.weft.Weft.timeout;
import static dev.weft.Weft.timeoutAt;
import static dev.weft.Weft.waitFor;
import static dev.weft.sync.Attempts.hedge;
import static dev.weft.sync.Attempts.retry;

import dev.weft.Deadline;
import dev.weft.sync.RetryPolicy;
import java.util.concurrent.TimeoutException;

/** Steps that run a body on the caller's own thread. */
final class Blocks {

    private Blocks() {}

    static void random(Step step) throws Exception {
        switch (step.pick(11)) {
            case 0, 1 -> limited(step, () -> timeout(step.soon(), step.body()));
            case 2 -> limited(step, () -> timeoutAt(Deadline.after(step.soon()), step.body()));
            case 3 -> limited(step, () -> waitFor(step.body(), step.soon()));
            case 4 ->
                limited(
                        step,
                        () -> timeout(step.soon(), limit -> {
                            var value = step.body().run();
                            limit.reschedule(step.soon());
                            return value + step.body().run();
                        }));
            case 5 ->
                onCancel(action(step)::run, step.mute()); // what it throws once the action has run is how it stops
            case 6 -> blocking(step.body());
            case 7 -> {
                // whose failures may be those of a race's losers
                Runnable breaks = () -> {
                    throw new IllegalStateException("a propagator throws");
                };
                propagate(HostileObjects.propagator(step.random(), breaks), step.body());
            }
            case 8 -> retry(RetryPolicy.attempts(1 + step.pick(3)).delay(step.soon()), step.mute());
            case 9 -> hedge(step.soon(), step.mute(), step.mute());
            default ->
                abandonOnCancel(() -> {
                    step.program().ledger.operation();
                    return step.pick(2);
                });
        }
    }

    private static void limited(Step step, java.util.concurrent.Callable<Integer> call) throws Exception {
        try {
            call.call();
        } catch (TimeoutException e) {
            step.seen(e);
        }
    }

    private static Runnable action(Step step) {
        return step.pick(3) == 0 ? step.breaks() : Thread::onSpinWait;
    }
}

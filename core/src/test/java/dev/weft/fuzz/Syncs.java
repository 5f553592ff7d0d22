package dev.weft.fuzz;

import static dev.weft.Weft.timeout;

import dev.weft.VoidBody;
import dev.weft.sync.QueueEmptyException;
import dev.weft.sync.QueueFullException;
import java.util.concurrent.TimeoutException;

/** Steps at the objects that the bodies of a program share. Every wait has a time limit: nobody may come to end it. */
final class Syncs {

    private Syncs() {}

    static void random(Step step) throws Exception {
        var shared = step.program().shared;
        switch (step.pick(10)) {
            case 0 -> within(step, () -> shared.lock.with(() -> Waits.random(step)));
            case 1 -> within(step, () -> shared.semaphore.with(() -> Waits.random(step)));
            case 2 -> within(step, () -> shared.limiter.with(() -> Waits.random(step)));
            case 3 -> within(step, () -> shared.queue.put(step.pick(10)));
            case 4 -> within(step, shared.queue::get);
            case 5 -> within(step, shared.event::await);
            case 6 -> {
                shared.event.set();
                shared.event.clear();
            }
            case 7 -> ordered(step, () -> shared.ordered.putNowait(step.pick(10)));
            case 8 -> ordered(step, shared.ordered::getNowait);
            default -> shared.queue.snapshot();
        }
    }

    private static void within(Step step, VoidBody<Exception> wait) throws Exception {
        try {
            timeout(step.soon(), wait);
        } catch (TimeoutException e) {
            step.seen(e);
        }
    }

    /** The comparator throws now and then, which its caller gets. */
    private static void ordered(Step step, Runnable action) {
        try {
            action.run();
        } catch (QueueFullException | QueueEmptyException e) {
            step.seen(e);
        } catch (IllegalStateException e) {
            if (!"compare throws".equals(e.getMessage())) {
                throw e;
            }
        }
    }
}

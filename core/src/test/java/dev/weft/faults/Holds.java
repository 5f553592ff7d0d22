package dev.weft.faults;

import static dev.weft.Weft.taskGroup;

import dev.weft.Runner;
import dev.weft.sync.CapacityLimiter;
import dev.weft.sync.Condition;
import dev.weft.sync.Holdable;
import dev.weft.sync.Lock;
import dev.weft.sync.Semaphore;
import java.util.List;

/** Holds each kind of {@link Holdable}, at once and after a wait. Tells what is held when all have ended. */
public final class Holds implements Runnable {

    static final List<Class<?>> KINDS = List.of(Lock.class, Condition.class, Semaphore.class, CapacityLimiter.class);

    private final List<Holdable> all = List.of(new Lock(), new Condition(), new Semaphore(1), new CapacityLimiter(1));

    /** For each kind. */
    public Holds() {}

    @Override
    public void run() {
        for (var each : all) {
            try (var runner =
                    Runner.builder().signals(false).onProblem(problem -> {}).build()) {
                runner.run(() -> {
                    each.hold().close();
                    taskGroup(group -> {
                        try (var _ = each.hold()) {
                            var waiter = group.createTask(() -> each.hold().close());
                            while (waits(each) == 0 && !waiter.isDone()) {
                                Thread.yield();
                            }
                        }
                    });
                });
            } catch (Exception | OutOfMemoryError e) {
                // for want of memory
            }
        }
    }

    @Override
    public String toString() {
        return all.toString();
    }

    private static int waits(Holdable each) {
        return switch (each) {
            case Lock lock -> lock.snapshot().waiting();
            case Condition condition -> condition.lock().snapshot().waiting();
            case Semaphore semaphore -> semaphore.snapshot().waiting();
            case CapacityLimiter limiter -> limiter.snapshot().waiting();
        };
    }
}

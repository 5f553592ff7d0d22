package dev.weft.faults;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.asCompleted;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.waitUntil;
import static java.time.Duration.ZERO;

import dev.weft.ReturnWhen;
import dev.weft.Runner;
import dev.weft.StartedRun;
import dev.weft.Task;
import dev.weft.internal.task.AwaitedTask;
import dev.weft.internal.task.TaskWaiter;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Waits for tasks that do not end, for no longer than it must. Tells who still waits for them. */
public final class Waits implements Runnable {

    private final StartedRun run =
            Runner.builder().signals(false).onProblem(problem -> {}).start();
    private final List<Task<Void>> tasks = List.of(sleeper(), sleeper(), sleeper());

    /** For tasks of a run of its own. */
    public Waits() {}

    private Task<Void> sleeper() {
        return run.createTask(() -> sleep(FOREVER));
    }

    @Override
    public void run() {
        tryCall(() -> waitUntil(ReturnWhen.FIRST_COMPLETED, tasks, ZERO));
        tryCall(() -> asCompleted(tasks, ZERO).close());
        tryCall(() -> tasks.getFirst().get(0, TimeUnit.NANOSECONDS));
    }

    private interface Call {
        void run() throws Exception;
    }

    private static void tryCall(Call call) {
        try {
            call.run();
        } catch (Exception | OutOfMemoryError e) {
            // for want of memory, or of time
        }
    }

    /** The number of waiters of each. */
    @Override
    public String toString() {
        return tasks.stream().map(Waits::countWaiters).toList().toString();
    }

    private static int countWaiters(Task<?> task) {
        try {
            var count = 0;
            var list = get(AwaitedTask.class, "waiters", task);
            for (var waiter = list == null ? null : get(list.getClass(), "first", list);
                    waiter != null;
                    waiter = get(TaskWaiter.class, "next", waiter)) {
                count++;
            }
            return count;
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Object get(Class<?> type, String field, Object of) throws ReflectiveOperationException {
        var found = type.getDeclaredField(field);
        found.setAccessible(true);
        return found.get(of);
    }
}

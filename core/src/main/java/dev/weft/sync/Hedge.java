package dev.weft.sync;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.taskGroup;
import static dev.weft.Weft.waitUntil;

import dev.weft.Body;
import dev.weft.ClosingBody;
import dev.weft.ExceptionGroup;
import dev.weft.GroupOptions;
import dev.weft.ReturnWhen;
import dev.weft.Task;
import dev.weft.TaskGroup;
import dev.weft.internal.task.ClosingRun;
import dev.weft.internal.task.WaitingStrand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One call of {@link Attempts#hedge}. The caller's thread starts the tries and watches their tasks: a try counts as
 * over when its task has ended, even if the body never began.
 */
final class Hedge<T extends @Nullable Object, X extends Exception> {

    private final Duration delay;
    private final List<Body<? extends T, ? extends X>> bodies;

    /** In the order of their coming. Guarded by itself. */
    private final List<Throwable> failures = new ArrayList<>();

    /** Those that must be closed unless they win. */
    private final List<ClosingRun<?, ?>> values = new ArrayList<>();

    /** In the order of their starts. */
    private final List<Task<T>> tries = new ArrayList<>();

    /** In the order in which they were seen to have ended: a try begins when one before it was. */
    private final List<Task<T>> ended = new ArrayList<>();

    Hedge(Duration delay, List<Body<? extends T, ? extends X>> bodies) {
        this.delay = delay;
        this.bodies = bodies;
    }

    T run() throws InterruptedException {
        Task<T> winner;
        try {
            winner = runAll();
        } catch (Throwable e) {
            closeAllBut(null, e);
            throw e;
        }
        closeAllBut(winner, null);
        return winner.result();
    }

    /** @return the first task to succeed */
    private Task<T> runAll() throws InterruptedException {
        Task<T> winner;
        try {
            winner = taskGroup(GroupOptions.supervisor((task, failure) -> failed(failure)), group -> {
                return firstToSucceed(group);
            });
        } catch (ExceptionGroup e) {
            throw new AssertionError("every failure of a try has a handler", e);
        } catch (InterruptedException | VirtualMachineError e) {
            suppressFailures(e);
            throw e;
        }
        if (winner != null) {
            return winner;
        }
        try {
            var _ = firstToFail().result();
            throw new AssertionError("a try that has failed has no result");
        } catch (Throwable e) {
            suppressFailures(e);
            throw e;
        }
    }

    /** A task whose result is the first failure or, if every try was cancelled, tells of that. */
    private Task<T> firstToFail() {
        for (var task : ended) {
            if (task.state() == Future.State.FAILED) {
                return task;
            }
        }
        return tries.getFirst();
    }

    private @Nullable Task<T> firstToSucceed(TaskGroup group) throws InterruptedException {
        List<Task<T>> running = new ArrayList<>();
        for (Body<? extends T, ? extends X> body : bodies) {
            Task<T> task = body instanceof ClosingBody<? extends T, ? extends X> closing
                    ? startClosing(group, closing)
                    : group.createTask(() -> body.run());
            tries.add(task);
            running.add(task);
            var isLast = tries.size() == bodies.size();
            do {
                var done = waitUntil(ReturnWhen.FIRST_COMPLETED, running, isLast ? FOREVER : delay)
                        .done();
                for (var over : done) {
                    if (over.state() == Future.State.SUCCESS) {
                        group.cancel();
                        return over;
                    }
                    ended.add(over);
                }
                running.removeAll(done); // not those that have ended since: nobody has looked at them
            } while (isLast && !running.isEmpty());
        }
        return null;
    }

    private <U extends T> Task<T> startClosing(TaskGroup group, ClosingBody<U, ? extends X> body) {
        var run = new ClosingRun<>(body);
        values.add(run);
        return group.createTask(() -> run.run());
    }

    private void closeAllBut(@Nullable Task<T> winner, @Nullable Throwable thrown) {
        if (winner != null) {
            values.removeIf(value -> value.ranIn(winner));
        }
        if (!values.isEmpty()) {
            WaitingStrand.ofCallingThread().closeAll(values, thrown);
        }
    }

    private void failed(Throwable failure) {
        synchronized (failures) {
            failures.add(failure);
        }
    }

    /** Adds the failures that {@code thrown} does not tell of. */
    private void suppressFailures(Throwable thrown) {
        List<Throwable> all;
        synchronized (failures) {
            all = List.copyOf(failures);
        }
        WaitingStrand.ofCallingThread().suppress(thrown, all); // which may report to users' code
    }
}

package dev.weft;

import dev.weft.internal.runtime.Scheduler;
import dev.weft.internal.runtime.Strand;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Leaves all to another scheduler, and lets a test in at the moments at which others may meet what a task does. */
final class HookedScheduler extends ForwardingScheduler {
    /** Called before a strand is started, by who starts it. */
    volatile Consumer<Strand> beforeStart = strand -> {};
    /** Called before a strand is unparked, by who unparks it. */
    volatile Consumer<Strand> beforeUnpark = strand -> {};
    /** Called whenever a strand is about to park, by itself. */
    volatile Consumer<Strand> beforePark = strand -> {};
    /** Called whenever a strand is about to yield, by itself. */
    volatile Consumer<Strand> beforeYield = strand -> {};
    /** Called before the time is read, by who reads it. */
    volatile Runnable beforeTime = () -> {};
    /** Called by the thread of a task that is done, and has not yet told anybody. */
    volatile Consumer<Task<?>> whenDone = task -> {};

    private final CopyOnWriteArrayList<Task<?>> told = new CopyOnWriteArrayList<>();

    private HookedScheduler(Scheduler scheduler) {
        super(scheduler);
    }

    /** A main that is given the scheduler. */
    interface Main<X extends Exception> {
        void run(HookedScheduler hooks) throws X, InterruptedException;
    }

    /** Runs {@code main} on {@code runtime}, with hooks. Problems are put into {@code problems}. */
    static <X extends Exception> void run(TestRuntime runtime, List<? super Problem> problems, Main<X> main)
            throws X, InterruptedException {
        var made = runtime.open();
        var hooks = new HookedScheduler(made.scheduler());
        try (var runner = Runner.builder()
                .signals(false)
                .onProblem(problems::add)
                .runtime(() -> WeftRuntime.of(hooks, made::close))
                .build()) {
            VoidBody<X> body = () -> main.run(hooks);
            runner.run(body);
        }
    }

    /** Runs {@code main} on {@code runtime}, with hooks. */
    static <X extends Exception> void run(TestRuntime runtime, Main<X> main) throws X, InterruptedException {
        run(runtime, new ArrayList<>(), main);
    }

    @Override
    public void start(Strand strand) {
        beforeStart.accept(strand);
        super.start(strand);
    }

    @Override
    public void unpark(Strand strand) {
        lookWhetherDone();
        beforeUnpark.accept(strand);
        super.unpark(strand);
    }

    @Override
    public void park(Strand self, long deadlineNanos) {
        beforePark.accept(self);
        super.park(self, deadlineNanos);
    }

    @Override
    public void yieldTurn(Strand self) {
        beforeYield.accept(self);
        super.yieldTurn(self);
    }

    @Override
    public long nanoTime() {
        beforeTime.run();
        return super.nanoTime();
    }

    @Override
    public boolean takesTurns() {
        lookWhetherDone();
        return super.takesTurns();
    }

    @Override
    public void exit(Strand self) {
        lookWhetherDone();
        super.exit(self);
    }

    private void lookWhetherDone() {
        if (Thread.currentThread().getUncaughtExceptionHandler() instanceof Task<?> task
                && task.isDone()
                && !told.contains(task)) {
            told.add(task);
            whenDone.accept(task);
        }
    }
}

package dev.weft;

import dev.weft.runtime.Scheduler;
import org.jspecify.annotations.Nullable;

/** User code that is called back: on a thread of its own, in a turn of its own, and in no task. */
final class Callback extends Activity {

    private final String name;
    private final @Nullable RunScope run;
    private final Runnable action;

    private Callback(Scheduler scheduler, @Nullable RunScope run, String name, Runnable action) {
        super(scheduler);
        this.run = run;
        this.name = name;
        this.action = action;
    }

    /** Calls {@code action} soon, for {@code task}. It must not throw. */
    static void start(TaskImpl<?> task, String what, Runnable action) {
        var scheduler = task.scheduler();
        scheduler.start(new Callback(scheduler, task.runScope(), task.name() + "-" + what, action));
    }

    @Override
    protected void live() {
        scheduler().begun(this);
        begin();
        try {
            action.run();
        } finally {
            endActivity();
            scheduler().exit(this);
        }
    }

    @Override
    @Nullable
    RunScope runScope() {
        return run;
    }

    @Override
    <T extends @Nullable Object, X extends Exception> T call(Body<T, X> block) throws X, InterruptedException {
        return block.run();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    String describe() {
        return "callback '" + name + "'";
    }
}

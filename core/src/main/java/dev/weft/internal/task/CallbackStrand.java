package dev.weft.internal.task;

import dev.weft.Body;
import dev.weft.internal.runtime.Scheduler;
import org.jspecify.annotations.Nullable;

/** User code that is called back: on a thread of its own, in a turn of its own, and in no task. */
public final class CallbackStrand extends StructuredStrand {

    private final String name;
    private final @Nullable RunContext run;
    private final Runnable action;

    private CallbackStrand(Scheduler scheduler, @Nullable RunContext run, String name, Runnable action) {
        super(scheduler);
        this.run = run;
        this.name = name;
        this.action = action;
    }

    /** Calls {@code action} soon, for {@code task}. It must not throw. */
    public static void start(TaskImpl<?> task, String what, Runnable action) {
        var scheduler = task.scheduler();
        scheduler.start(new CallbackStrand(scheduler, task.runContext(), task.name() + "-" + what, action));
    }

    @Override
    protected void live() {
        if (!scheduler().begun(this)) {
            return;
        }
        begin();
        try {
            action.run();
        } finally {
            endStrand();
            scheduler().exit(this);
        }
    }

    @Override
    @Nullable
    public RunContext runContext() {
        return run;
    }

    @Override
    public <T extends @Nullable Object, X extends Exception> T call(Body<T, X> block) throws X, InterruptedException {
        return block.run();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String describe() {
        return "callback '" + name + "'";
    }
}

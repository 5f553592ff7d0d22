package dev.weft.internal.task;

import dev.weft.internal.runtime.Memory;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Somebody who wants to know of a task's end. Stands in the task's list, guarded by the task's lock. */
public abstract class TaskWaiter {

    @Nullable
    TaskWaiter previous;

    @Nullable
    TaskWaiter next;

    boolean linked;

    /** Called once, by the thread that has ended the task. Must not block or throw. */
    abstract void taskEnded(TaskImpl<?> task);

    /** Unparks a strand. */
    public static final class Unpark extends TaskWaiter {
        private final StructuredStrand strand;

        public Unpark(StructuredStrand strand) {
            this.strand = strand;
        }

        @Override
        void taskEnded(TaskImpl<?> task) {
            strand.scheduler().unpark(strand);
        }
    }

    /** Tells a listener, on the event loop after what is ready now. */
    public static final class Listener extends TaskWaiter {
        private final Consumer<? super TaskImpl<?>> listener;

        public Listener(Consumer<? super TaskImpl<?>> listener) {
            this.listener = listener;
        }

        @Override
        void taskEnded(TaskImpl<?> task) {
            // what the listener itself does is done once, whatever comes of it
            task.scheduler().soon(Memory.insist(this, task, Listener::call));
        }

        private Runnable call(TaskImpl<?> task) {
            return () -> listener.accept(task);
        }
    }

    /** A user's callback, called with those that were added before and after it. */
    static final class UsersCallback extends TaskWaiter {
        final Runnable action;

        UsersCallback(Runnable action) {
            this.action = action;
        }

        @Override
        void taskEnded(TaskImpl<?> task) {
            throw new AssertionError("callbacks are called together");
        }
    }
}

package dev.weft;

import dev.weft.internal.failure.Sneaky;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The kinds of threads that structured calls work on. */
public enum AnyThread {
    PLATFORM_THREAD {
        @Override
        Thread start(Runnable body) {
            return Thread.ofPlatform().daemon().start(body);
        }
    },
    VIRTUAL_THREAD {
        @Override
        Thread start(Runnable body) {
            return Thread.ofVirtual().start(body);
        }
    },
    TASK_ON_PARALLEL_RUNTIME {
        @Override
        Thread start(Runnable body) {
            return Thread.ofVirtual().start(() -> runInTask(TestRuntime.PARALLEL, body));
        }
    },
    TASK_ON_EVENT_LOOP {
        @Override
        Thread start(Runnable body) {
            return Thread.ofVirtual().start(() -> runInTask(TestRuntime.EVENT_LOOP, body));
        }
    };

    abstract Thread start(Runnable body);

    /** Runs {@code body} on a new thread of this kind, and returns or throws what comes of it. */
    public void run(VoidBody<?> body) throws Exception {
        var end = new FutureTask<Void>(() -> {
            try {
                body.execute();
            } finally {
                Thread.interrupted(); // what was left to the thread is not the runtime's business
            }
            return null;
        });
        start(end).join();
        try {
            end.get();
        } catch (ExecutionException e) {
            throw Sneaky.rethrow(e.getCause());
        }
    }

    private static void runInTask(TestRuntime runtime, Runnable body) {
        try {
            runtime.run(body::run);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

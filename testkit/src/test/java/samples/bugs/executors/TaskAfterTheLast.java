package samples.bugs.executors;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.test.junit.SimulationTest;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import samples.bugs.Bug;

/** A task goes into the queue of an executor whose worker has just seen that it is shut down and has nothing left. */
@Bug(report = "elastic/elasticsearch#104580", needs = Bug.Needs.CALLS, finding = "neither run nor rejected")
class TaskAfterTheLast {

    private static class SerialExecutor {
        final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
        volatile boolean shutdown;
        final Thread worker = Thread.ofVirtual().name("worker").start(this::work);

        private void work() {
            while (!shutdown || !queue.isEmpty()) {
                var task = queue.poll();
                if (task == null) {
                    Thread.yield();
                } else {
                    task.run();
                }
            }
        }

        void execute(Runnable task) {
            if (shutdown) {
                throw new RejectedExecutionException();
            }
            queue.add(task);
        }
    }

    private static final class Mended extends SerialExecutor {
        @Override
        void execute(Runnable task) {
            super.execute(task);
            if (shutdown && queue.remove(task)) {
                throw new RejectedExecutionException();
            }
        }
    }

    private static void submitAtTheEnd(SerialExecutor executor) throws InterruptedException {
        var task = new FutureTask<>(() -> "done");
        var client = Thread.ofVirtual().start(() -> {
            try {
                executor.execute(task);
            } catch (RejectedExecutionException e) {
                task.cancel(false);
            }
        });
        executor.shutdown = true;
        client.join();
        executor.worker.join();
        assertTrue(task.isDone(), "neither run nor rejected");
    }

    @SimulationTest(deep = true)
    void broken() throws Exception {
        submitAtTheEnd(new SerialExecutor());
    }

    @SimulationTest(deep = true)
    void mended() throws Exception {
        submitAtTheEnd(new Mended());
    }
}

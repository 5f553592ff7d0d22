package samples.bugs.executors;

import dev.weft.test.junit.SimulationTest;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import samples.bugs.Bug;

/** A processor whose task fails shuts its executor down, and waits for all processors; for itself, too. */
@Bug(report = "neo4j/neo4j#4235", needs = Bug.Needs.BLOCKING, finding = "waits for a notify")
class ShutdownFromWithin {

    private static class TaskExecutor {
        private static final Runnable END = () -> {};

        final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
        private int active = 1;
        private boolean shutDown;
        private Thread processor;

        final synchronized void start() {
            processor = Thread.ofVirtual().name("processor").start(this::process);
        }

        private void process() {
            try {
                for (var task = tasks.take(); task != END; task = tasks.take()) {
                    task.run();
                }
            } catch (InterruptedException | IllegalStateException e) {
                panic();
            } finally {
                ended();
            }
        }

        void panic() {
            shutDown();
        }

        private synchronized void ended() {
            active--;
            notifyAll();
        }

        final synchronized boolean isProcessor() {
            return Thread.currentThread() == processor;
        }

        final synchronized void shutDown() {
            if (shutDown) {
                return;
            }
            shutDown = true;
            tasks.add(END);
            try {
                while (active > 0) {
                    wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static final class Mended extends TaskExecutor {
        @Override
        void panic() {
            if (!isProcessor()) {
                shutDown();
            }
        }
    }

    private static void failAndShutDown(TaskExecutor executor) throws InterruptedException {
        executor.start();
        var client = Thread.ofVirtual()
                .name("client")
                .start(() -> executor.tasks.add(() -> {
                    throw new IllegalStateException("no space left");
                }));
        var closer = Thread.ofVirtual().name("closer").start(executor::shutDown);
        client.join();
        closer.join();
        executor.processor.join();
    }

    @SimulationTest(deep = true)
    void broken() throws Exception {
        failAndShutDown(new TaskExecutor());
    }

    @SimulationTest(deep = true)
    void mended() throws Exception {
        failAndShutDown(new Mended());
    }
}

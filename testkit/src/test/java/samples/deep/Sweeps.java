package samples.deep;

import static dev.weft.Weft.taskGroup;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.VoidBody;
import dev.weft.test.junit.SimulationTest;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Disabled;

/** Tasks of Weft's that wait in the JDK, and are cancelled there. Run by a test: {@code faulty_}, {@code correct_}. */
@Disabled("run by DeepSimulationTest")
class Sweeps {

    private final Semaphore permits = new Semaphore(1);
    private final LinkedBlockingQueue<Integer> queue = new LinkedBlockingQueue<>();
    private final Object monitor = new Object();
    private boolean closed;

    private void together(VoidBody<InterruptedException> taking) throws Exception {
        taskGroup(group -> {
            group.createTask(taking);
            group.createTask(() -> {
                try {
                    Thread.sleep(10);
                } finally {
                    queue.add(1);
                }
            });
        });
    }

    @SimulationTest(deep = true, sweep = true, seeds = 20)
    void faulty_permitIsLostToACancellation() throws Exception {
        try {
            together(() -> {
                permits.acquire();
                queue.take();
                permits.release();
            });
        } finally {
            assertThat(permits.availablePermits()).isEqualTo(1);
        }
    }

    @SimulationTest(deep = true, sweep = true, seeds = 20)
    void correct_permitIsGivenBack() throws Exception {
        try {
            together(() -> {
                permits.acquire();
                try {
                    queue.take();
                } finally {
                    permits.release();
                }
            });
        } finally {
            assertThat(permits.availablePermits()).isEqualTo(1);
        }
    }

    private void awaitClose() throws InterruptedException {
        synchronized (monitor) {
            while (!closed) {
                monitor.wait();
            }
        }
    }

    private void close() {
        synchronized (monitor) {
            closed = true;
            monitor.notifyAll();
        }
    }

    @SimulationTest(deep = true, sweep = true, seeds = 20)
    void faulty_closeIsSkippedByACancellation() throws Exception {
        var waiting = Thread.startVirtualThread(() -> {
            try {
                awaitClose();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        taskGroup(group -> group.createTask(() -> {
            Thread.sleep(10);
            close();
        }));
        waiting.join();
    }

    @SimulationTest(deep = true, sweep = true, seeds = 20)
    void correct_closeComesInAnyCase() throws Exception {
        taskGroup(group -> {
            group.createTask(this::awaitClose);
            group.createTask(() -> {
                try {
                    Thread.sleep(10);
                } finally {
                    close();
                }
            });
        });
    }
}

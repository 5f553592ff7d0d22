package samples.bugs.executors;

import dev.weft.test.junit.SimulationTest;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import samples.bugs.Bug;

/** An event executor without work lets its thread go: a task that comes after the last look starts no thread. */
@Bug(report = "netty/netty#17183", needs = Bug.Needs.CALLS, finding = "deadlock")
class SuspendedWithATask {

    private static class EventExecutor implements Executor {
        static final AtomicIntegerFieldUpdater<EventExecutor> STATE =
                AtomicIntegerFieldUpdater.newUpdater(EventExecutor.class, "state");
        static final int IDLE = 0;
        static final int STARTED = 1;

        final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
        volatile int state = IDLE;

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
            startIfIdle();
        }

        final void startIfIdle() {
            if (STATE.compareAndSet(this, IDLE, STARTED)) {
                Thread.startVirtualThread(this::run);
            }
        }

        private void run() {
            Runnable task;
            while ((task = tasks.poll()) != null) {
                task.run();
            }
            suspend();
        }

        void suspend() {
            STATE.set(this, IDLE);
        }
    }

    private static final class Mended extends EventExecutor {
        @Override
        void suspend() {
            super.suspend();
            if (!tasks.isEmpty()) {
                startIfIdle();
            }
        }
    }

    private static void runThree(Executor executor) throws InterruptedException {
        var done = new CountDownLatch(3);
        for (int i = 0; i < 3; i++) {
            executor.execute(done::countDown);
        }
        done.await();
    }

    @SimulationTest(deep = true)
    void broken() throws Exception {
        runThree(new EventExecutor());
    }

    @SimulationTest(deep = true)
    void mended() throws Exception {
        runThree(new Mended());
    }
}

package samples.bugs.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.test.junit.SimulationTest;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import samples.bugs.Bug;

/** A dispatcher takes a permit, then waits for work; an interrupt in that wait takes the permit along. */
@Bug(report = "pivovarit/parallel-collectors#37", needs = Bug.Needs.BLOCKING, finding = "expected: <1> but was: <0>")
class PermitLostToAnInterrupt {

    private abstract static class Dispatcher {
        final Semaphore limiter = new Semaphore(1);
        final BlockingQueue<Runnable> work = new LinkedBlockingQueue<>();

        void run() {
            try {
                dispatch();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        abstract void dispatch() throws InterruptedException;
    }

    private static final class Broken extends Dispatcher {
        @Override
        void dispatch() throws InterruptedException {
            limiter.acquire();
            work.take().run();
            limiter.release();
        }
    }

    private static final class Mended extends Dispatcher {
        @Override
        void dispatch() throws InterruptedException {
            limiter.acquire();
            try {
                work.take().run();
            } finally {
                limiter.release();
            }
        }
    }

    private static void stopAtSomeTime(Dispatcher dispatcher) throws InterruptedException {
        var thread = Thread.startVirtualThread(dispatcher::run);
        var producer = Thread.startVirtualThread(() -> dispatcher.work.add(() -> {}));
        var stopper = Thread.startVirtualThread(thread::interrupt);
        producer.join();
        stopper.join();
        thread.join();
        assertEquals(1, dispatcher.limiter.availablePermits());
    }

    @SimulationTest(deep = true)
    void broken() throws Exception {
        stopAtSomeTime(new Broken());
    }

    @SimulationTest(deep = true)
    void mended() throws Exception {
        stopAtSomeTime(new Mended());
    }
}

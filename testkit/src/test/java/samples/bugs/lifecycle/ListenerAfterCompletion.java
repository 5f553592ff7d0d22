package samples.bugs.lifecycle;

import dev.weft.test.junit.SimulationTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import samples.bugs.Bug;

/** A future that is not done yet takes a listener into its list, which has meanwhile been told. */
@Bug(report = "AsyncHttpClient/async-http-client#1128", needs = Bug.Needs.LOCKS, finding = "deadlock")
class ListenerAfterCompletion {

    private static class ListenableFuture {
        final Object lock = new Object();
        final List<Runnable> listeners = new ArrayList<>();
        volatile boolean done;

        void addListener(Runnable listener) {
            if (done) {
                listener.run();
                return;
            }
            synchronized (lock) {
                listeners.add(listener);
            }
        }

        final void complete() {
            List<Runnable> all;
            synchronized (lock) {
                done = true;
                all = List.copyOf(listeners);
            }
            all.forEach(Runnable::run);
        }
    }

    private static final class Mended extends ListenableFuture {
        @Override
        void addListener(Runnable listener) {
            synchronized (lock) {
                if (!done) {
                    listeners.add(listener);
                    return;
                }
            }
            listener.run();
        }
    }

    private static void listen(ListenableFuture future) throws InterruptedException {
        var told = new CountDownLatch(1);
        Thread.ofVirtual().name("io").start(future::complete);
        future.addListener(told::countDown);
        told.await();
    }

    @SimulationTest(deep = true)
    void broken() throws Exception {
        listen(new ListenableFuture());
    }

    @SimulationTest(deep = true)
    void mended() throws Exception {
        listen(new Mended());
    }
}

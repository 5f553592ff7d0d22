package samples.bugs.weft;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.test.junit.SimulationTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import samples.bugs.Bug;

/** Weft's own: the last completion is bound to a waiter that is cancelled and hands it back; nobody is told of it. */
@Bug(report = "8491bde of this repository", needs = Bug.Needs.BLOCKING, finding = "expected: <[boom]> but was: <[]>")
class CompletionHandedBack {

    private static class Completions {
        final ReentrantLock lock = new ReentrantLock();
        final Condition arrived = lock.newCondition();
        final List<String> unseen = new ArrayList<>();
        private final boolean closesWhenBound;
        private String arrival;
        private boolean waits;
        private boolean closed;

        Completions(boolean closesWhenBound) {
            this.closesWhenBound = closesWhenBound;
        }

        void complete(String result) {
            lock.lock();
            try {
                if (waits) {
                    arrival = result;
                    closed |= closesWhenBound;
                    arrived.signal();
                } else {
                    unseen.add(result);
                }
            } finally {
                lock.unlock();
            }
        }

        String take(AtomicBoolean cancelled) throws InterruptedException {
            lock.lock();
            try {
                waits = true;
                while (arrival == null && unseen.isEmpty() && !cancelled.get()) {
                    arrived.await();
                }
                waits = false;
                if (cancelled.get()) {
                    if (arrival != null) {
                        unseen.add(arrival);
                        arrival = null;
                    }
                    return null;
                }
                closed = true;
                return arrival == null ? unseen.removeFirst() : arrival;
            } finally {
                lock.unlock();
            }
        }

        void cancel(AtomicBoolean cancelled) {
            cancelled.set(true);
            lock.lock();
            try {
                arrived.signal();
            } finally {
                lock.unlock();
            }
        }

        /** What nobody has seen. */
        List<String> close() {
            return closed ? List.of() : unseen;
        }
    }

    private static void cancelTheLastWaiter(Completions completions) throws InterruptedException {
        var cancelled = new AtomicBoolean();
        var seen = new ArrayList<String>();
        var waiter = Thread.ofVirtual().name("waiter").start(() -> {
            try {
                var result = completions.take(cancelled);
                if (result != null) {
                    seen.add(result);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        var task = Thread.ofVirtual().name("task").start(() -> completions.complete("boom"));
        var canceller = Thread.ofVirtual().name("canceller").start(() -> completions.cancel(cancelled));
        waiter.join();
        task.join();
        canceller.join();
        seen.addAll(completions.close());
        assertEquals(List.of("boom"), seen);
    }

    @SimulationTest(deep = true)
    void broken() throws Exception {
        cancelTheLastWaiter(new Completions(true));
    }

    @SimulationTest(deep = true)
    void mended() throws Exception {
        cancelTheLastWaiter(new Completions(false));
    }
}

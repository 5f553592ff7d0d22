package samples.bugs.tools;

import dev.weft.test.junit.SimulationTest;
import java.util.concurrent.atomic.AtomicInteger;
import samples.bugs.Bug;

/** Fray's first example: whoever comes first waits for the other's notify, which may have been before. */
@Bug(report = "cmu-pasta/fray, README", needs = Bug.Needs.LOCKS, finding = "waits for a notify")
class NotifiedBeforeItWaits {

    private static class Meeting implements Runnable {
        final Object place;
        final AtomicInteger arrivals;

        Meeting(Object place, AtomicInteger arrivals) {
            this.place = place;
            this.arrivals = arrivals;
        }

        @Override
        public void run() {
            var number = arrivals.incrementAndGet();
            synchronized (place) {
                try {
                    if (number == 1) {
                        await();
                    } else {
                        place.notifyAll();
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        @SuppressWarnings("WaitNotInLoop") // that is the bug
        void await() throws InterruptedException {
            place.wait();
        }
    }

    private static final class Mended extends Meeting {
        Mended(Object place, AtomicInteger arrivals) {
            super(place, arrivals);
        }

        @Override
        void await() throws InterruptedException {
            while (arrivals.get() < 2) {
                place.wait();
            }
        }
    }

    private interface Maker {
        Runnable make(Object place, AtomicInteger arrivals);
    }

    private static void meet(Maker maker) throws InterruptedException {
        var place = new Object();
        var arrivals = new AtomicInteger();
        var one = Thread.ofVirtual().name("one").start(maker.make(place, arrivals));
        var other = Thread.ofVirtual().name("other").start(maker.make(place, arrivals));
        one.join();
        other.join();
    }

    @SimulationTest(deep = true)
    void broken() throws Exception {
        meet(Meeting::new);
    }

    @SimulationTest(deep = true)
    void mended() throws Exception {
        meet(Mended::new);
    }
}

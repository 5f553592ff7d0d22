package samples.deep;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** A thread waits for a number that nobody sets, without blocking. */
public final class Spins implements Callable<Integer> {

    private final AtomicInteger number = new AtomicInteger();

    @Override
    public Integer call() throws InterruptedException {
        var spinner = Thread.ofVirtual().name("spinner").start(() -> {
            while (number.get() == 0) {
                Thread.onSpinWait();
            }
        });
        spinner.join();
        return number.get();
    }

    /** Main itself spins. */
    public static final class InMain implements Callable<Integer> {
        private final AtomicInteger number = new AtomicInteger();

        @Override
        public Integer call() {
            while (number.get() == 0) {
                Thread.onSpinWait();
            }
            return number.get();
        }
    }

    /** Two threads that switch at the reads alone. */
    public static final class WithoutSaying implements Callable<Integer> {
        private final AtomicInteger number = new AtomicInteger();

        private void spin() {
            while (number.get() == 0) {}
        }

        @Override
        public Integer call() throws InterruptedException {
            var spinner = Thread.ofVirtual().name("spinner").start(this::spin);
            var other = Thread.ofVirtual().name("other").start(this::spin);
            spinner.join();
            other.join();
            return number.get();
        }
    }

    /** Two threads that look again and again whether the other has ended, and sleep meanwhile. */
    public static final class Asleep implements Callable<Boolean> {
        private volatile boolean mainEnds;
        private volatile boolean otherEnds;

        @Override
        public Boolean call() throws InterruptedException {
            var other = Thread.ofVirtual().name("other").start(() -> {
                try {
                    while (!mainEnds) {
                        Thread.sleep(10);
                    }
                    otherEnds = true;
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            while (!otherEnds) {
                Thread.sleep(10);
            }
            mainEnds = true;
            other.join();
            return otherEnds;
        }
    }
}

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
}

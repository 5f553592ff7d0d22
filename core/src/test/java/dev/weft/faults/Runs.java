package dev.weft.faults;

import static dev.weft.Weft.sleep;

import dev.weft.Runner;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * Runs whose main goes on until its caller waits for it, or is interrupted as it waits. Tells how often a run was left
 * before its main had ended.
 */
public final class Runs implements Runnable {

    private volatile int left;

    /** None has been left yet. */
    public Runs() {}

    @Override
    public void run() {
        run(false);
        run(true);
    }

    private void run(boolean interrupt) {
        var caller = Thread.ofVirtual().start(() -> new Call(interrupt).run());
        while (caller.isAlive() && interrupt && caller.getState() != Thread.State.WAITING) {
            Thread.yield(); // no call of Weft's, whose allocations would be those that fail
        }
        if (interrupt) {
            caller.interrupt();
        }
        try {
            caller.join();
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts this thread", e);
        }
    }

    /** One run. */
    private final class Call implements Runnable {

        private final Thread caller = Thread.currentThread();
        private final CountDownLatch ended = new CountDownLatch(1);

        /** Whether the caller's interrupt is what ends main. */
        private final boolean interrupted;

        private volatile boolean began;
        private volatile boolean gone;

        Call(boolean interrupted) {
            this.interrupted = interrupted;
        }

        @Override
        public void run() {
            try (var runner =
                    Runner.builder().signals(false).onProblem(problem -> {}).build()) {
                runner.run(this::main);
            } catch (Exception | OutOfMemoryError e) {
                // interrupted, or for want of memory
            } finally {
                gone = true;
                if (began && ended.getCount() > 0) {
                    left++;
                }
            }
        }

        private void main() throws InterruptedException {
            began = true;
            try {
                while ((interrupted || caller.getState() != Thread.State.WAITING) && !gone) {
                    sleep(Duration.ZERO);
                }
            } finally {
                ended.countDown();
            }
        }
    }

    @Override
    public String toString() {
        return left + " left";
    }
}

package dev.weft.faults;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.sleep;

import dev.weft.Runner;
import dev.weft.StartedRun;

/** Runs that are started, and closed by two threads. Tells how often one of these could not. */
public final class Closes implements Runnable {

    private int failures;

    /** None has failed yet. */
    public Closes() {}

    @Override
    public void run() {
        StartedRun started;
        try {
            started = Runner.builder().signals(false).onProblem(problem -> {}).start();
        } catch (IllegalStateException | OutOfMemoryError e) {
            return; // for want of memory
        }
        try {
            started.createTask(() -> sleep(FOREVER));
        } catch (OutOfMemoryError e) {
            // there is main to be stopped
        }
        var closers = new Thread[] {closer(started), closer(started)};
        for (var closer : closers) {
            try {
                closer.join();
            } catch (InterruptedException e) {
                throw new AssertionError("nobody interrupts this thread", e);
            }
        }
        failures += started.isClosed() ? 0 : 1;
    }

    private static Thread closer(StartedRun started) {
        return Thread.ofVirtual().start(() -> {
            while (!started.isClosed()) {
                try {
                    started.close();
                } catch (OutOfMemoryError e) {
                    // once more
                }
            }
        });
    }

    @Override
    public String toString() {
        return failures + " not closed";
    }
}

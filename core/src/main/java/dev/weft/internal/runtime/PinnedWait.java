package dev.weft.internal.runtime;

/**
 * The wait of a thread that cannot leave its carrier, as a native frame or a class initializer is on its stack: it
 * waits on the carrier, which carries the loop again afterwards.
 *
 * <p>It waits by a monitor. A park would use up a permit that the program has been given.
 */
final class PinnedWait {

    /** Where the thread is. */
    final Thread carrier;

    private boolean over;

    PinnedWait(Thread carrier) {
        this.carrier = carrier;
    }

    /** Returns once it is {@link #end ended}. An interrupt is kept, and ends nothing. */
    synchronized void await() {
        var interrupted = false;
        while (!over) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Any thread. */
    synchronized void end() {
        over = true;
        notifyAll();
    }
}

package dev.weft;

/** Hangs until it is cancelled, then cleans up for a while, and remembers what happened to it. */
final class HangingBody implements VoidBody<RuntimeException> {

    private final Gate started = new Gate();
    private volatile boolean cancelled;

    @Override
    public void execute() throws InterruptedException {
        started.open();
        try {
            Weft.sleep(Weft.FOREVER);
        } catch (CancelledException e) {
            Yielding.stubbornly(3);
            cancelled = true;
            throw e;
        }
    }

    /** Waits until the body has begun: from then on a cancellation reaches it inside. */
    void awaitStarted() throws InterruptedException {
        started.await();
    }

    /** Whether the body was cancelled and has finished its clean-up. */
    boolean wasCancelled() {
        return cancelled;
    }
}

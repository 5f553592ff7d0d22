package dev.weft;

/** Runs until it is released, whatever else it is told; keeps its owner from ending. */
final class StubbornBody implements VoidBody<RuntimeException> {

    private final Gate started = new Gate();
    private final Gate released = new Gate();

    @Override
    public void execute() {
        started.open();
        released.awaitStubbornly();
    }

    /** Waits until the body has begun: one that is cancelled before does not run at all. */
    void awaitStarted() throws InterruptedException {
        started.await();
    }

    void release() {
        released.open();
    }
}

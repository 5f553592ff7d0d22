package dev.weft.internal.run;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many ends a run waits for. As long as main runs, those of background tasks do not come off, so that cores share
 * no word for them; when it has ended, or the run drains, those that go on are counted in. Thread-safe.
 */
final class AwaitedEnds {

    /** More than there can be tasks. */
    private static final int MAIN_RUNS = 1 << 30;

    private final AtomicInteger count = new AtomicInteger(MAIN_RUNS);

    private volatile boolean draining;

    /** The number left when some have been subtracted. */
    enum Left {
        NOTHING,
        /** Nothing but main, in a run that drains. */
        MAIN,
        MORE
    }

    void add() {
        count.incrementAndGet();
    }

    /** The ends of {@code others} tasks come off from now on. */
    void beginDrain(int others) {
        draining = true;
        count.addAndGet(others);
    }

    boolean isDraining() {
        return draining;
    }

    /** Main has ended, and {@code others} tasks go on, whose ends come off from now on. */
    Left mainEnded(int others) {
        return remove(draining ? MAIN_RUNS : MAIN_RUNS - others);
    }

    Left remove(int ended) {
        var now = count.addAndGet(-ended);
        return now == 0 ? Left.NOTHING : now == MAIN_RUNS && draining ? Left.MAIN : Left.MORE;
    }

    boolean isZero() {
        return count.get() == 0;
    }

    /** How many there are besides main. Only while draining. */
    int besidesMain() {
        return Math.max(0, count.get() - MAIN_RUNS);
    }
}

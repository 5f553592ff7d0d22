package dev.weft.test;

import dev.weft.internal.runtime.Strand;
import java.util.Objects;

/** A virtual thread that a strand of a deep simulation has started. */
final class DeepThread extends Strand {

    final Runnable step;
    private final Strand starter;
    private final int number;

    DeepThread(DeepScheduler scheduler, Strand starter, Thread thread, Runnable step, int number) {
        super(scheduler, thread);
        this.step = step;
        this.starter = starter;
        this.number = number;
    }

    @Override
    protected void live() {
        throw new AssertionError("the JDK runs it");
    }

    @Override
    public String name() {
        var own = Objects.requireNonNull(thread()).getName();
        return own.isEmpty() ? "thread-" + number : own;
    }

    @Override
    public Strand parent() {
        return starter;
    }
}

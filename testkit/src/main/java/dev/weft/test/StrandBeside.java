package dev.weft.test;

import dev.weft.internal.runtime.Strand;

/** A callback that would run beside the strands is one of them here: its moment must not depend on the machine. */
final class StrandBeside extends Strand {
    private final String name;
    private final Runnable action;

    StrandBeside(SimulatedScheduler scheduler, String name, Runnable action) {
        super(scheduler);
        this.name = name;
        this.action = action;
    }

    @Override
    protected void live() {
        if (scheduler().begun(this)) {
            action.run();
            scheduler().exit(this);
        }
    }

    @Override
    public String name() {
        return name;
    }
}

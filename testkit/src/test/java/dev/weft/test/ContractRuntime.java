package dev.weft.test;

import dev.weft.WeftRuntime;

/** The simulation as a bare runtime, for tests that bring their own runners and threads from outside. */
public final class ContractRuntime {

    private ContractRuntime() {}

    /** A new one; a deep one also schedules what the JDK does with the tasks' threads. */
    public static WeftRuntime open(Schedule schedule, boolean deep) {
        var settings = new Settings().with(s -> {
            s.outsideEvents = true;
            s.deep = deep;
        });
        var scheduler = SimulatedScheduler.open(settings, schedule, error -> System.err.println(error.getMessage()));
        return WeftRuntime.of(scheduler, scheduler::close);
    }
}

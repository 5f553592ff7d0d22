package dev.weft;

import dev.weft.test.ContractRuntime;
import dev.weft.test.Schedule;
import java.util.ArrayList;
import java.util.List;

/**
 * Has the core's contract tests run on the simulation: in the event loop's order, and in orders drawn from so many
 * seeds for each strategy as the system property {@code weft.contract.seeds} says. With {@code weft.contract.deep} the
 * simulation is a deep one.
 */
public final class SimulatedRuntimes implements TestRuntime.Others {

    private static final int SEEDS = Integer.getInteger("weft.contract.seeds", 1);
    private static final boolean DEEP = Boolean.getBoolean("weft.contract.deep");

    /** Made by a service loader. */
    public SimulatedRuntimes() {}

    @Override
    public List<TestRuntime> runtimes() {
        var runtimes = new ArrayList<TestRuntime>();
        runtimes.add(runtime("fifo"));
        for (var seed = 1; seed <= SEEDS; seed++) {
            runtimes.add(runtime("random:" + seed));
            runtimes.add(runtime("pct:" + seed + ":3:40"));
            runtimes.add(runtime("pos:" + seed));
        }
        return runtimes;
    }

    private static TestRuntime runtime(String schedule) {
        return new TestRuntime(
                DEEP ? "deep " + schedule : schedule, true, () -> ContractRuntime.open(Schedule.of(schedule), DEEP));
    }
}

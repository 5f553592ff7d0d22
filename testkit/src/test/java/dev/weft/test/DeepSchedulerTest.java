package dev.weft.test;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeepSchedulerTest {

    private static DeepScheduler open() {
        var settings = new Settings().with(each -> each.deep = true);
        return (DeepScheduler) SimulatedScheduler.open(settings, Schedule.FIFO, _ -> {});
    }

    /** Its threads go on together then, and none of them may touch what belongs to the one in turn. */
    @Test
    void strandThatMayGoOn_isNotReady_onceTheSimulationIsAbandoned() {
        var scheduler = open();
        scheduler.abandon();
        scheduler.goOn(new StrandBeside(scheduler, "late", () -> {}));
        assertThat(scheduler.othersAreReady()).isFalse();
    }
}

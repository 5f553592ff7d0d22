package dev.weft.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every canary is found, within the number of schedules that docs/testing.md states, and replayed exactly. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CanaryTest {

    private static final int SCHEDULES = 300;
    private static final int REPLAYS = 100;

    @ParameterizedTest
    @EnumSource(Canary.class)
    void canary_isFoundAndReplayed(Canary canary) throws Exception {
        var found = find(canary);
        assertThat(found.getCause()).matches(canary::isFound, "is what was to be found");
        assertThat(found.attempts()).isLessThanOrEqualTo(DocumentedSeeds.of(canary));
        if (canary == Canary.UNCONTROLLED || canary == Canary.FOREIGN_LOCK) {
            return; // the one does not repeat itself, the other takes its turn limit each time
        }
        for (var i = 0; i < REPLAYS; i++) {
            var again = catchThrowableOfType(
                    ScheduleFailedError.class,
                    () -> canary.simulation()
                            .replay(Schedule.of(found.schedule().toString()), canary::run));
            assertThat(again.trace().digest()).isEqualTo(found.trace().digest());
            assertThat(again.trace()).hasToString(found.trace().toString());
            assertThat(again.getCause()).matches(canary::isFound, "is what was to be found");
        }
    }

    private static ScheduleFailedError find(Canary canary) {
        return catchThrowableOfType(ScheduleFailedError.class, () -> {
            if (canary.isFoundBySweep()) {
                canary.simulation().sweep(canary::run);
            } else {
                canary.simulation().explore(SCHEDULES, canary::run);
            }
        });
    }
}

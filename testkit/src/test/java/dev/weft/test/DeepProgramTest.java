package dev.weft.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weft.test.SimulationError.Kind;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import samples.deep.ExtendedWithin;
import samples.deep.Increments;
import samples.deep.LoadsForEver;
import samples.deep.ManyClasses;
import samples.deep.Numbers;
import samples.deep.SocketThenDeadlock;
import samples.deep.Spins;

/** Programs whose classes are rewritten, without JUnit. */
@Timeout(60)
class DeepProgramTest {

    private static Simulation deep() {
        return Simulation.create().deep();
    }

    @Test
    void classesOfAPackageThatIsNamed_haveSwitchPoints() {
        assertThatThrownBy(() -> deep().explore(200, DeepProgram.of(Increments.class, "samples.other")))
                .isInstanceOf(ScheduleFailedError.class)
                .hasMessageContaining("one of 2 increments was lost");
    }

    @Test
    void classesOfOtherPackages_areAsTheyAre() throws Exception {
        deep().explore(100, DeepProgram.of(Increments.class));
    }

    /** To load a library's classes takes longer than a turn may; it is no endless loop. */
    @Test
    void loadingManyClasses_isNoHeldTurn() throws Exception {
        deep().turnLimit(Duration.ofSeconds(3)).explore(1, DeepProgram.of(ManyClasses.class, "org.assertj"));
    }

    @Test
    void endlessLoopThatLoadsClasses_isAHeldTurn() {
        var simulation = deep().turnLimit(Duration.ofMillis(200));
        assertThatThrownBy(() -> simulation.run(DeepProgram.of(LoadsForEver.class)))
                .isInstanceOfSatisfying(
                        SimulationError.class, error -> assertThat(error.kind()).isEqualTo(Kind.HELD_TURN));
    }

    /** The JVM's own thread for sockets, which stays, is no hope for those that wait for something else. */
    @Test
    void deadlockAfterASocketWasUsed_isFoundAtOnce_fromTheSecondScheduleOn() {
        assertThatThrownBy(() -> deep().explore(3, DeepProgram.of(SocketThenDeadlock.class)))
                .isInstanceOf(ScheduleFailedError.class)
                .hasMessageContaining("no timer is left")
                .hasMessageNotContaining("nothing has come from outside")
                .hasMessageNotContaining("MasterPoller");
    }

    @Test
    void aFailure_isReplayed() {
        var program = DeepProgram.of(Increments.class, "samples.other.Counter");
        assertThatThrownBy(() -> deep().explore(200, program))
                .isInstanceOfSatisfying(
                        ScheduleFailedError.class,
                        failed -> assertThatThrownBy(() -> deep().replay(failed.schedule(), program))
                                .hasMessageContaining("one of 2 increments was lost"));
    }

    @Test
    void callableAndWorldBody_areRun() throws Exception {
        deep().explore(3, DeepProgram.of(Increments.AsCallable.class));
        deep().explore(3, DeepProgram.of(Increments.AsWorldBody.class));
    }

    @Test
    void classWithANestedSubclass_isRun() throws Exception {
        deep().explore(3, DeepProgram.of(ExtendedWithin.class));
    }

    @Test
    void whatTheProgramThrows_isThrown() {
        assertThatThrownBy(() -> deep().run(DeepProgram.of(Increments.Throwing.class)))
                .isInstanceOf(java.io.IOException.class)
                .hasMessage("as it is");
    }

    @Test
    void randomNumbers_areTheSameInEachExecution() {
        var program = DeepProgram.of(Numbers.class);
        var drawn = catchThrowableOfType(ScheduleFailedError.class, () -> deep().explore(1, program));
        assertThat(drawn.getCause().getClass().getSimpleName()).isEqualTo("Drawn"); // not a report of nondeterminism
        assertThatThrownBy(() -> deep().replay(drawn.schedule(), program))
                .cause()
                .hasMessage(drawn.getCause().getMessage());
        assertThatThrownBy(() -> deep().randomSeed(1).explore(1, program))
                .cause()
                .message()
                .isNotEqualTo(drawn.getCause().getMessage());
    }

    @Test
    void badPrograms_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeepProgram.of(DeepProgramTest.class))
                .withMessageContaining("DeepProgramTest cannot be run: have it implement Runnable");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeepProgram.of(Thread.class))
                .withMessageContaining("class of the JDK");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeepProgram.of(Increments.class, "not a name"))
                .withMessageContaining("'not a name' is not the name");
        Callable<Object> lambda = () -> null;
        assertThatIllegalArgumentException().isThrownBy(() -> DeepProgram.of(lambda.getClass()));
        assertThatIllegalStateException()
                .isThrownBy(() -> Simulation.create().run(DeepProgram.of(Increments.class)))
                .withMessageContaining("call deep()");
    }

    @Test
    void eachExecution_hasTheClassesAnew() throws Exception {
        Increments.runs = 7;
        deep().explore(5, DeepProgram.of(Increments.AsCallable.class));
        assertThat(Increments.runs).isEqualTo(7);
    }

    @Test
    void livelockOfSleeps_saysThatTheySleep() {
        assertThatThrownBy(() -> deep().stepLimit(500).explore(1, DeepProgram.of(Spins.Asleep.class)))
                .hasMessageContaining("is it a livelock?")
                .hasMessageContaining("waits for the end of a sleep")
                .message()
                .doesNotContain("DeepScheduler");
    }

    /** Else each of them keeps one of the carriers that all other virtual threads need. */
    @ParameterizedTest
    @ValueSource(classes = {Spins.class, Spins.InMain.class, Spins.WithoutSaying.class})
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
    void threadsThatSpin_areStopped_whenTheirSimulationIsOver(Class<?> spins) {
        var carriers = Runtime.getRuntime().availableProcessors();
        for (var i = 0; i <= carriers; i++) {
            assertThatThrownBy(() -> deep().stepLimit(500).run(DeepProgram.of(spins)))
                    .isInstanceOfSatisfying(
                            SimulationError.class,
                            error -> assertThat(error.kind()).isEqualTo(Kind.STEP_LIMIT));
        }
    }
}

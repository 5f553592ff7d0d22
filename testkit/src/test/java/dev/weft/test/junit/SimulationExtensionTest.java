package dev.weft.test.junit;

import static dev.weft.Weft.createTask;
import static dev.weft.Weft.currentTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.platform.engine.TestExecutionResult.Status.ABORTED;
import static org.junit.platform.engine.TestExecutionResult.Status.FAILED;
import static org.junit.platform.engine.TestExecutionResult.Status.SUCCESSFUL;

import dev.weft.test.ScheduleFailedError;
import dev.weft.test.SimulationError;
import dev.weft.test.SimulationError.Kind;
import dev.weft.test.World;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ParameterResolutionException;

@Timeout(60)
class SimulationExtensionTest {

    private static final List<String> LOG = new CopyOnWriteArrayList<>();

    private final Launched launched;

    SimulationExtensionTest() {
        LOG.clear();
        launched = Launched.run(Subject.class);
    }

    private static Throwable configured(String name, String value, String method) {
        LOG.clear();
        return Launched.run(Subject.class, Map.of(name, value)).thrown(method).orElse(null);
    }

    @Test
    void composedAnnotations_areSimulationTests() {
        assertThat(launched.status("isComposed")).isEqualTo(SUCCESSFUL);
        assertThat(LOG).filteredOn("isComposed"::equals).hasSize(3);
    }

    @Test
    void configuration_multipliesSchedules_butOneStaysOne() {
        assertThat(configured("weft.simulation.factor", "3", "passes")).isNull();
        assertThat(LOG).filteredOn("passes"::equals).hasSize(21);
        assertThat(LOG).filteredOn("isPinned"::equals).hasSize(2);
        assertThat(configured("weft.simulation.factor", "0", "passes"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("weft.simulation.factor")
                .hasMessageContaining("from 1 to")
                .hasMessageContaining("'0'");
        assertThat(configured("weft.simulation.factor", "many", "passes")).hasMessageContaining("'many'");
    }

    @Test
    void configuration_beginsWithAnotherSeed() {
        assertThat(configured("weft.simulation.firstSeed", " -5 ", "tellsSeeds"))
                .isNull();
        var fromMinusFive = List.copyOf(LOG);
        assertThat(configured("weft.simulation.firstSeed", "1", "tellsSeeds")).isNull();
        var fromOne = List.copyOf(LOG);
        assertThat(configured("weft.simulation.factor", "1", "tellsSeeds")).isNull();
        assertThat(LOG).isEqualTo(fromOne).isNotEqualTo(fromMinusFive);
    }

    @Test
    void worldOutsideOfAMethod_andAnnotationsInTheWrongPlace_areRefused() {
        var misplaced = Launched.run(Misplaced.class);
        assertThat(misplaced.thrown("isPlainButPinned"))
                .get()
                .isInstanceOf(IllegalStateException.class)
                .extracting(Throwable::getMessage)
                .asString()
                .contains("isPlainButPinned", "no @SimulationTest");
        assertThat(misplaced.thrown("isPlainButPinnedTwice")).get().isInstanceOf(IllegalStateException.class);
        assertThat(misplaced.thrown("repetition 1 of 2"))
                .get()
                .isInstanceOf(IllegalStateException.class)
                .extracting(Throwable::getMessage)
                .asString()
                .contains("isRepeated", "explore(");
        assertThat(Launched.run(WantsAWorldBefore.class).thrown("passes"))
                .get()
                .isInstanceOf(ParameterResolutionException.class);
    }

    @Test
    void method_isTheMainOfEachSchedule() {
        assertThat(launched.status("passes")).isEqualTo(SUCCESSFUL);
        assertThat(LOG).filteredOn("passes"::equals).hasSize(7);
    }

    @Test
    void parameters_areInjectedForEachSchedule() {
        assertThat(launched.status("hasAWorld")).isEqualTo(SUCCESSFUL);
        assertThat(LOG).filteredOn(line -> line.startsWith("hasAWorld")).hasSize(100);
    }

    @Test
    void failure_isALineToPaste() {
        assertThat(launched.status("fails")).isEqualTo(FAILED);
        assertThat(launched.thrown("fails")).get().isInstanceOfSatisfying(ScheduleFailedError.class, e -> {
            assertThat(e).hasMessageContaining("@Seed(\"" + e.schedule() + "\")");
            assertThat(e.getCause()).isInstanceOf(AssertionError.class);
        });
    }

    @Test
    void pinnedSeeds_comeFirst() {
        assertThat(launched.status("isPinned")).isEqualTo(FAILED);
        assertThat(launched.thrown("isPinned"))
                .get()
                .isInstanceOfSatisfying(
                        ScheduleFailedError.class, e -> assertThat(e.schedule()).hasToString("order:0=1"));
        assertThat(LOG).filteredOn("isPinned"::equals).hasSize(2);
    }

    @Test
    void unknownSeed_isSaidToBeSo() {
        assertThat(launched.thrown("isPinnedWrongly"))
                .get()
                .isInstanceOf(IllegalArgumentException.class)
                .extracting(Throwable::getMessage)
                .asString()
                .contains("lifo", "random:SEED");
    }

    @Test
    void findings_failUnlessAllowed() {
        assertThat(launched.thrown("leaks"))
                .get()
                .extracting(Throwable::getCause)
                .isInstanceOfSatisfying(
                        SimulationError.class, e -> assertThat(e.kind()).isEqualTo(Kind.LEAKED_TASK));
        assertThat(launched.status("mayLeak")).isEqualTo(SUCCESSFUL);
    }

    @Test
    void sweep_cancelsEachWait() {
        assertThat(launched.thrown("leavesOpen"))
                .get()
                .extracting(Throwable::getCause)
                .isInstanceOfSatisfying(
                        SimulationError.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNCLOSED_RESOURCE));
    }

    @Test
    void settings_areTakenFromTheAnnotation() {
        assertThat(launched.status("movesTheClock")).isEqualTo(SUCCESSFUL);
        assertThat(launched.thrown("runsOn"))
                .get()
                .extracting(Throwable::getCause)
                .isInstanceOfSatisfying(
                        SimulationError.class, e -> assertThat(e.kind()).isEqualTo(Kind.STEP_LIMIT));
    }

    @Test
    void assumptions_abort() {
        assertThat(launched.status("assumes")).isEqualTo(ABORTED);
    }

    @Test
    void lifeCycleAndOtherTests_areAsEver() {
        assertThat(launched.status("isPlain")).isEqualTo(SUCCESSFUL);
        assertThat(LOG)
                .filteredOn("before"::equals)
                .hasSameSizeAs(LOG.stream().filter("after"::equals).toList());
    }

    @SimulationTest(seeds = 3)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Threefold {}

    /** Run by a test above only. */
    @Disabled
    static class Misplaced {

        @Test
        @Seed("fifo")
        void isPlainButPinned() {}

        @Test
        @Seed("fifo")
        @Seed("pos:1")
        void isPlainButPinnedTwice() {}

        @RepeatedTest(2)
        @Seed("fifo")
        void isRepeated() {}
    }

    /** Run by a test above only. */
    @Disabled
    static class WantsAWorldBefore {

        @BeforeEach
        void before(World world) {
            world.open("never");
        }

        @SimulationTest
        void passes() {}
    }

    /** Run by the tests above only. */
    @Disabled
    static class Subject {

        @BeforeEach
        void before() {
            LOG.add("before");
        }

        @AfterEach
        void after() {
            LOG.add("after");
        }

        @Threefold
        void isComposed() {
            LOG.add("isComposed");
        }

        @SimulationTest(seeds = 4)
        void tellsSeeds() throws Exception {
            LOG.add(order().toString());
            LOG.add(order().toString());
        }

        @SimulationTest(seeds = 7)
        void passes() throws Exception {
            sleep(Duration.ofHours(1));
            LOG.add("passes");
        }

        @SimulationTest
        void hasAWorld(World world, TestInfo info) throws Exception {
            assertThat(info.getDisplayName()).contains("hasAWorld");
            world.advanceBy(Duration.ofHours(1));
            assertThat(world.currentTime()).isEqualTo(Duration.ofHours(1));
            LOG.add("hasAWorld " + currentTask().isPresent());
        }

        @SimulationTest(seeds = 1000)
        void fails() throws Exception {
            assertThat(order()).startsWith("a");
        }

        @SimulationTest(seeds = 1)
        @Seed("fifo")
        @Seed("order:0=1")
        void isPinned() throws Exception {
            LOG.add("isPinned");
            assertThat(order()).startsWith("a");
        }

        @SimulationTest
        @Seed("lifo")
        void isPinnedWrongly() {}

        @SimulationTest
        void leaks() {
            createTask(() -> sleep(Duration.ofHours(1)));
        }

        @SimulationTest(allow = Kind.LEAKED_TASK)
        void mayLeak() {
            leaks();
        }

        @SimulationTest(seeds = 1, sweep = true)
        void leavesOpen(World world) throws Exception {
            var file = world.open("file");
            sleep(Duration.ofSeconds(1));
            file.close();
        }

        @SimulationTest(seeds = 5, manualClock = true)
        void movesTheClock(World world) throws Exception {
            var task = createTask(() -> sleep(Duration.ofSeconds(2)));
            world.advanceBy(Duration.ofSeconds(1));
            assertThat(task.isDone()).isFalse();
            world.advanceBy(Duration.ofSeconds(1));
            assertThat(task.isDone()).isTrue();
        }

        @SimulationTest(stepLimit = 50)
        void runsOn() throws Exception {
            while (true) {
                sleep(Duration.ofSeconds(1));
            }
        }

        @SimulationTest
        void assumes() {
            assumeTrue(false);
        }

        @Test
        void isPlain() {
            assertThat(currentTask()).isEmpty();
        }

        private static List<String> order() throws InterruptedException {
            var log = new ArrayList<String>();
            gather(() -> log.add("a"), () -> log.add("b"));
            return log;
        }
    }
}

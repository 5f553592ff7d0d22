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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SimulationExtensionTest {

    private static final List<String> LOG = new CopyOnWriteArrayList<>();

    private final Launched launched;

    SimulationExtensionTest() {
        LOG.clear();
        launched = Launched.run(Subject.class);
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

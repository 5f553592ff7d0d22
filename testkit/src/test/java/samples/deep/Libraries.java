package samples.deep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.test.junit.SimulationTest;
import java.util.Map;
import org.junit.jupiter.api.Disabled;
import samples.other.Registry;
import samples.other.StaticTimer;

/** Users of libraries without switch points. Run by a test: {@code faulty_}, {@code correct_}. */
@Disabled("run by DeepSimulationTest")
class Libraries {

    private static void both(Registry registry, Runnable action) throws InterruptedException {
        var one = Thread.ofVirtual().start(action);
        var other = Thread.ofVirtual().start(action);
        one.join();
        other.join();
        assertThat(registry.entered()).isEqualTo(1);
    }

    // ---- check, then act

    @SimulationTest(deep = true)
    void faulty_checkThenActOnALibrarysObject() throws InterruptedException {
        var registry = new Registry();
        both(registry, () -> {
            if (registry.find("a") == null) {
                registry.enter("a", 1);
            }
        });
    }

    @SimulationTest(deep = true)
    void faulty_checkThenActOnALibrarysMap() throws InterruptedException {
        var registry = new Registry();
        Map<String, Integer> map = registry;
        both(registry, () -> {
            if (map.get("a") == null) {
                map.put("a", 1);
            }
        });
    }

    private static final class Names extends Registry {
        private void enterUnlessKnown() {
            if (super.find("a") == null) {
                register("a", 1);
            }
        }
    }

    @SimulationTest(deep = true)
    void faulty_checkThenActByASubclassOfALibrarysClass() throws InterruptedException {
        var names = new Names();
        both(names, names::enterUnlessKnown);
    }

    @SimulationTest(deep = true)
    void correct_checkThenActWithALock() throws InterruptedException {
        var registry = new Registry();
        both(registry, () -> {
            synchronized (registry) {
                if (registry.get("a") == null) {
                    registry.put("a", 1);
                }
            }
        });
    }

    // ---- pools that outlive a schedule

    @SimulationTest(deep = true, seeds = 10)
    void correct_staticPoolOfALibraryAnswersLater() throws Exception {
        assertThat(StaticTimer.later("answer").get()).isEqualTo("answer");
    }
}

package samples.deep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.test.junit.SimulationTest;
import java.lang.ref.Cleaner;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Disabled;
import samples.other.Registry;
import samples.other.StaticTimer;

/** Users of libraries without switch points. Run by a test: {@code faulty_}, {@code correct_}. */
@Disabled("run by DeepSimulationTest")
class Libraries {

    private static final Cleaner CLEANER = Cleaner.create();

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

    // ---- names

    /** The JDK counts the threads and pools of all of the JVM. */
    @SimulationTest(deep = true, seeds = 10)
    void correct_threadsHaveTheSameNamesInEachSchedule() throws Exception {
        var names = new String[3];
        var plain = Thread.ofPlatform()
                .daemon()
                .start(() -> names[0] = Thread.currentThread().getName());
        plain.join();
        var factory = StaticTimer.factory();
        for (var i = 1; i < 3; i++) {
            var number = i;
            try (var pool = Executors.newFixedThreadPool(1, factory)) {
                pool.submit(() -> names[number] = Thread.currentThread().getName())
                        .get();
            }
        }
        assertThat(names).containsExactly("Thread-0", "pool-1-thread-1", "pool-1-thread-2");
    }

    // ---- references

    @SimulationTest(deep = true, seeds = 10)
    void correct_limitOfAReferenceQueueIsVirtual() throws InterruptedException {
        var queue = new ReferenceQueue<Object>();
        var referent = new Object();
        var reference = new WeakReference<>(referent, queue);
        assertThat(queue.remove(3_600_000)).isNull();
        reference.enqueue();
        assertThat(queue.remove(3_600_000)).isSameAs(reference);
        assertThat(referent).isNotNull();
    }

    @SimulationTest(deep = true, seeds = 10)
    void correct_actionOfACleanerRunsOnce() {
        assertThat(Cleaner.create()).isSameAs(CLEANER); // which has one thread for all schedules
        var made = new AtomicInteger();
        var cleanable = CLEANER.register(this, made::incrementAndGet);
        cleanable.clean();
        cleanable.clean();
        assertThat(made.get()).isEqualTo(1);
    }
}

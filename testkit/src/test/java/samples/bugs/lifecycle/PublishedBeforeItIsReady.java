package samples.bugs.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.test.junit.SimulationTest;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import samples.bugs.Bug;

/** A singleton is put into its static field, and then set up. */
@Bug(report = "github/codeql#21546", needs = Bug.Needs.FIELDS, finding = "expected: <8> but was: <0>")
class PublishedBeforeItIsReady {

    private static final class Settings {
        private static volatile Settings instance;

        private int threads;

        private void load() {
            threads = 8;
        }

        static Settings tooEarly() {
            if (instance == null) {
                synchronized (Settings.class) {
                    if (instance == null) {
                        instance = new Settings();
                        instance.load();
                    }
                }
            }
            return instance;
        }

        static Settings whenReady() {
            if (instance == null) {
                synchronized (Settings.class) {
                    if (instance == null) {
                        var loaded = new Settings();
                        loaded.load();
                        instance = loaded;
                    }
                }
            }
            return instance;
        }
    }

    private interface Access {
        Settings settings();
    }

    private static void readTwice(Access access) throws Exception {
        ThreadFactory factory = Thread.ofVirtual().name("reader-", 0).factory();
        try (var pool = Executors.newThreadPerTaskExecutor(factory)) {
            var one = pool.submit(() -> access.settings().threads);
            var other = pool.submit(() -> access.settings().threads);
            assertEquals(8, one.get());
            assertEquals(8, other.get());
        }
    }

    @SimulationTest(deep = true)
    void broken() throws Exception {
        readTwice(Settings::tooEarly);
    }

    @SimulationTest(deep = true)
    void mended() throws Exception {
        readTwice(Settings::whenReady);
    }
}

package samples.bugs.caches;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.test.junit.SimulationTest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import samples.bugs.Bug;

/** An invalidation finds nothing to remove, while somebody has read the old value and is about to store it. */
@Bug(report = "google/guava#1881", needs = Bug.Needs.CALLS, finding = "expected: <new> but was: <old>")
class StaleAfterInvalidate {

    private interface Cache {
        String get(String key, Supplier<String> loader);

        void invalidate(String key);
    }

    private static final class Broken implements Cache {
        private final Map<String, String> values = new ConcurrentHashMap<>();

        @Override
        public String get(String key, Supplier<String> loader) {
            var value = values.get(key);
            if (value == null) {
                value = loader.get();
                values.put(key, value);
            }
            return value;
        }

        @Override
        public void invalidate(String key) {
            values.remove(key);
        }
    }

    /** The map's bin is locked while it loads: the removal comes after. */
    private static final class Mended implements Cache {
        private final Map<String, String> values = new ConcurrentHashMap<>();

        @Override
        public String get(String key, Supplier<String> loader) {
            return values.computeIfAbsent(key, missing -> loader.get());
        }

        @Override
        public void invalidate(String key) {
            values.remove(key);
        }
    }

    private static void changeWhileItLoads(Cache cache) throws InterruptedException {
        var database = new AtomicReference<>("old");
        Supplier<String> loader = database::get;
        var reader = Thread.startVirtualThread(() -> cache.get("bean", loader));
        var writer = Thread.startVirtualThread(() -> {
            database.set("new");
            cache.invalidate("bean");
        });
        reader.join();
        writer.join();
        assertEquals("new", cache.get("bean", loader));
    }

    @SimulationTest(deep = true)
    void broken() throws Exception {
        changeWhileItLoads(new Broken());
    }

    @SimulationTest(deep = true)
    void mended() throws Exception {
        changeWhileItLoads(new Mended());
    }
}

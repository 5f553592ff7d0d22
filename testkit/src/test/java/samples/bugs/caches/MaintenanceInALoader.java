package samples.bugs.caches;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.test.junit.SimulationTest;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import samples.bugs.Bug;

/** A loader inside of a map's computation cleans up, and whoever cleans up wants the entry that is being computed. */
@Bug(report = "ben-manes/caffeine#712", needs = Bug.Needs.LOCKS, finding = "deadlock")
class MaintenanceInALoader {

    private static final class Cache<K, V> {
        private final ConcurrentHashMap<K, V> data = new ConcurrentHashMap<>();
        private final ReentrantLock evictionLock = new ReentrantLock();

        V get(K key, Function<K, V> loader) {
            return data.computeIfAbsent(key, loader);
        }

        void evict(K key) {
            evictionLock.lock();
            try {
                data.computeIfPresent(key, (each, value) -> null);
            } finally {
                evictionLock.unlock();
            }
        }
    }

    @SimulationTest(deep = true)
    void broken() throws Exception {
        var cache = new Cache<String, Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var loaded = threads.submit(() -> cache.get("a", key -> {
                cache.evictionLock.lock();
                try {
                    return key.length();
                } finally {
                    cache.evictionLock.unlock();
                }
            }));
            threads.submit(() -> cache.evict("a"));
            assertEquals(1, loaded.get());
        }
    }

    /** Cleans up when the computation is over. */
    @SimulationTest(deep = true)
    void mended() throws Exception {
        var cache = new Cache<String, Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var loaded = threads.submit(() -> {
                var length = cache.get("a", String::length);
                cache.evictionLock.lock();
                cache.evictionLock.unlock();
                return length;
            });
            threads.submit(() -> cache.evict("a"));
            assertEquals(1, loaded.get());
        }
    }
}

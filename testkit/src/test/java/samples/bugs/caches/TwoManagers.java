package samples.bugs.caches;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.test.junit.SimulationTest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import samples.bugs.Bug;

/** Each of two threads sees no manager for its class loader and makes one; the first one's listener is gone. */
@Bug(report = "alibaba/arthas#3237", needs = Bug.Needs.CALLS, finding = "expected: <2> but was: <1>")
class TwoManagers {

    private static class Registry {
        private static final Map<String, List<Runnable>> MANAGERS = new ConcurrentHashMap<>();

        List<Runnable> manager(String loader) {
            var manager = MANAGERS.get(loader);
            if (manager == null) {
                manager = new CopyOnWriteArrayList<>();
                MANAGERS.put(loader, manager);
            }
            return manager;
        }

        void register(String loader, Runnable listener) {
            manager(loader).add(listener);
        }

        long count(String loader) {
            return MANAGERS.getOrDefault(loader, List.of()).stream().distinct().count();
        }
    }

    private static final class Mended extends Registry {
        @Override
        List<Runnable> manager(String loader) {
            return Registry.MANAGERS.computeIfAbsent(loader, key -> new CopyOnWriteArrayList<>());
        }
    }

    private static void registerTwo(Registry registry) throws InterruptedException {
        Runnable watch = () -> {};
        Runnable trace = () -> System.identityHashCode(registry);
        var threads = Stream.of(watch, trace)
                .map(listener -> Thread.ofVirtual().start(() -> registry.register("app", listener)))
                .toList();
        for (var thread : threads) {
            thread.join();
        }
        assertEquals(2, registry.count("app"));
    }

    @SimulationTest(deep = true)
    void broken() throws Exception {
        registerTwo(new Registry());
    }

    @SimulationTest(deep = true)
    void mended() throws Exception {
        registerTwo(new Mended());
    }
}

package samples.bugs.caches;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.test.junit.SimulationTest;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import samples.bugs.Bug;

/** Users are loaded with their orders, and orders with their users: each loader waits within the other's map. */
@Bug(report = "ben-manes/caffeine#771", needs = Bug.Needs.CALLS, finding = "deadlock")
class LoadersOfEachOther {

    private static final Executor VIRTUAL = Thread::startVirtualThread;

    record User(int id, String order) {}

    record Order(int id, String user) {}

    private final ConcurrentMap<Integer, User> users = new ConcurrentHashMap<>();
    private final ConcurrentMap<Integer, Order> orders = new ConcurrentHashMap<>();

    private User user(int id) {
        return users.computeIfAbsent(id, key -> new User(key, bareOrder(key).toString()));
    }

    private Order order(int id) {
        return orders.computeIfAbsent(id, key -> new Order(key, bareUser(key).toString()));
    }

    private Order bareOrder(int id) {
        return orders.computeIfAbsent(id, key -> new Order(key, "?"));
    }

    private User bareUser(int id) {
        return users.computeIfAbsent(id, key -> new User(key, "?"));
    }

    @SimulationTest(deep = true)
    void broken() {
        var user = CompletableFuture.supplyAsync(() -> user(7), VIRTUAL);
        var order = CompletableFuture.supplyAsync(() -> order(7), VIRTUAL);
        assertEquals(
                14,
                user.thenCombine(order, (one, other) -> one.id() + other.id()).join());
    }

    private static <K, V> V keepFirst(Map<K, V> map, K key, V value) {
        var before = map.putIfAbsent(key, value);
        return before == null ? value : before;
    }

    /** Loads outside of the maps, and keeps what was there first. */
    @SimulationTest(deep = true)
    void mended() {
        var user = CompletableFuture.supplyAsync(
                () -> keepFirst(users, 7, new User(7, bareOrder(7).toString())), VIRTUAL);
        var order = CompletableFuture.supplyAsync(
                () -> keepFirst(orders, 7, new Order(7, bareUser(7).toString())), VIRTUAL);
        assertEquals(
                14,
                user.thenCombine(order, (one, other) -> one.id() + other.id()).join());
    }
}

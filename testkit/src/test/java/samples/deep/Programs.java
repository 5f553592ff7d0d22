package samples.deep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.test.World;
import dev.weft.test.junit.SimulationTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;

/**
 * Programs that do not use Weft. Run by a test, which knows what is found in each: {@code faulty_}, {@code correct_}.
 */
@Disabled("run by DeepSimulationTest")
class Programs {

    private static int runs;

    private final List<String> lifecycle = new ArrayList<>();

    @BeforeEach
    void before() {
        lifecycle.add("before");
    }

    @AfterEach
    void after() {
        lifecycle.add("after");
    }

    private static void together(Runnable... bodies) throws InterruptedException {
        var threads = new ArrayList<Thread>();
        for (var body : bodies) {
            threads.add(Thread.ofVirtual().start(body));
        }
        for (var thread : threads) {
            thread.join();
        }
    }

    // ---- found at fields

    private int balance;

    @SimulationTest(deep = true)
    void faulty_lostUpdateOfAPlainField() throws Exception {
        together(() -> balance = balance + 1, () -> balance = balance + 1);
        assertThat(balance).isEqualTo(2);
    }

    @SimulationTest(deep = true)
    void correct_updateOfAFieldInAMonitor() throws Exception {
        together(this::add, this::add, this::add);
        assertThat(balance).isEqualTo(3);
    }

    private synchronized void add() {
        balance = balance + 1;
    }

    private static Object instance;

    private static Object instance() {
        if (instance == null) {
            instance = new Object();
        }
        return instance;
    }

    @SimulationTest(deep = true)
    void faulty_lazyInitialization() throws Exception {
        var seen = new LinkedBlockingQueue<Object>();
        together(() -> seen.add(instance()), () -> seen.add(instance()));
        assertThat(seen.poll()).isSameAs(seen.poll());
    }

    /** Static fields are as at the start in each execution. */
    @SimulationTest(deep = true)
    void correct_staticStateIsNew() {
        assertThat(++runs).isEqualTo(1);
        assertThat(lifecycle).containsExactly("before");
    }

    // ---- found at locks

    private final ReentrantLock a = new ReentrantLock();
    private final ReentrantLock b = new ReentrantLock();

    private static void both(ReentrantLock first, ReentrantLock second) {
        first.lock();
        try {
            second.lock();
            second.unlock();
        } finally {
            first.unlock();
        }
    }

    @SimulationTest(deep = true)
    void faulty_deadlockOfLocks() throws Exception {
        together(() -> both(a, b), () -> both(b, a));
    }

    @SimulationTest(deep = true)
    void correct_locksInOneOrder() throws Exception {
        together(() -> both(a, b), () -> both(a, b));
    }

    private static void both(Object first, Object second) {
        synchronized (first) {
            synchronized (second) {
                assertThat(first).isNotSameAs(second);
            }
        }
    }

    @SimulationTest(deep = true)
    void faulty_deadlockOfMonitors() throws Exception {
        var one = new Object();
        var two = new Object();
        together(() -> both(one, two), () -> both(two, one));
    }

    // ---- found at other calls

    private final ConcurrentHashMap<String, Integer> counts = new ConcurrentHashMap<>();

    @SimulationTest(deep = true)
    void faulty_checkThenActOnAMap() throws Exception {
        Map<String, Integer> map = counts;
        Runnable count = () -> map.put("x", map.getOrDefault("x", 0) + 1);
        together(count, count);
        assertThat(counts).containsEntry("x", 2);
    }

    @SimulationTest(deep = true)
    void correct_mergeOfAMap() throws Exception {
        Runnable count = () -> counts.merge("x", 1, Integer::sum);
        together(count, count, count);
        assertThat(counts).containsEntry("x", 3);
    }

    @SimulationTest(deep = true)
    void faulty_checkThenTake() throws Exception {
        var queue = new LinkedBlockingQueue<>(List.of("only one"));
        Runnable take = () -> {
            if (!queue.isEmpty()) {
                try {
                    queue.take();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
        together(take, take);
    }

    @SimulationTest(deep = true)
    void faulty_commonPool() {
        var sum = new AtomicInteger();
        Runnable add = () -> sum.set(sum.get() + 1);
        CompletableFuture.allOf(CompletableFuture.runAsync(add), CompletableFuture.runAsync(add))
                .join();
        assertThat(sum).hasValue(2);
    }

    @SimulationTest(deep = true)
    void faulty_pool() throws Exception {
        var sum = new AtomicInteger();
        Runnable add = () -> sum.set(sum.get() + 1);
        try (var pool = Executors.newFixedThreadPool(2)) {
            pool.submit(add);
            pool.submit(add);
        }
        assertThat(sum).hasValue(2);
    }

    @SimulationTest(deep = true)
    void faulty_platformThreads() throws Exception {
        var sum = new AtomicInteger();
        Runnable add = () -> sum.set(sum.get() + 1);
        var threads = List.of(new Thread(add), new Thread(add));
        for (var thread : threads) {
            thread.start();
        }
        for (var thread : threads) {
            thread.join();
        }
        assertThat(sum).hasValue(2);
    }

    @SimulationTest(deep = true)
    void faulty_plainCollection() throws Exception {
        var map = new HashMap<Integer, Integer>();
        Runnable count = () -> map.put(1, map.getOrDefault(1, 0) + 1);
        together(count, count);
        assertThat(map).containsEntry(1, 2);
    }

    // ---- permits

    /** Switch points use up no permit. */
    @SimulationTest(deep = true)
    void correct_permits() throws Exception {
        var items = new ArrayDeque<String>();
        var consumer = Thread.ofVirtual().start(() -> {
            for (var i = 0; i < 3; ) {
                synchronized (items) {
                    if (items.poll() != null) {
                        i++;
                        continue;
                    }
                }
                LockSupport.park(this);
            }
        });
        for (var i = 0; i < 3; i++) {
            synchronized (items) {
                items.add("item");
            }
            LockSupport.unpark(consumer);
        }
        consumer.join();
    }

    /** A thread that yields until another one has done its part. */
    @SimulationTest(deep = true)
    void correct_spinning() throws Exception {
        var done = new AtomicInteger();
        together(
                () -> {
                    while (done.get() == 0) {
                        Thread.yield();
                    }
                },
                () -> done.set(1));
    }

    // ---- time

    @SimulationTest(deep = true, seeds = 20)
    void correct_virtualTime(World world) throws Exception {
        var begin = System.nanoTime();
        var beginOfClock = Instant.now();
        var log = new LinkedBlockingQueue<String>();
        var none = new LinkedBlockingQueue<String>();
        together(
                () -> {
                    try {
                        Thread.sleep(Duration.ofHours(3));
                        log.add("slept");
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                () -> {
                    try {
                        assertThat(none.poll(2, TimeUnit.HOURS)).isNull();
                        log.add("polled");
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                () -> {
                    synchronized (none) {
                        try {
                            none.wait(Duration.ofHours(1).toMillis());
                            log.add("waited");
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    }
                });
        assertThat(log).containsExactly("waited", "polled", "slept");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isEqualTo(Duration.ofHours(3));
        assertThat(Duration.between(beginOfClock, Instant.now())).isEqualTo(Duration.ofHours(3));
        assertThat(world.clock().instant()).isEqualTo(Instant.now());
    }

    @SimulationTest(deep = true, seeds = 20)
    void correct_limits() throws Exception {
        var latch = new CountDownLatch(1);
        assertThat(latch.await(1, TimeUnit.HOURS)).isFalse();
        assertThatThrownBy(() -> new CompletableFuture<String>().get(1, TimeUnit.HOURS))
                .isInstanceOf(TimeoutException.class);
        assertThatThrownBy(() -> new CompletableFuture<String>()
                        .orTimeout(1, TimeUnit.HOURS)
                        .get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(TimeoutException.class);
        LockSupport.parkNanos(this, TimeUnit.HOURS.toNanos(1));
        var thread = Thread.ofVirtual().start(latch::countDown);
        assertThat(latch.await(1, TimeUnit.HOURS)).isTrue();
        thread.join();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    // ---- every schedule

    @SimulationTest(deep = true, exhaustive = true, seeds = 10_000)
    void correct_everyScheduleOfOneThread() throws Exception {
        var thread = Thread.ofVirtual().start(() -> balance = 1);
        thread.join();
        assertThat(balance).isEqualTo(1);
    }
}

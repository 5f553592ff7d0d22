package dev.weft.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.Weft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedList;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A deep simulation of programs that do not use Weft, and are not rewritten: they switch where they block. */
@Timeout(60)
class DeepTest {

    private static Simulation deep() {
        return Simulation.create().deep();
    }

    private interface Action {
        void run() throws Exception;
    }

    private static Thread start(String name, Action action) {
        return Thread.ofVirtual().name(name).start(() -> {
            try {
                action.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void join(Thread... threads) throws InterruptedException {
        for (var thread : threads) {
            thread.join();
        }
    }

    // ---- deadlocks

    private static void lockBoth(ReentrantLock first, ReentrantLock second) {
        first.lock();
        try {
            Thread.yield();
            second.lock();
            second.unlock();
        } finally {
            first.unlock();
        }
    }

    @Test
    void deadlockOfLocks_namesLocksAndOwners() {
        assertThatThrownBy(() -> deep().explore(200, () -> {
                    var a = new ReentrantLock();
                    var b = new ReentrantLock();
                    join(start("one", () -> lockBoth(a, b)), start("two", () -> lockBoth(b, a)));
                }))
                .isInstanceOf(ScheduleFailedError.class)
                .hasMessageContaining("deadlock: every thread waits")
                .hasMessageContaining("one waits for ReentrantLock #1, which two holds")
                .hasMessageContaining("two waits for ReentrantLock #2, which one holds")
                .hasMessageContaining("DeepTest.lockBoth(DeepTest.java:");
    }

    private static void enterBoth(Object first, Object second) {
        synchronized (first) {
            Thread.yield();
            synchronized (second) {
                Thread.yield();
            }
        }
    }

    @Test
    void deadlockOfMonitors_namesMonitorsOwnersAndWhereTheyWereEntered() {
        assertThatThrownBy(() -> deep().explore(200, () -> {
                    var a = new Object();
                    var b = new Object();
                    join(start("one", () -> enterBoth(a, b)), start("two", () -> enterBoth(b, a)));
                }))
                .isInstanceOf(ScheduleFailedError.class)
                .hasMessageContaining("one waits for the monitor Object #1, which two holds")
                .hasMessageContaining("two waits for the monitor Object #2, which one holds")
                .hasMessageContaining("holds the monitor Object #2, entered in dev.weft.test.DeepTest.enterBoth")
                .hasMessageContaining("DeepTest.enterBoth(DeepTest.java:");
    }

    /** The buffer needs signalAll: a signal may wake another of the same kind. */
    private static final class Buffer {
        private final LinkedList<Integer> items = new LinkedList<>();

        synchronized void put(int item, boolean all) throws InterruptedException {
            while (!items.isEmpty()) {
                wait();
            }
            items.add(item);
            tell(all);
        }

        synchronized int take(boolean all) throws InterruptedException {
            while (items.isEmpty()) {
                wait();
            }
            var item = items.remove();
            tell(all);
            return item;
        }

        private void tell(boolean all) {
            if (all) {
                notifyAll();
            } else {
                notify();
            }
        }
    }

    private static void buffer(boolean all) throws InterruptedException {
        var buffer = new Buffer();
        var threads = new ArrayList<Thread>();
        for (var i = 0; i < 3; i++) {
            var number = i;
            threads.add(start("puts " + i, () -> {
                buffer.put(number, all);
                buffer.put(number + 10, all);
            }));
            threads.add(start("takes " + i, () -> {
                buffer.take(all);
                buffer.take(all);
            }));
        }
        join(threads.toArray(Thread[]::new));
    }

    @Test
    void notifyOfTheWrongOne_isFound_andGoneWithTheFix() throws Exception {
        assertThatThrownBy(() -> deep().explore(300, () -> buffer(false)))
                .isInstanceOf(ScheduleFailedError.class)
                .hasMessageContaining("waits for a notify of DeepTest.Buffer #1");
        deep().explore(300, () -> buffer(true));
    }

    // ---- correct programs

    @Test
    void correctProgram_passesUnderAllSchedules() throws Exception {
        deep().explore(200, DeepTest::mixed);
    }

    private static void mixed() throws Exception {
        var queue = new ArrayBlockingQueue<Integer>(2);
        var latch = new CountDownLatch(3);
        var permits = new Semaphore(1);
        var sum = new AtomicInteger();
        var monitor = new Object();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            pool.submit(() -> {
                for (var i = 0; i < 9; i++) {
                    queue.put(i);
                }
                return null;
            });
            for (var i = 0; i < 3; i++) {
                pool.submit(() -> {
                    for (var k = 0; k < 3; k++) {
                        permits.acquire();
                        try {
                            var item = queue.take();
                            synchronized (monitor) {
                                Thread.yield();
                                sum.addAndGet(item);
                            }
                        } finally {
                            permits.release();
                        }
                    }
                    latch.countDown();
                    return null;
                });
            }
            latch.await();
            assertThat(CompletableFuture.supplyAsync(() -> 7, pool)
                            .thenApply(x -> x + 1)
                            .join())
                    .isEqualTo(8);
        }
        assertThat(sum).hasValue(36);
    }

    /** Threads are strands of the schedule: the same schedule has the same trace. */
    @Test
    void replays_haveOneTrace() throws Exception {
        for (var schedule : new String[] {"random:3", "pct:5:3:40", "pos:7"}) {
            var traces = new HashSet<Long>();
            for (var i = 0; i < 30; i++) {
                traces.add(deep().replay(Schedule.of(schedule), DeepTest::mixed).digest());
            }
            assertThat(traces).hasSize(1);
        }
    }

    @Test
    void schedules_differ() throws Exception {
        var traces = new HashSet<Long>();
        for (var seed = 0; seed < 40; seed++) {
            traces.add(deep().replay(Schedule.of("random:" + seed), DeepTest::mixed)
                    .digest());
        }
        assertThat(traces).hasSizeGreaterThan(30);
    }

    /** Their order is the virtual clock's; their length is real. */
    @Test
    void timedWaits_endInOrder() throws Exception {
        deep().explore(20, () -> {
            var log = new LinkedBlockingQueue<String>();
            var none = new LinkedBlockingQueue<String>();
            join(
                    start("late", () -> {
                        Thread.sleep(6);
                        log.add("late");
                    }),
                    start("early", () -> {
                        none.poll(2, TimeUnit.MILLISECONDS);
                        log.add("early");
                    }),
                    start("later", () -> {
                        synchronized (none) {
                            none.wait(9);
                        }
                        log.add("later");
                    }));
            assertThat(log).containsExactly("early", "late", "later");
        });
    }

    // ---- what is not controlled

    /** Another thread may yet do something: it is waited for, and not called a deadlock. */
    @Test
    void platformThread_isWaitedFor() throws Exception {
        deep().explore(5, () -> {
            var result = new CompletableFuture<String>();
            Thread.ofPlatform().start(() -> result.complete("from outside"));
            assertThat(result.get()).isEqualTo("from outside");
        });
    }

    @Test
    void platformThreadThatDoesNothing_isNamed() {
        var end = new CountDownLatch(1);
        try {
            assertThatThrownBy(() -> deep().turnLimit(Duration.ofMillis(200)).run(() -> {
                        Thread.ofPlatform().name("a thread outside").start(() -> {
                            try {
                                end.await();
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        });
                        new CompletableFuture<String>().get();
                    }))
                    .isInstanceOf(SimulationError.class)
                    .hasMessageContaining("nothing has come from outside for PT0.2S")
                    .hasMessageContaining("platform threads that were started meanwhile, 'a thread outside'");
        } finally {
            end.countDown();
        }
    }

    @Test
    void threadThatSpins_isNamed() {
        var stop = new java.util.concurrent.atomic.AtomicBoolean();
        try {
            assertThatThrownBy(() -> deep().turnLimit(Duration.ofMillis(200))
                            .run(() -> join(start("spins", () -> {
                                while (!stop.get()) {
                                    Thread.onSpinWait();
                                }
                            }))))
                    .isInstanceOf(SimulationError.class)
                    .hasMessageContaining("'spins' computes");
        } finally {
            stop.set(true);
        }
    }

    // ---- tasks of Weft's

    /** Two bodies outside of the turns at the same time: each comes back, whenever the JDK wakes it up. */
    @Test
    void j14_blockingBodies_comeBackInTurn() throws Exception {
        for (var i = 0; i < 200; i++) {
            deep().expectOutsideEvents().replay(Schedule.of("random:" + i), _ -> {
                var latch = new CountDownLatch(1);
                var waiting = Weft.createTask(() -> Weft.blocking(() -> latch.await()));
                var opening = Weft.createTask(() -> Weft.blocking(latch::countDown));
                waiting.await();
                opening.await();
            });
        }
    }

    // ---- several at once

    @Test
    void simulationsOfSeveralThreads_runOneAfterTheOther() throws Exception {
        var order = new CopyOnWriteArrayList<String>();
        var go = new CountDownLatch(1);
        var goes = new AtomicBoolean();
        var other = new Thread(() -> {
            try {
                go.await();
                goes.set(true);
                deep().run(() -> order.add("second"));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        other.start();
        deep().run(() -> {
            go.countDown();
            while (!goes.get() || other.getState() != Thread.State.WAITING && other.isAlive()) {
                Thread.onSpinWait();
            }
            order.add("first");
        });
        other.join();
        assertThat(order).containsExactly("first", "second");
    }

    // ---- an execution that is left

    /** Neither thread can be interrupted in a monitor. */
    @Test
    void abandonedExecutions_letTheNextOnesRun() throws Exception {
        for (var i = 0; i < 20; i++) {
            assertThat(catchThrowable(() -> deep().run(() -> {
                        var monitor = new Object();
                        synchronized (monitor) {
                            var other = start("other", () -> {
                                synchronized (monitor) {
                                    Thread.yield();
                                }
                            });
                            join(other);
                        }
                    })))
                    .isInstanceOf(SimulationError.class);
        }
        deep().run(DeepTest::mixed);
    }
}

package samples.deep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.test.junit.SimulationTest;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Disabled;

/** Programs with subclasses of Thread. Run by a test: {@code faulty_}, {@code correct_}. */
@Disabled("run by DeepSimulationTest")
class OwnThreadPrograms {

    private int count;

    private final class Worker extends Thread {
        private volatile boolean parks;

        Worker(String name) {
            super(name);
        }

        @Override
        public void run() {
            if (parks) {
                LockSupport.park();
            }
            count = count + 1;
            assertThat(Thread.currentThread()).isSameAs(this);
        }
    }

    @SimulationTest(deep = true)
    void faulty_lostUpdate() throws Exception {
        var one = new Worker("one");
        var other = new Worker("other");
        one.start();
        other.start();
        one.join();
        other.join();
        assertThat(count).isEqualTo(2);
    }

    @SimulationTest(deep = true)
    void correct_oneAfterTheOther() throws Exception {
        var one = new Worker("one");
        one.start();
        one.join();
        var other = new Worker("other");
        other.start();
        other.join(1000);
        assertThat(count).isEqualTo(2);
        assertThat(other.isAlive()).isFalse();
        assertThat(other.getState()).isEqualTo(Thread.State.TERMINATED);
        assertThatExceptionOfType(IllegalThreadStateException.class).isThrownBy(other::start);
    }

    @SimulationTest(deep = true)
    void correct_interruptAndUnpark() throws Exception {
        var interrupted = new CountDownLatch(1);
        var waits = new Thread("waits") {
            @Override
            public void run() {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                }
            }
        };
        waits.start();
        waits.interrupt();
        interrupted.await();
        waits.join();
        var parks = new Worker("parks");
        parks.parks = true;
        parks.start();
        LockSupport.unpark(parks);
        parks.join();
        assertThat(count).isEqualTo(1);
    }

    @SimulationTest(deep = true)
    void correct_uncaughtExceptionIsItsOwn() throws Exception {
        var seen = new AtomicReference<Thread>();
        var throwing = new Thread("throwing") {
            @Override
            public void run() {
                throw new IllegalStateException("thrown");
            }
        };
        throwing.setUncaughtExceptionHandler((thread, exception) -> seen.set(thread));
        throwing.start();
        throwing.join();
        assertThat(seen.get()).isSameAs(throwing);
    }

    private static boolean isTheJvms(Thread hook) throws ReflectiveOperationException {
        var remove = Runtime.class.getMethod("removeShutdownHook", Thread.class);
        return (boolean) remove.invoke(Runtime.getRuntime(), hook);
    }

    /** The JVM would keep the hook, and the classes of each schedule, until it ends, and then run all of them. */
    @SimulationTest(deep = true, seeds = 3)
    void correct_shutdownHookIsNotTheJvms() throws Exception {
        var hook = new Thread(() -> {}, "hook");
        Runtime.getRuntime().addShutdownHook(hook);
        assertThat(isTheJvms(hook)).isFalse();
        assertThatThrownBy(() -> Runtime.getRuntime().addShutdownHook(hook))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Hook previously registered");
        assertThat(Runtime.getRuntime().removeShutdownHook(hook)).isTrue();
        assertThat(Runtime.getRuntime().removeShutdownHook(hook)).isFalse();
    }

    // ---- methods of Thread that a subclass has, too

    private final class Interruptible extends Thread {
        private volatile int starts;
        private volatile boolean stopped;

        @Override
        public void start() {
            starts++;
            super.start();
        }

        @Override
        public void interrupt() {
            stopped = true;
            super.interrupt();
        }

        @Override
        public boolean isInterrupted() {
            return stopped || super.isInterrupted();
        }

        @Override
        public void run() {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                count = count + 1;
            }
        }
    }

    private void startAndInterrupt(Thread one, Interruptible other) throws InterruptedException {
        one.start();
        other.start();
        one.interrupt();
        other.interrupt();
        one.join();
        other.join();
        assertThat(one.isInterrupted() && other.isInterrupted()).isTrue();
        assertThat(other.starts).isEqualTo(1);
    }

    @SimulationTest(deep = true)
    void correct_overriddenMethods() throws Exception {
        startAndInterrupt(new Interruptible(), new Interruptible());
        assertThat(count).isPositive();
    }

    @SimulationTest(deep = true)
    void faulty_overriddenMethods() throws Exception {
        startAndInterrupt(new Interruptible(), new Interruptible());
        assertThat(count).isEqualTo(2);
    }

    // ---- a factory's own threads

    private static final class Counting extends Thread {
        private int uses;

        Counting(Runnable task) {
            super(task);
        }
    }

    private static int use() {
        return ++((Counting) Thread.currentThread()).uses;
    }

    @SimulationTest(deep = true, seeds = 10)
    void correct_threadsOfAFactory() throws Exception {
        try (var pool = Executors.newFixedThreadPool(1, Counting::new)) {
            assertThat(pool.submit(OwnThreadPrograms::use).get()).isEqualTo(1);
            assertThat(pool.submit(OwnThreadPrograms::use).get()).isEqualTo(2);
        }
    }

    // ---- threads told apart by their names

    private final Set<String> names = ConcurrentHashMap.newKeySet();

    private void addName() {
        names.add(Thread.currentThread().getName());
    }

    @SimulationTest(deep = true, seeds = 10)
    void correct_eachThreadHasAName() throws Exception {
        var one = new Thread(this::addName);
        var other = new Thread(this::addName);
        one.start();
        other.start();
        one.join();
        other.join();
        try (var pool = Executors.newFixedThreadPool(1);
                var another = Executors.newSingleThreadExecutor()) {
            pool.submit(this::addName).get();
            another.submit(this::addName).get();
        }
        CompletableFuture.runAsync(this::addName).join();
        ForkJoinPool.commonPool().submit(this::addName).get();
        assertThat(names)
                .containsExactlyInAnyOrder(
                        "Thread-0",
                        "Thread-1",
                        "pool-1-thread-1",
                        "pool-2-thread-1",
                        "ForkJoinPool.commonPool-worker-1",
                        "ForkJoinPool.commonPool-worker-2");
    }
}

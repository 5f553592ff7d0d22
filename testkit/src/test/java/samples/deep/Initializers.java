package samples.deep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.test.junit.SimulationTest;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.junit.jupiter.api.Disabled;

/** Static initializers that run while others use their classes. Run by a test: {@code faulty_}, {@code correct_}. */
@Disabled("run by DeepSimulationTest")
class Initializers {

    private static void together(Runnable... bodies) throws InterruptedException {
        var threads = new Thread[bodies.length];
        for (var i = 0; i < bodies.length; i++) {
            threads[i] = Thread.ofVirtual().name("thread " + i).start(bodies[i]);
        }
        for (var thread : threads) {
            thread.join();
        }
    }

    // ---- two that need each other

    static final class Left {
        static final Object OTHER = Right.make();

        static Object make() {
            return "left";
        }
    }

    static final class Right {
        static final Object OTHER = Left.make();

        static Object make() {
            return "right";
        }
    }

    @SimulationTest(deep = true)
    void faulty_circle() throws Exception {
        together(
                () -> assertThat(Left.make()).isEqualTo("left"),
                () -> assertThat(Right.make()).isEqualTo("right"));
    }

    @SimulationTest(deep = true)
    void correct_circleWithinOneThread() throws Exception {
        together(() -> {
            Left.make();
            Right.make();
        });
    }

    // ---- one that makes an object of a subclass

    static class Shape {
        static final Shape NONE = new Circle();

        int corners() {
            return 0;
        }
    }

    static final class Circle extends Shape {
        static final AtomicInteger MADE = new AtomicInteger();

        Circle() {
            if (MADE != null) {
                MADE.incrementAndGet();
            }
        }
    }

    @SimulationTest(deep = true)
    void faulty_objectOfASubclass() throws Exception {
        together(() -> Shape.NONE.corners(), () -> new Circle().corners());
    }

    // ---- one that waits for a lock, whose holder needs the class

    private final ReentrantLock lock = new ReentrantLock();
    private static ReentrantLock shared;

    static final class Settings {
        static final int VALUE = read();

        private static int read() {
            shared.lock();
            try {
                return 7;
            } finally {
                shared.unlock();
            }
        }

        static int value() {
            return VALUE;
        }
    }

    @SimulationTest(deep = true)
    void faulty_lockWithinAnInitializer() throws Exception {
        shared = lock;
        together(
                () -> {
                    lock.lock();
                    try {
                        assertThat(Settings.value()).isEqualTo(7);
                    } finally {
                        lock.unlock();
                    }
                },
                () -> assertThat(Settings.value()).isEqualTo(7));
    }

    /** A thread that has waited within an initializer goes on, in its turn, when it gets the lock. */
    @SimulationTest(deep = true, seeds = 30)
    void correct_lockWithinAnInitializer() throws Exception {
        shared = lock;
        var uses = new AtomicInteger();
        together(
                () -> {
                    lock.lock();
                    try {
                        uses.incrementAndGet();
                        Thread.yield();
                    } finally {
                        lock.unlock();
                    }
                },
                () -> uses.addAndGet(Settings.value()),
                () -> uses.addAndGet(Settings.value()));
        assertThat(uses).hasValue(15);
    }

    // ---- one that starts a thread and waits for it

    static final class Starts {
        static final CountDownLatch STARTED = new CountDownLatch(1);

        static {
            try {
                var thread = Thread.ofVirtual().name("started").start(Starts::work);
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private static void work() {
            STARTED.countDown();
        }

        static void use() {}
    }

    @SimulationTest(deep = true)
    void faulty_initializerWaitsForAThreadThatNeedsTheClass() throws Exception {
        Starts.use();
    }

    // ---- waits within one

    private record Doubled(int number) implements Callable<Integer> {
        @Override
        public Integer call() {
            return 2 * number;
        }
    }

    static final class ByAPool {
        static final int SUM;

        static {
            try (var pool = Executors.newFixedThreadPool(2)) {
                var sum = 0;
                for (var each : pool.invokeAll(List.of(new Doubled(1), new Doubled(2)))) {
                    sum += each.get();
                }
                SUM = sum;
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }

        static int sum() {
            return SUM;
        }
    }

    /** The pool's close is a wait with a limit that never comes, of a thread that is pinned. */
    @SimulationTest(deep = true)
    void correct_poolClosedWithinAnInitializer() throws Exception {
        together(
                () -> assertThat(ByAPool.sum()).isEqualTo(6),
                () -> assertThat(ByAPool.sum()).isEqualTo(6));
    }

    private record Offer(BlockingQueue<Integer> queue) implements Runnable {
        @Override
        public void run() {
            queue.add(1);
        }
    }

    static final class Waits {
        static final int SUM;

        static {
            try {
                Thread.sleep(100);
                var queue = new ArrayBlockingQueue<Integer>(1);
                Thread.startVirtualThread(new Offer(queue));
                SUM = queue.poll(5, TimeUnit.SECONDS);
                synchronized (queue) {
                    queue.wait(10);
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        static int sum() {
            return SUM;
        }
    }

    @SimulationTest(deep = true, seeds = 20)
    void correct_waitsWithinAnInitializer() {
        assertThat(Waits.sum()).isEqualTo(1);
    }

    // ---- one that fails

    static final class Fails {
        static final int VALUE = Integer.parseInt("none");

        static int value() {
            return VALUE;
        }
    }

    @SimulationTest(deep = true)
    void correct_failureIsToldAsEver() throws Exception {
        var errors = new Throwable[2];
        together(() -> errors[0] = failure(), () -> errors[1] = failure());
        assertThat(errors).hasAtLeastOneElementOfType(ExceptionInInitializerError.class);
        assertThat(errors).hasAtLeastOneElementOfType(NoClassDefFoundError.class);
    }

    private static Throwable failure() {
        try {
            return new AssertionError(Fails.value());
        } catch (LinkageError e) {
            return e;
        }
    }

    // ---- the usual ways to have one object

    static final class Holder {
        static final AtomicInteger MADE = new AtomicInteger();

        static final class Lazy {
            static final Holder INSTANCE = new Holder();
        }

        Holder() {
            MADE.incrementAndGet();
        }
    }

    enum Single {
        INSTANCE;

        private int uses;

        synchronized int use() {
            return ++uses;
        }
    }

    @SimulationTest(deep = true)
    void correct_holderAndEnum() throws Exception {
        Runnable use = () -> {
            assertThat(Holder.Lazy.INSTANCE).isNotNull();
            Single.INSTANCE.use();
        };
        together(use, use, use);
        assertThat(Holder.MADE).hasValue(1);
        assertThat(Single.INSTANCE.use()).isEqualTo(4);
    }

    // ---- initializers that no instruction of a method begins

    static final class OfReferences {
        static final AtomicInteger MADE = new AtomicInteger();
        static final int VALUE = MADE.incrementAndGet();

        static int value() {
            return VALUE;
        }
    }

    @SimulationTest(deep = true)
    void correct_initializedByReferences() throws Exception {
        Supplier<Object> constructor = OfReferences::new;
        Supplier<Object> method = OfReferences::value;
        var got = new ConcurrentLinkedQueue<Object>();
        together(() -> got.add(constructor.get()), () -> got.add(method.get()), () -> got.add(method.get()));
        assertThat(got).hasSize(3);
        assertThat(OfReferences.MADE).hasValue(1);
    }

    static final class First {
        static final Object OTHER = Second.make();

        static Object make() {
            return "first";
        }
    }

    static final class Second {
        static final Object OTHER = First.make();

        static Object make() {
            return "second";
        }
    }

    @SimulationTest(deep = true)
    void faulty_circleByReferences() throws Exception {
        Supplier<Object> constructor = First::new;
        Supplier<Object> method = Second::make;
        var got = new ConcurrentLinkedQueue<Object>();
        together(() -> got.add(constructor.get()), () -> got.add(method.get()));
        assertThat(got).hasSize(2);
    }

    static final class Named {
        static final AtomicInteger MADE = new AtomicInteger();

        static {
            MADE.incrementAndGet();
        }
    }

    private static Object named(boolean withLoader) {
        var name = Initializers.class.getName() + "$Named";
        try {
            return withLoader ? Class.forName(name, true, Initializers.class.getClassLoader()) : Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    @SimulationTest(deep = true)
    void correct_initializedByName() throws Exception {
        together(() -> named(true), () -> named(false), () -> Named.MADE.get());
        assertThat(Named.MADE).hasValue(1);
    }

    static final class Reflected {
        static final AtomicInteger MADE = new AtomicInteger();

        Reflected() {
            MADE.incrementAndGet();
        }
    }

    private static Object reflected() {
        try {
            return Reflected.class.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @SimulationTest(deep = true, seeds = 10)
    void correct_initializedByReflection() throws Exception {
        together(Initializers::reflected, Initializers::reflected, () -> new Reflected());
        assertThat(Reflected.MADE).hasValue(3);
    }
}

package samples.deep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.test.junit.SimulationTest;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import samples.other.Counter;

/** Waits with limits, and classes of other packages. Run by a test: {@code faulty_}, {@code correct_}. */
@Disabled("run by DeepSimulationTest")
class Waits {

    private static int prepared;

    @BeforeAll
    static void prepare() {
        prepared++;
    }

    @SimulationTest(deep = true, seeds = 5)
    void correct_preparationIsDoneInEachSchedule() {
        assertThat(prepared).isEqualTo(1);
    }

    // ---- pools that are closed

    @SimulationTest(deep = true)
    void faulty_poolThatIsClosedWhileItsTasksAreInADeadlock() {
        var a = new ReentrantLock();
        var b = new ReentrantLock();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            pool.execute(() -> both(a, b));
            pool.execute(() -> both(b, a));
        }
    }

    private static void both(ReentrantLock first, ReentrantLock second) {
        first.lock();
        second.lock();
        second.unlock();
        first.unlock();
    }

    @SimulationTest(deep = true)
    void correct_poolIsClosedWhenItsTasksHaveEnded() {
        var counter = new Semaphore(0);
        try (var pool = Executors.newFixedThreadPool(2)) {
            for (var i = 0; i < 4; i++) {
                pool.execute(counter::release);
            }
        }
        assertThat(counter.availablePermits()).isEqualTo(4);
    }

    @SimulationTest(deep = true)
    void correct_interruptOfACloseStopsTheTasks() throws Exception {
        var stopped = new CountDownLatch(1);
        var closes = Thread.ofVirtual().start(() -> {
            try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
                pool.submit(() -> {
                    try {
                        new CountDownLatch(1).await();
                    } finally {
                        stopped.countDown();
                    }
                    return null;
                });
            }
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        });
        closes.interrupt();
        closes.join();
        assertThat(stopped.await(1, TimeUnit.SECONDS) || stopped.getCount() == 1)
                .isTrue();
    }

    // ---- limits

    /** The one that has the permit may be slow. */
    @SimulationTest(deep = true)
    void faulty_shortLimitIsTakenForLongEnough() throws Exception {
        var permit = new Semaphore(0);
        var gives = Thread.ofVirtual().start(permit::release);
        assertThat(permit.tryAcquire(10, TimeUnit.MILLISECONDS)).isTrue();
        gives.join();
    }

    @SimulationTest(deep = true)
    void correct_limitOfASecond() throws Exception {
        var permit = new Semaphore(0);
        var short1 = Thread.ofVirtual().start(() -> pollBriefly(new LinkedBlockingQueue<>()));
        Thread.ofVirtual().start(permit::release);
        assertThat(permit.tryAcquire(1, TimeUnit.SECONDS)).isTrue();
        short1.join();
    }

    private static Object pollBriefly(LinkedBlockingQueue<Object> queue) {
        try {
            return queue.poll(1, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError("nobody has interrupted it", e);
        }
    }

    /** An item that is there when the wait begins is taken, however short the limit is. */
    @SimulationTest(deep = true)
    void correct_whatIsThereIsTaken() throws Exception {
        var queue = new LinkedBlockingQueue<Object>();
        var permit = new Semaphore(1);
        var done = new CountDownLatch(1);
        done.countDown();
        queue.add("there");
        var other = Thread.ofVirtual().start(() -> {
            for (var i = 0; i < 5; i++) {
                queue.add(i);
                permit.release();
            }
        });
        assertThat(pollBriefly(queue)).isNotNull();
        assertThat(permit.tryAcquire(1, TimeUnit.MILLISECONDS)).isTrue();
        assertThat(done.await(1, TimeUnit.MILLISECONDS)).isTrue();
        other.join();
    }

    // ---- classes of another package

    @SimulationTest(deep = true, rewrite = "samples.other")
    void faulty_classOfAPackageThatIsNamed() throws Exception {
        assertThat(increments()).isEqualTo(2);
    }

    @SimulationTest(deep = true)
    void correct_classOfAnotherPackageHasNoSwitchPoints() throws Exception {
        assertThat(increments()).isEqualTo(2);
    }

    private static int increments() throws InterruptedException {
        var counter = new Counter();
        var one = Thread.ofVirtual().start(counter::increment);
        var other = Thread.ofVirtual().start(counter::increment);
        one.join();
        other.join();
        return counter.value();
    }

    @SimulationTest(rewrite = "samples.other")
    void faulty_namesClassesWithoutBeingDeep() {}

    // ---- interrupts

    /** It comes when the wait is about to end by itself: then it is still there afterwards. */
    @SimulationTest(deep = true, seeds = 200)
    void correct_interruptAtTheEndOfAWaitIsSeen() throws Exception {
        var queue = new LinkedBlockingQueue<String>();
        var interrupted = new CountDownLatch(1);
        var seen = new AtomicBoolean();
        var waiter = Thread.ofVirtual().start(() -> {
            try {
                queue.poll(10, TimeUnit.MILLISECONDS);
                interrupted.await();
                seen.set(Thread.interrupted());
            } catch (InterruptedException e) {
                seen.set(true);
            }
        });
        Thread.sleep(10);
        waiter.interrupt();
        interrupted.countDown();
        waiter.join();
        assertThat(seen).isTrue();
    }

    // ---- waits that a class has of the JDK's

    private static final class Door extends AbstractQueuedSynchronizer {
        @Override
        protected int tryAcquireShared(int ignored) {
            return getState() == 0 ? -1 : 1;
        }

        @Override
        protected boolean tryReleaseShared(int ignored) {
            setState(1);
            return true;
        }
    }

    @SimulationTest(deep = true, seeds = 10)
    void correct_limitOfASynchronizer() throws Exception {
        var door = new Door();
        assertThat(door.tryAcquireSharedNanos(0, TimeUnit.HOURS.toNanos(1))).isFalse();
        Thread.startVirtualThread(() -> door.releaseShared(0));
        assertThat(door.tryAcquireSharedNanos(0, TimeUnit.HOURS.toNanos(1))).isTrue();
    }

    private static final class Mutex extends AbstractQueuedSynchronizer {
        @Override
        protected boolean tryAcquire(int ignored) {
            return compareAndSetState(0, 1);
        }

        @Override
        protected boolean tryRelease(int ignored) {
            setState(0);
            return true;
        }
    }

    @SimulationTest(deep = true, seeds = 10)
    void correct_limitOfAnExclusiveSynchronizer() throws Exception {
        var mutex = new Mutex();
        assertThat(mutex.tryAcquireNanos(0, TimeUnit.HOURS.toNanos(1))).isTrue();
        assertThat(mutex.tryAcquireNanos(0, TimeUnit.HOURS.toNanos(1))).isFalse();
        Thread.startVirtualThread(() -> mutex.release(0));
        assertThat(mutex.tryAcquireNanos(0, TimeUnit.HOURS.toNanos(1))).isTrue();
    }

    private static final class Adjustable extends Semaphore {
        Adjustable() {
            super(2);
        }

        void adjust() {
            reducePermits(1);
        }
    }

    @SimulationTest(deep = true, seeds = 10)
    void correct_limitOfASubclass() throws Exception {
        var permits = new Adjustable();
        permits.adjust();
        assertThat(permits.tryAcquire(1, TimeUnit.HOURS)).isTrue();
        assertThat(permits.tryAcquire(1, TimeUnit.HOURS)).isFalse();
    }

    private static final class Patient extends Semaphore {
        private int waits;

        Patient() {
            super(0);
        }

        @Override
        public boolean tryAcquire(long time, TimeUnit unit) {
            waits++;
            return true;
        }
    }

    @SimulationTest(deep = true, seeds = 10)
    void correct_limitOfASubclassWithAWaitOfItsOwn() throws Exception {
        var patient = new Patient();
        Semaphore permits = patient;
        assertThat(permits.tryAcquire(1, TimeUnit.HOURS)).isTrue();
        assertThat(patient.waits).isEqualTo(1);
    }

    // ---- waits that an interface has of the JDK's

    private interface Buffer<E> extends BlockingQueue<E> {
        default boolean isFull() {
            return remainingCapacity() == 0;
        }
    }

    private static final class OneItem extends LinkedBlockingQueue<Integer> implements Buffer<Integer> {
        OneItem() {
            super(1);
        }
    }

    private final Buffer<Integer> buffer = new OneItem();

    @SimulationTest(deep = true, seeds = 10)
    void correct_limitOfAnInterface() throws Exception {
        assertThat(buffer.poll(1, TimeUnit.HOURS)).isNull();
    }

    private void addUnlessFull() {
        if (!buffer.isFull()) {
            buffer.add(1);
        }
    }

    @SimulationTest(deep = true)
    void faulty_methodsOfAnInterface() throws Exception {
        var thread = Thread.startVirtualThread(this::addUnlessFull);
        addUnlessFull();
        thread.join();
    }
}

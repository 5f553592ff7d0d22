package samples.bugs.locks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.test.junit.SimulationTest;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import samples.bugs.Bug;

/** A read lock is given back to take the write lock, and what was read is taken for true after that. */
@Bug(report = "quarkusio/quarkus#35136", needs = Bug.Needs.LOCKS, finding = "expected: <1> but was: <2>")
class GapOfAnUpgrade {

    private static class Beans {
        final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        final Map<Class<?>, Object> instances = new HashMap<>();
        final AtomicInteger made = new AtomicInteger();

        Object get(Class<?> type) {
            lock.readLock().lock();
            try {
                var known = instances.get(type);
                if (known != null) {
                    return known;
                }
            } finally {
                lock.readLock().unlock();
            }
            lock.writeLock().lock();
            try {
                return make(type);
            } finally {
                lock.writeLock().unlock();
            }
        }

        Object make(Class<?> type) {
            made.incrementAndGet();
            var bean = new Object();
            instances.put(type, bean);
            return bean;
        }
    }

    private static final class Mended extends Beans {
        @Override
        Object make(Class<?> type) {
            var known = instances.get(type);
            return known != null ? known : super.make(type);
        }
    }

    private static void getTwice(Beans beans) throws InterruptedException {
        var one = Thread.startVirtualThread(() -> beans.get(String.class));
        var other = Thread.startVirtualThread(() -> beans.get(String.class));
        one.join();
        other.join();
        assertEquals(1, beans.made.get());
    }

    @SimulationTest(deep = true)
    void broken() throws Exception {
        getTwice(new Beans());
    }

    @SimulationTest(deep = true)
    void mended() throws Exception {
        getTwice(new Mended());
    }
}

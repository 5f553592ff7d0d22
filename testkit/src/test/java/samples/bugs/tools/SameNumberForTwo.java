package samples.bugs.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.test.junit.SimulationTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReentrantLock;
import samples.bugs.Bug;

/** Lincheck's first example: a counter whose two operations may both return 1, which no order of them explains. */
@Bug(report = "Lincheck, guide, Counter", needs = Bug.Needs.FIELDS, finding = "expected: <[1, 2]> but was: <[1, 1]>")
class SameNumberForTwo {

    private static class Counter {
        volatile int value;

        int next() {
            return ++value;
        }
    }

    private static final class Mended extends Counter {
        private final ReentrantLock lock = new ReentrantLock();

        @Override
        int next() {
            lock.lock();
            try {
                return super.next();
            } finally {
                lock.unlock();
            }
        }
    }

    private static void countTwice(Callable<Integer> counter) throws Exception {
        var operations = List.of(new FutureTask<>(counter), new FutureTask<>(counter));
        operations.forEach(Thread::startVirtualThread);
        var results = new ArrayList<Integer>();
        for (var operation : operations) {
            results.add(operation.get());
        }
        assertEquals(List.of(1, 2), results.stream().sorted().toList());
    }

    @SimulationTest(deep = true)
    void broken() throws Exception {
        countTwice(new Counter()::next);
    }

    @SimulationTest(deep = true)
    void mended() throws Exception {
        countTwice(new Mended()::next);
    }
}

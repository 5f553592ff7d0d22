package samples.bugs.locks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.test.junit.SimulationTest;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.StampedLock;
import java.util.function.IntSupplier;
import samples.bugs.Bug;

/** An optimistic read sees an array of one state and a length of another; what it throws is not looked at again. */
@Bug(report = "CorfuDB/CorfuDB#512", needs = Bug.Needs.FIELDS, finding = "ArrayIndexOutOfBoundsException")
class OptimisticReadThatThrows {

    private static class VersionedStack {
        final StampedLock lock = new StampedLock();
        private int[] items = {1, 2, 3, 4};
        private int size = 4;

        final void shrink() {
            var stamp = lock.writeLock();
            try {
                items = new int[] {1, 2};
                size = 2;
            } finally {
                lock.unlockWrite(stamp);
            }
        }

        final int read() {
            var sum = 0;
            for (var i = size - 1; i >= 0; i--) {
                sum += items[i];
            }
            return sum;
        }

        int sum() {
            var stamp = lock.tryOptimisticRead();
            if (stamp != 0) {
                var sum = attempt(stamp, this::read);
                if (lock.validate(stamp)) {
                    return sum;
                }
            }
            stamp = lock.readLock();
            try {
                return read();
            } finally {
                lock.unlockRead(stamp);
            }
        }

        int attempt(long stamp, IntSupplier read) {
            return read.getAsInt();
        }
    }

    private static final class Mended extends VersionedStack {
        @Override
        int attempt(long stamp, IntSupplier read) {
            try {
                return read.getAsInt();
            } catch (ArrayIndexOutOfBoundsException e) {
                if (lock.validate(stamp)) {
                    throw e;
                }
                return 0;
            }
        }
    }

    private static void readWhileItShrinks(VersionedStack stack) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var sum = threads.submit(stack::sum);
            threads.submit(stack::shrink).get();
            assertEquals(sum.get() == 10 ? 10 : 3, sum.resultNow());
        }
    }

    @SimulationTest(deep = true)
    void broken() throws Exception {
        readWhileItShrinks(new VersionedStack());
    }

    @SimulationTest(deep = true)
    void mended() throws Exception {
        readWhileItShrinks(new Mended());
    }
}

package samples.bugs.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.test.junit.SimulationTest;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import samples.bugs.Bug;

/** A static counter is volatile, and raised by {@code ++}: two types get the same ordinal. */
@Bug(report = "Cetsoft/imcache#21", needs = Bug.Needs.FIELDS, finding = "expected: <3> but was: <2>")
class OrdinalGivenTwice {

    record Type(String name, int ordinal) {
        private static volatile int counter;
        private static final AtomicInteger COUNTER = new AtomicInteger();

        static int volatileNext() {
            return counter++;
        }

        static int atomicNext() {
            return COUNTER.getAndIncrement();
        }
    }

    private static void makeThree(IntSupplier ordinals) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var types = IntStream.range(0, 3)
                    .mapToObj(i -> threads.submit(() -> new Type("type " + i, ordinals.getAsInt())))
                    .toList();
            for (var type : types) {
                type.get();
            }
            assertEquals(
                    3,
                    types.stream()
                            .map(Future::resultNow)
                            .map(Type::ordinal)
                            .distinct()
                            .count());
        }
    }

    @SimulationTest(deep = true)
    void broken() throws Exception {
        makeThree(Type::volatileNext);
    }

    @SimulationTest(deep = true)
    void mended() throws Exception {
        makeThree(Type::atomicNext);
    }
}

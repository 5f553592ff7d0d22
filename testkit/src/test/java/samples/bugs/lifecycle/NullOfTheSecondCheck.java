package samples.bugs.lifecycle;

import dev.weft.test.junit.SimulationTest;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import samples.bugs.Bug;

/** Double-checked locking that gives the value of the first check to whoever loses the second. */
@Bug(report = "jbloch/effective-java-3e-source-code#8", needs = Bug.Needs.LOCKS, finding = "a lazy value is null")
class NullOfTheSecondCheck {

    private static class Lazy<T> implements Supplier<T> {
        final Supplier<T> maker;
        volatile T value;

        Lazy(Supplier<T> maker) {
            this.maker = maker;
        }

        @Override
        public T get() {
            var result = value;
            if (result == null) {
                synchronized (this) {
                    if (value == null) {
                        value = result = maker.get();
                    }
                }
            }
            return result;
        }
    }

    private static final class Mended<T> extends Lazy<T> {
        Mended(Supplier<T> maker) {
            super(maker);
        }

        @Override
        public T get() {
            var result = value;
            if (result == null) {
                synchronized (this) {
                    result = value;
                    if (result == null) {
                        value = result = maker.get();
                    }
                }
            }
            return result;
        }
    }

    private static void getTwice(Supplier<String> lazy) {
        Executor threads = Thread::startVirtualThread;
        var one = CompletableFuture.supplyAsync(lazy, threads);
        var other = CompletableFuture.supplyAsync(lazy, threads);
        Objects.requireNonNull(one.join(), "a lazy value is null");
        Objects.requireNonNull(other.join(), "a lazy value is null");
    }

    @SimulationTest(deep = true)
    void broken() {
        getTwice(new Lazy<>(() -> "value"));
    }

    @SimulationTest(deep = true)
    void mended() {
        getTwice(new Mended<>(() -> "value"));
    }
}

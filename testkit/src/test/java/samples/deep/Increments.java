package samples.deep;

import dev.weft.test.VoidWorldBody;
import dev.weft.test.World;
import java.io.IOException;
import java.util.concurrent.Callable;
import samples.other.Counter;

/** Two threads that increment one counter. */
public final class Increments implements Callable<Integer> {

    /** How often a class of this package was run since it was loaded. */
    public static int runs;

    @Override
    public Integer call() throws InterruptedException {
        runs++;
        var counter = new Counter();
        var one = Thread.ofVirtual().start(counter::increment);
        var other = Thread.ofVirtual().start(counter::increment);
        one.join();
        other.join();
        if (counter.value() != 2) {
            throw new AssertionError("one of 2 increments was lost");
        }
        return counter.value();
    }

    /** Has been loaded anew each time. */
    public static final class AsCallable implements Callable<Integer> {
        @Override
        public Integer call() {
            if (++runs != 1) {
                throw new AssertionError("run " + runs);
            }
            return runs;
        }
    }

    /** Is given the world. */
    public static final class AsWorldBody implements VoidWorldBody<RuntimeException> {
        @Override
        public void execute(World world) {
            if (world == null) {
                throw new AssertionError("no world");
            }
        }
    }

    /** Throws a checked exception. */
    public static final class Throwing implements Callable<Object> {
        @Override
        public Object call() throws IOException {
            throw new IOException("as it is");
        }
    }
}

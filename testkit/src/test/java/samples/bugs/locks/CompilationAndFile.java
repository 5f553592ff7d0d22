package samples.bugs.locks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.test.junit.SimulationTest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import samples.bugs.Bug;

/** A job has the compilation's write lock and wants a file's lock; a command has the file's and wants to read. */
@Bug(report = "enso-org/enso#6920", needs = Bug.Needs.LOCKS, finding = "deadlock")
class CompilationAndFile {

    private final ReentrantReadWriteLock compilation = new ReentrantReadWriteLock();
    private final ReentrantReadWriteLock file = new ReentrantReadWriteLock();
    private final LongAdder done = new LongAdder();

    private static final class Held implements AutoCloseable {
        private final Lock lock;

        Held(Lock lock) {
            this.lock = lock;
            lock.lock();
        }

        @Override
        public void close() {
            lock.unlock();
        }
    }

    private void compile() {
        try (var outer = new Held(compilation.writeLock());
                var inner = new Held(file.readLock())) {
            done.increment();
        }
    }

    private void fileThenCompilation() {
        try (var outer = new Held(file.writeLock());
                var inner = new Held(compilation.readLock())) {
            done.increment();
        }
    }

    private void compilationThenFile() {
        try (var outer = new Held(compilation.readLock());
                var inner = new Held(file.writeLock())) {
            done.increment();
        }
    }

    private void together(Runnable command) {
        try (var threads = Executors.newFixedThreadPool(2, Thread.ofVirtual().factory())) {
            CompletableFuture.allOf(
                            CompletableFuture.runAsync(this::compile, threads),
                            CompletableFuture.runAsync(command, threads))
                    .join();
        }
        assertEquals(2, done.sum());
    }

    @SimulationTest(deep = true)
    void broken() {
        together(this::fileThenCompilation);
    }

    @SimulationTest(deep = true)
    void mended() {
        together(this::compilationThenFile);
    }
}

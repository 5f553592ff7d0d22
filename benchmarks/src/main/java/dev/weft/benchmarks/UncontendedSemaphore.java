package dev.weft.benchmarks;

import dev.weft.EventLoop;
import dev.weft.Weft;
import dev.weft.sync.Semaphore;
import org.openjdk.jmh.annotations.Benchmark;

/** Takes a permit that is free, and gives it back, {@value #TIMES} times. */
public class UncontendedSemaphore extends Batch {

    static final int TIMES = 10_000;
    static final int PERMITS = 10;

    private int count;

    @Benchmark
    public int weft() throws InterruptedException {
        return Weft.run(this::weftPermits);
    }

    @Benchmark
    public int weftEventLoop() throws InterruptedException {
        return EventLoop.run(this::weftPermits);
    }

    private int weftPermits() throws InterruptedException {
        var permits = new Semaphore(PERMITS);
        for (var i = 0; i < TIMES; i++) {
            permits.acquire();
            try {
                count++;
            } finally {
                permits.release();
            }
        }
        return count;
    }

    @Benchmark
    public int virtualThreads() throws InterruptedException {
        var permits = new java.util.concurrent.Semaphore(PERMITS);
        for (var i = 0; i < TIMES; i++) {
            permits.acquire();
            try {
                count++;
            } finally {
                permits.release();
            }
        }
        return count;
    }

    @Benchmark
    public int kotlinDefault() {
        return Coroutines.permits(Coroutines.DEFAULT, PERMITS, TIMES);
    }

    @Benchmark
    public int kotlinRunBlocking() {
        return Coroutines.permits(Coroutines.RUN_BLOCKING, PERMITS, TIMES);
    }
}

package dev.weft.benchmarks;

import dev.weft.EventLoop;
import dev.weft.Weft;
import dev.weft.sync.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.openjdk.jmh.annotations.Benchmark;

/** Takes a lock that nobody else wants, and gives it back, {@value #TIMES} times. */
public class UncontendedLock extends Batch {

    static final int TIMES = 10_000;

    private int count;

    @Benchmark
    public int weft() throws InterruptedException {
        return Weft.run(this::weftLocks);
    }

    @Benchmark
    public int weftEventLoop() throws InterruptedException {
        return EventLoop.run(this::weftLocks);
    }

    private int weftLocks() throws InterruptedException {
        var lock = new Lock();
        for (var i = 0; i < TIMES; i++) {
            lock.acquire();
            try {
                count++;
            } finally {
                lock.release();
            }
        }
        return count;
    }

    @Benchmark
    public int virtualThreads() throws InterruptedException {
        var lock = new ReentrantLock();
        for (var i = 0; i < TIMES; i++) {
            lock.lockInterruptibly();
            try {
                count++;
            } finally {
                lock.unlock();
            }
        }
        return count;
    }

    @Benchmark
    public int kotlinDefault() {
        return Coroutines.locks(Coroutines.DEFAULT, TIMES);
    }

    @Benchmark
    public int kotlinRunBlocking() {
        return Coroutines.locks(Coroutines.RUN_BLOCKING, TIMES);
    }
}

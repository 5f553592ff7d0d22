package dev.weft.test;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Names as the JDK gives to platform threads without one: programs tell threads apart by them. Here each execution
 * begins anew. Thread-safe.
 */
final class ThreadNames {

    private final AtomicInteger threads = new AtomicInteger();
    private final AtomicInteger pools = new AtomicInteger();
    private final AtomicInteger workers = new AtomicInteger();

    /** That of a new thread. */
    String thread() {
        return "Thread-" + threads.getAndIncrement();
    }

    /** The start of the names of a new pool's threads. */
    String pool() {
        return "pool-" + pools.incrementAndGet() + "-thread-";
    }

    /** That of a new thread in place of the common pool. */
    String worker() {
        return "ForkJoinPool.commonPool-worker-" + workers.incrementAndGet();
    }
}

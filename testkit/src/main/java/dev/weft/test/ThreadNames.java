package dev.weft.test;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Names as the JDK gives to platform threads without one: programs tell threads apart by them. Here each execution
 * begins anew. Thread-safe.
 */
final class ThreadNames {

    private static final Pattern OF_A_THREAD = Pattern.compile("Thread-\\d+");
    private static final Pattern OF_A_POOL = Pattern.compile("pool-(\\d+)-thread-(\\d+)");

    private final Map<String, String> foreignPools = new ConcurrentHashMap<>();
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

    /** That of a thread which others have made: one that the JDK has given to it counts all threads of the JVM. */
    String anew(String name) {
        if (OF_A_THREAD.matcher(name).matches()) {
            return thread();
        }
        var ofPool = OF_A_POOL.matcher(name);
        return ofPool.matches() ? foreignPools.computeIfAbsent(ofPool.group(1), _ -> pool()) + ofPool.group(2) : name;
    }
}

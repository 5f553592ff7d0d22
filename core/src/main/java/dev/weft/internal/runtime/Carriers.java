package dev.weft.internal.runtime;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Daemon platform threads that carry event loops; one without work is kept for ten seconds. */
final class Carriers {

    private static final AtomicLong COUNT = new AtomicLong();

    private static final Executor POOL = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), Carriers::newThread);

    private Carriers() {}

    private static Thread newThread(Runnable work) {
        return Thread.ofPlatform()
                .daemon()
                .name("weft-carrier-" + COUNT.incrementAndGet())
                .inheritInheritableThreadLocals(false)
                .unstarted(work);
    }

    /** Has {@code work} done on one of them. Waits for memory if there is none for one more thread. */
    static void start(Runnable work) {
        Memory.insistOn(work, POOL::execute);
    }
}

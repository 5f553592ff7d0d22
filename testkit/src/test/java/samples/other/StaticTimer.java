package samples.other;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** A library with a pool that stays for as long as the JVM lives. */
public final class StaticTimer {

    private static final ScheduledExecutorService POOL = Executors.newScheduledThreadPool(1, task -> {
        var thread = new Thread(task, "of a library");
        thread.setDaemon(true);
        return thread;
    });

    private StaticTimer() {}

    /** Ends a moment later. */
    public static Future<String> later(String value) {
        return POOL.schedule(() -> value, 30, TimeUnit.MILLISECONDS);
    }

    /** Its threads are named by the JDK. */
    public static ThreadFactory factory() {
        return Executors.defaultThreadFactory();
    }
}

package dev.weft.test.internal.deep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Threads as the operating system sees them. On a busy machine one that could run is kept from it for a long time, and
 * looks to the JVM like one that waits within the JVM; Linux tells them apart. Thread-safe.
 */
public final class OsThreads {

    private static final Path SELF = Path.of("/proc/thread-self");

    /** The files that tell the state of each; none where there are no such files. */
    private static final Map<Thread, Path> STATES = Collections.synchronizedMap(new WeakHashMap<>());

    private OsThreads() {}

    /** From now on the calling thread, which is a platform thread, can be asked for. */
    public static void add() {
        var me = Thread.currentThread();
        if (!STATES.containsKey(me) && Files.isReadable(SELF)) {
            try {
                STATES.put(me, SELF.toRealPath().resolve("stat"));
            } catch (IOException e) {
                // then nothing is known of it
            }
        }
    }

    /** Whether one of {@code threads} surely {@linkplain #isRunnable could run}. */
    public static boolean areAnyRunnable(Collection<Thread> threads) {
        return threads.stream().anyMatch(OsThreads::isRunnable);
    }

    /** Whether {@code thread} surely runs, or is kept from it by others. */
    public static boolean isRunnable(Thread thread) {
        var state = STATES.get(thread);
        if (state == null) {
            return false;
        }
        try {
            var text = Files.readString(state);
            return text.startsWith("R", text.lastIndexOf(')') + 2); // after the name, which may hold anything
        } catch (IOException e) {
            return false;
        }
    }
}

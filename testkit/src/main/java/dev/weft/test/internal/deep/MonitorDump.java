package dev.weft.test.internal.deep;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The monitors of a thread dump of the JVM: which thread waits for which, and which it holds. */
final class MonitorDump {

    /** No monitor is known. */
    static final MonitorDump NONE = new MonitorDump();

    private static final Pattern THREAD = Pattern.compile("#(\\d+) \".*");
    private static final Pattern FRAME = Pattern.compile("\\s+at (.*)");
    private static final Pattern LOCK =
            Pattern.compile("\\s+- (locked|waiting to lock|waiting on|waiting to re-lock in wait\\(\\)) <(.+)@(\\w+)>");

    /**
     * A thread that waits for a notify. The JVM need not say of which object, or that it has left its monitor: that is
     * the innermost one.
     */
    private static final Pattern WAITS = Pattern.compile("\\s+at java.base/java.lang.Object.wait0\\(.*");

    private static final AtomicInteger DUMPS = new AtomicInteger();

    private static @Nullable Path folder;

    private final Map<Long, Monitor> awaited = new HashMap<>();
    private final Map<Long, List<Held>> held = new HashMap<>();
    private final Map<Monitor, Thread> owners = new HashMap<>();

    /** An object; its identity hash code tells it from others of its class. */
    record Monitor(String type, String id) {}

    /** A monitor that a thread holds. */
    record Held(Monitor monitor, String where) {}

    private MonitorDump() {}

    /** Of {@code threads}; empty if there cannot be one. */
    static MonitorDump take(List<Thread> threads) {
        var dump = new MonitorDump();
        try {
            var file = folder().resolve("threads-" + DUMPS.incrementAndGet() + ".txt");
            try {
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                        .dumpThreads(file.toAbsolutePath().toString(), ThreadDumpFormat.TEXT_PLAIN);
                dump.read(Files.readAllLines(file), threads);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException | RuntimeException | LinkageError e) {
            // then no monitor is named
        }
        return dump;
    }

    /** The folder of all dumps. Removing it takes longer than a dump does, so that it stays until the JVM ends. */
    static synchronized Path folder() throws IOException {
        var known = folder;
        if (known == null || !Files.isDirectory(known)) {
            known = Files.createTempDirectory("weft-deep");
            known.toFile().deleteOnExit();
            folder = known;
        }
        return known;
    }

    /** Reads a dump of {@code threads}. */
    static MonitorDump of(List<String> lines, List<Thread> threads) {
        var dump = new MonitorDump();
        dump.read(lines, threads);
        return dump;
    }

    private void read(List<String> lines, List<Thread> threads) {
        var byId = new HashMap<Long, Thread>();
        threads.forEach(thread -> byId.put(thread.threadId(), thread));
        Thread thread = null;
        var frame = "";
        var isUnknown = false;
        for (var line : lines) {
            var begin = THREAD.matcher(line);
            if (begin.matches()) {
                thread = byId.get(Long.valueOf(begin.group(1)));
                isUnknown = false;
                continue;
            }
            isUnknown |= WAITS.matcher(line).matches();
            var at = FRAME.matcher(line);
            if (at.matches()) {
                frame = at.group(1);
                continue;
            }
            var lock = LOCK.matcher(line);
            if (thread == null || !lock.matches()) {
                continue;
            }
            var monitor = new Monitor(lock.group(2), lock.group(2) + "@" + lock.group(3));
            if (isUnknown) {
                isUnknown = false;
                awaited.put(thread.threadId(), monitor);
            }
            if (lock.group(1).equals("locked")) {
                held.computeIfAbsent(thread.threadId(), _ -> new ArrayList<>()).add(new Held(monitor, frame));
                if (!monitor.equals(awaited.get(thread.threadId()))) {
                    owners.put(monitor, thread);
                }
            } else {
                awaited.put(thread.threadId(), monitor);
            }
        }
    }

    @Nullable
    Monitor awaited(Thread thread) {
        return awaited.get(thread.threadId());
    }

    List<Held> held(Thread thread) {
        var all = held.getOrDefault(thread.threadId(), List.of());
        var left = awaited(thread); // a thread that waits for a notify has left the monitor, though the JVM says locked
        return all.stream().filter(each -> !each.monitor().equals(left)).toList();
    }

    @Nullable
    Thread owner(Monitor monitor) {
        return owners.get(monitor);
    }
}

package dev.weft.test.internal.deep;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything that a deep simulation does not control, as far as it is seen. */
public final class Outside {

    /** Waits that the operating system or another process ends. */
    private static final List<String> OUTSIDE_WAITS = List.of(
            "sun.nio.ch.", "sun.nio.fs.", "sun.net.", "java.net.", "java.io.File", "java.lang.Process", "jdk.net.");

    private static final List<String> OF_THE_JVM =
            List.of("weft-", "VirtualThread-", "Attach Listener", "Common-Cleaner", "Cleaner-");

    /** The JVM's own, which stay. They wake up those that wait for a socket alone, which is seen at these. */
    private static final List<String> OF_SOCKETS = List.of("MasterPoller", "Read-Poller", "Write-Poller");

    /** Those of who runs the tests. They are named only because a look at the others takes time. */
    private static final List<String> OF_THE_BUILD = List.of(
            "main",
            "surefire-",
            "junit-jupiter-timeout-watcher",
            "Test worker",
            "/127.0.0.1",
            "Monitor Ctrl-Break",
            "Reference Handler",
            "Finalizer",
            "Signal Dispatcher",
            "Notification Thread");

    /** The numbers of the threads before the first execution of those that belong together. */
    private static volatile Set<Long> atTheBeginning = Set.of();

    private final Set<Long> before = platformThreads().map(Thread::threadId).collect(Collectors.toSet());
    private final Set<String> woken = new TreeSet<>();
    private final Set<String> used = new TreeSet<>();
    private final Set<String> timed = new TreeSet<>();

    private Outside() {}

    /**
     * Executions begin that belong together: a thread that is started from now on, and outlives the one that has
     * started it, works for the others, too, as those of a library's static pool do.
     */
    public static void begin() {
        atTheBeginning = platformThreads().map(Thread::threadId).collect(Collectors.toSet());
    }

    /** Everything that comes from now on. */
    public static Outside since() {
        return new Outside();
    }

    private static Stream<Thread> platformThreads() {
        var group = Thread.currentThread().getThreadGroup();
        while (group != null && group.getParent() != null) {
            group = group.getParent();
        }
        if (group == null) {
            return Stream.of();
        }
        var threads = new Thread[group.activeCount() + 100];
        var count = group.enumerate(threads, true);
        return Arrays.stream(threads, 0, count);
    }

    /** A thread of others has woken this strand up. Any thread. */
    public synchronized void woke(String strand) {
        if (woken.size() < 20) {
            woken.add(strand);
        }
    }

    /** The program is about to use {@code what}. */
    public synchronized void used(String what) {
        if (used.size() < 20) {
            used.add(what);
        }
    }

    /** {@code thread} waits for a time that cannot be virtual. */
    public synchronized void timed(Thread thread) {
        if (timed.size() < 20) {
            timed.add(Arrays.stream(thread.getStackTrace())
                    .filter(frame -> !frame.getClassName().startsWith("java."))
                    .findFirst()
                    .map(StackTraceElement::toString)
                    .orElse(thread.getName()));
        }
    }

    /** Whether something that is not controlled may yet wake one of {@code strands} up, which all wait. */
    public boolean mayWake(Stream<@Nullable Thread> strands) {
        return !newThreads().isEmpty()
                || earlierThreads().anyMatch(thread -> thread.getState() != Thread.State.WAITING)
                || isCommonPoolBusy()
                || strands.filter(Objects::nonNull).anyMatch(Outside::waitsOutside);
    }

    /** Whether a thread that was there before may have work, though it seems to wait: it is perhaps being woken up. */
    public boolean mayBeAtWork() {
        return platformThreads()
                .anyMatch(thread -> isForeign(thread) && OF_THE_BUILD.stream().noneMatch(thread.getName()::startsWith));
    }

    private static boolean isCommonPoolBusy() {
        var pool = ForkJoinPool.commonPool();
        return pool.getActiveThreadCount() > 0 || pool.hasQueuedSubmissions();
    }

    private static boolean waitsOutside(Thread strand) {
        return Arrays.stream(strand.getStackTrace())
                .anyMatch(frame -> OUTSIDE_WAITS.stream().anyMatch(frame.getClassName()::startsWith));
    }

    /** Platform threads that are not the JVM's and not in one of its pools. */
    private static boolean isForeign(Thread thread) {
        return thread.isAlive()
                && OF_THE_JVM.stream().noneMatch(thread.getName()::startsWith)
                && !isOfVirtualThreads(thread)
                && !thread.getName().startsWith("ForkJoinPool.commonPool");
    }

    private Collection<String> newThreads() {
        return names(platformThreads().filter(thread -> !before.contains(thread.threadId()) && isForeign(thread)));
    }

    /** Those that an execution before this one has left. */
    private Stream<Thread> earlierThreads() {
        return platformThreads()
                .filter(thread -> before.contains(thread.threadId())
                        && !atTheBeginning.contains(thread.threadId())
                        && OF_SOCKETS.stream().noneMatch(thread.getName()::startsWith)
                        && isForeign(thread));
    }

    private static Collection<String> names(Stream<Thread> threads) {
        return threads.map(thread -> "'" + thread.getName() + "'").collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The JDK's own pool for virtual threads. */
    private static boolean isOfVirtualThreads(Thread thread) {
        return thread.getClass().getName().equals("jdk.internal.misc.CarrierThread")
                || thread.getName().matches("ForkJoinPool-\\d+-delayScheduler");
    }

    /** Whether there are platform threads that were started meanwhile, or earlier ones that do something. */
    public boolean isBeside() {
        return !newThreads().isEmpty() || earlierThreads().anyMatch(Outside::isAtWork) || isCommonPoolBusy();
    }

    private static boolean isAtWork(Thread thread) {
        return switch (thread.getState()) {
            case BLOCKED -> true;
            case RUNNABLE -> {
                var stack = thread.getStackTrace();
                yield stack.length > 0 && !stack[0].isNativeMethod();
            }
            case NEW, WAITING, TIMED_WAITING, TERMINATED -> false;
        };
    }

    /** Everything that was seen, in lines; empty if nothing was. */
    public synchronized String describe() {
        var text = new StringBuilder();
        var threads = newThreads();
        if (!threads.isEmpty()) {
            text.append("not controlled: platform threads that were started meanwhile, ")
                    .append(String.join(", ", threads))
                    .append('\n');
        }
        var earlier = names(earlierThreads());
        if (!earlier.isEmpty()) {
            text.append("not controlled: platform threads that earlier executions have left, ")
                    .append(String.join(", ", earlier))
                    .append('\n');
        }
        if (!threads.isEmpty() || !earlier.isEmpty()) {
            text.append("  (if a library has started them, rewrite = {\"its.package\"} lets them take turns)\n");
        }
        if (!woken.isEmpty()) {
            text.append("not controlled: threads outside that have woken up ")
                    .append(String.join(", ", woken))
                    .append('\n');
        }
        if (!used.isEmpty()) {
            text.append("not controlled: ").append(String.join(", ", used)).append('\n');
        }
        if (!timed.isEmpty()) {
            text.append("timed waits that took real time: ")
                    .append(String.join(", ", timed))
                    .append('\n');
        }
        return text.toString();
    }
}

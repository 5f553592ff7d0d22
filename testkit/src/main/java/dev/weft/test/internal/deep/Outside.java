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

    private final Set<Thread> before = platformThreads().collect(Collectors.toSet());
    private final Set<String> woken = new TreeSet<>();
    private final Set<String> used = new TreeSet<>();
    private final Set<String> timed = new TreeSet<>();

    private Outside() {}

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
                || ForkJoinPool.commonPool().getActiveThreadCount() > 0
                || strands.filter(Objects::nonNull).anyMatch(Outside::waitsOutside);
    }

    private static boolean waitsOutside(Thread strand) {
        return Arrays.stream(strand.getStackTrace())
                .anyMatch(frame -> OUTSIDE_WAITS.stream().anyMatch(frame.getClassName()::startsWith));
    }

    private Collection<String> newThreads() {
        return platformThreads()
                .filter(thread -> !before.contains(thread)
                        && thread.isAlive()
                        && OF_THE_JVM.stream().noneMatch(thread.getName()::startsWith)
                        && !isOfVirtualThreads(thread)
                        && !thread.getName().startsWith("ForkJoinPool.commonPool"))
                .map(thread -> "'" + thread.getName() + "'")
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The JDK's own pool for virtual threads. */
    private static boolean isOfVirtualThreads(Thread thread) {
        return thread.getClass().getName().equals("jdk.internal.misc.CarrierThread")
                || thread.getName().matches("ForkJoinPool-\\d+-delayScheduler");
    }

    /** Whether there are platform threads that were started meanwhile. */
    public boolean isBeside() {
        return !newThreads().isEmpty() || ForkJoinPool.commonPool().getActiveThreadCount() > 0;
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

package dev.weft.test.internal.deep;

import java.lang.Thread.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The waits of threads in the JDK, and the locks that the threads hold, at one moment. */
public final class JdkWaits {

    /** Nothing is known. */
    public static final JdkWaits NONE = new JdkWaits(Map.of());

    private final Map<Thread, JdkWait> waits;

    private JdkWaits(Map<Thread, JdkWait> waits) {
        this.waits = waits;
    }

    /**
     * One thread's.
     *
     * @param what null if it does not wait
     * @param owner who holds that; null if nobody does, or it cannot be found out
     * @param held the monitors that it holds, and where it has entered them
     */
    public record JdkWait(@Nullable String what, @Nullable Thread owner, List<String> held) {

        /** As said after the name of the thread. */
        public String text(Function<Thread, String> names) {
            return what == null
                    ? ""
                    : " waits for " + what + (owner == null ? "" : ", which " + names.apply(owner) + " holds");
        }
    }

    /**
     * The blocker of a thread's wait that the JDK does not make.
     *
     * @param what as said of the thread: it waits for that
     */
    public record Wait(String what) {}

    /** That of {@code thread}; null if nothing is known of it. */
    public @Nullable JdkWait of(@Nullable Thread thread) {
        return thread == null ? null : waits.get(thread);
    }

    /** These, with others in place of what is known of the same threads; what those hold stays. */
    public JdkWaits with(Map<Thread, JdkWait> others) {
        if (others.isEmpty()) {
            return this;
        }
        var all = new HashMap<>(waits);
        others.forEach((thread, wait) ->
                all.merge(thread, wait, (known, other) -> new JdkWait(other.what(), other.owner(), known.held())));
        return new JdkWaits(all);
    }

    /** Whether {@code thread}, which parks on {@code blocker} if it parks, waits in a monitor or for one. */
    public static boolean isInMonitor(Thread thread, @Nullable Object blocker) {
        return blocker == null
                && switch (thread.getState()) {
                    case BLOCKED, WAITING, TIMED_WAITING -> true;
                    case NEW, RUNNABLE, TERMINATED -> false;
                };
    }

    /** The kind of thing that {@code thread} waits for: the same in each execution. */
    public static String kind(Thread thread, @Nullable Object blocker) {
        if (blocker instanceof Wait wait) {
            return wait.what();
        }
        if (blocker != null) {
            return typeOf(blocker.getClass().getName());
        }
        return thread.getState() == State.BLOCKED ? "a monitor" : "an unpark or a notify";
    }

    /** Parts of the JDK's own classes bear their names: {@code ReentrantLock$NonfairSync} is a ReentrantLock. */
    public static String typeOf(String className) {
        if (className.endsWith("$ConditionObject")) {
            return "Condition";
        }
        var simple = className.substring(className.lastIndexOf('.') + 1);
        var inner = simple.indexOf('$');
        return className.startsWith("java.") && inner > 0 ? simple.substring(0, inner) : simple.replace('$', '.');
    }

    /** Those of {@code threads} now. */
    public static JdkWaits of(Stream<@Nullable Thread> threads) {
        var all = threads.filter(Objects::nonNull).toList();
        var needsDump = all.stream().anyMatch(thread -> isInMonitor(thread, LockSupport.getBlocker(thread)));
        var dump = needsDump ? MonitorDump.take(all) : MonitorDump.NONE;
        var numbers = new Numbers();
        var waits = new HashMap<Thread, JdkWait>();
        for (var thread : all) {
            var blocker = LockSupport.getBlocker(thread);
            String what = null;
            Thread owner = null;
            var monitor = dump.awaited(thread);
            if (blocker instanceof Wait wait) {
                what = wait.what();
            } else if (blocker != null) {
                what = numbers.name(typeOf(blocker.getClass().getName()), blocker);
                owner = LockOwners.of(blocker);
            } else if (monitor != null) {
                what = (thread.getState() == State.BLOCKED ? "the monitor " : "a notify of ")
                        + numbers.name(typeOf(monitor.type()), monitor.id());
                owner = thread.getState() == State.BLOCKED ? dump.owner(monitor) : null;
            } else if (thread.getState() == State.WAITING) {
                what = "an unpark";
            }
            var held = new ArrayList<String>();
            for (var lock : dump.held(thread)) {
                if (lock.monitor().type().startsWith("dev.weft.internal.")) {
                    continue; // it waits for its turn with that
                }
                held.add("the monitor "
                        + numbers.name(
                                typeOf(lock.monitor().type()), lock.monitor().id())
                        + (lock.where().isEmpty() ? "" : ", entered in " + lock.where()));
            }
            if (what != null || !held.isEmpty()) {
                waits.put(thread, new JdkWait(what, owner, held));
            }
        }
        return new JdkWaits(waits);
    }

    /** Numbers of objects, by their types, in the order in which they are named. */
    private static final class Numbers {
        private final Map<String, String> byId = new HashMap<>();
        private final IdentityHashMap<Object, String> byIdentity = new IdentityHashMap<>();
        private final Map<String, Integer> counts = new HashMap<>();

        /** That of an object. */
        String name(String type, Object object) {
            return byIdentity.computeIfAbsent(object, _ -> next(type));
        }

        /** That of an object of which only this is known. */
        String name(String type, String id) {
            return byId.computeIfAbsent(id, _ -> next(type));
        }

        private String next(String type) {
            return type + " #" + counts.merge(type, 1, Integer::sum);
        }
    }
}

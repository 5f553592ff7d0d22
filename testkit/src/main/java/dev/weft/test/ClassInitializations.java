package dev.weft.test;

import dev.weft.internal.runtime.Strand;
import dev.weft.test.internal.deep.JdkWaits;
import dev.weft.test.internal.deep.JdkWaits.JdkWait;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which thread of a deep simulation runs the static initializer of which class, and who waits for that.
 *
 * <p>The JVM itself has a thread wait that uses a class while another one initializes it, together with its carrier,
 * and tells nobody. So a class is initialized here, before its use, in the steps that the JVM takes: the class is
 * claimed, then its superclass is initialized, then its initializer is run.
 */
final class ClassInitializations {

    /** That of one class. Belongs to the holder of the turn. */
    private static final class Initialization {
        private volatile @Nullable Strand runner;
        private volatile boolean done;
        private final List<StrandWait> waits = new ArrayList<>();
    }

    private final DeepScheduler scheduler;
    private final Map<Class<?>, Initialization> all = new ConcurrentHashMap<>();
    private final Map<Strand, Class<?>> awaited = new ConcurrentHashMap<>();

    ClassInitializations(DeepScheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Whether nothing is left to do for {@code type}. Any thread. */
    boolean isDone(Class<?> type) {
        var known = all.get(type);
        return known != null && known.done;
    }

    /** Initializes {@code type} unless that has been done. On the thread of {@code self}, which is in turn. */
    void initialize(Class<?> type, Strand self) {
        var initialization = all.computeIfAbsent(type, _ -> new Initialization());
        if (!claims(initialization, type, self)) {
            return;
        }
        try {
            var superclass = type.getSuperclass();
            if (superclass != null && superclass.getClassLoader() == type.getClassLoader()) {
                initialize(superclass, self);
            }
            scheduler.expectsPinned();
            run(type);
        } finally {
            scheduler.ensureInTurn();
            ends(type);
        }
    }

    /**
     * {@code self}, which is in turn, is at the beginning or the end of the initializer of {@code type}. Perhaps the
     * JVM runs that for a reason that cannot be seen in the program's code, as reflection.
     */
    void runs(Class<?> type, Strand self, boolean begins) {
        if (!begins) {
            ends(type);
            return;
        }
        var initialization = all.computeIfAbsent(type, _ -> new Initialization());
        if (!initialization.done && initialization.runner != self) {
            initialization.runner = self;
            scheduler.expectsPinned();
        }
    }

    private void ends(Class<?> type) {
        var initialization = all.get(type);
        if (initialization != null) {
            initialization.done = true;
            initialization.runner = null;
            initialization.waits.forEach(StrandWait::end);
            initialization.waits.clear();
        }
    }

    /** @return false if it has been done, or is being done by {@code self} */
    private boolean claims(Initialization initialization, Class<?> type, Strand self) {
        while (!initialization.done && initialization.runner != self) {
            if (initialization.runner == null) {
                initialization.runner = self;
                return true;
            }
            var wait = new StrandWait(scheduler, self);
            initialization.waits.add(wait);
            awaited.put(self, type);
            wait.await();
            awaited.remove(self);
        }
        return false;
    }

    private static void run(Class<?> type) {
        try {
            Class.forName(type.getName(), true, type.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(type + " has been loaded", e);
        }
    }

    /** Whether a strand runs an initializer. Any thread. */
    boolean isUnderWay() {
        return all.values().stream().anyMatch(each -> each.runner != null);
    }

    /** Whether a strand other than that of {@code thread} runs an initializer. Any thread. */
    boolean isUnderWayBeside(@Nullable Thread thread) {
        return all.values().stream().anyMatch(each -> isOther(each.runner, thread));
    }

    /**
     * Those that wait for an initializer. In turn, or once there are no turns any more.
     *
     * @param blocked threads that block, pinned to their carriers
     */
    Map<Thread, JdkWait> waits(Collection<Thread> blocked) {
        var waits = new HashMap<Thread, JdkWait>();
        for (var thread : blocked) {
            if (thread.getState() == Thread.State.RUNNABLE) {
                waits.put(thread, withinJvm(thread));
            }
        }
        awaited.forEach((strand, type) -> {
            var thread = strand.thread();
            if (thread != null) {
                waits.put(thread, wait(type));
            }
        });
        return waits;
    }

    /** The JVM does not tell which initializer it is, if more than one is under way. */
    private JdkWait withinJvm(Thread thread) {
        var types = all.entrySet().stream()
                .filter(entry -> isOther(entry.getValue().runner, thread))
                .map(Map.Entry::getKey)
                .toList();
        return types.size() == 1 ? wait(types.getFirst()) : new JdkWait("a static initializer", null, List.of());
    }

    private static boolean isOther(@Nullable Strand runner, @Nullable Thread thread) {
        return runner != null && runner.thread() != thread;
    }

    private JdkWait wait(Class<?> type) {
        var known = all.get(type);
        var runner = known == null ? null : known.runner;
        return new JdkWait(
                "the initializer of " + JdkWaits.typeOf(type.getName()),
                runner == null ? null : runner.thread(),
                List.of());
    }
}

package dev.weft.internal.run;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Signals that cancel mains: the first cancels those of all runs that watch it, waits for these runs to end and exits
 * the process; the second says which tasks do not end, and exits at once.
 *
 * <p>A handler is in place only while there is a run that watches its signal: a server, whose runs stand on its threads
 * or were {@linkplain ApplicationRun started}, keeps its own.
 */
final class Signals {

    static final Signals NONE = new Signals(null, Set.of());

    /** The signals that a run watches unless it names others. */
    private static final Set<String> OF_MAIN_THREAD = Set.of("INT");

    /** How long the process may take to say why it did not end, if nobody reads that. */
    private static final Duration LONGEST_REPORT = Duration.ofSeconds(2);

    private static final int STATUS_BASE = 128;

    private static final Set<Signals> ACTIVE = ConcurrentHashMap.newKeySet();

    /** By signal. Guarded by the class. */
    private static final Map<String, Installed> INSTALLED = new HashMap<>();

    private static boolean signalled;
    private static boolean halting;

    /** A handler. Guarded by the class. */
    private static final class Installed {

        private int watchers;

        /** Puts the one back that was there before; null if there is none to put back. */
        private final @Nullable Runnable restore;

        Installed(String name) {
            var handler = SignalHandler.of(name, () -> {});
            var status = STATUS_BASE + (handler == null ? 0 : handler.number());
            var receiver = SignalHandler.of(name, () -> received(name, status));
            restore = receiver == null ? null : receiver.install();
        }
    }

    private final @Nullable RunScope run;
    private final Set<String> names;
    private final CountDownLatch closed = new CountDownLatch(1);

    private Signals(@Nullable RunScope run, Set<String> names) {
        this.run = run;
        this.names = names;
    }

    /** @param chosen the names of the signals; empty to watch SIGINT if the program's main thread runs {@code run} */
    static Signals watch(RunScope run, Optional<Set<String>> chosen) {
        var names = chosen.orElseGet(() -> isMainThread() ? OF_MAIN_THREAD : Set.of());
        if (names.isEmpty()) {
            return NONE;
        }
        var signals = new Signals(run, names);
        ACTIVE.add(signals);
        synchronized (Signals.class) {
            for (var name : names) {
                INSTALLED.computeIfAbsent(name, Installed::new).watchers++;
            }
        }
        return signals;
    }

    /** Whether the launcher has made the calling thread, and nobody in this process. */
    private static boolean isMainThread() {
        var thread = Thread.currentThread();
        if (thread.isVirtual() || !thread.getName().equals("main")) {
            return false;
        }
        var outermost = StackWalker.getInstance(StackWalker.Option.SHOW_HIDDEN_FRAMES)
                .walk(frames -> frames.reduce((inner, outer) -> outer));
        return outermost.isPresent() && !outermost.get().getClassName().equals(Thread.class.getName());
    }

    void close() {
        if (run == null) {
            return;
        }
        synchronized (Signals.class) {
            names.forEach(Signals::unwatch);
        }
        ACTIVE.remove(this);
        closed.countDown();
    }

    /** The handler stays in place when the signal has come: the process is about to exit. */
    private static void unwatch(String name) {
        var installed = INSTALLED.get(name);
        if (installed != null && --installed.watchers == 0 && !signalled) {
            INSTALLED.remove(name);
            if (installed.restore != null) {
                installed.restore.run();
            }
        }
    }

    private static void received(String name, int status) {
        boolean again;
        synchronized (Signals.class) {
            if (halting) {
                Runtime.getRuntime().halt(status);
            }
            again = signalled;
            halting = signalled;
            signalled = true;
        }
        if (again) {
            nameUnfinished(name);
            Runtime.getRuntime().halt(status);
        }
        // not a daemon: the process must not end by itself, with another status, before this has exited it
        Thread.ofPlatform().daemon(false).name("weft-signal").start(() -> {
            var runs = watching(name);
            runs.forEach(signals -> {
                if (signals.run != null) {
                    signals.run.cancelMain("SIG" + name);
                }
            });
            runs.forEach(Signals::awaitClosed);
            System.exit(status);
        });
    }

    private static void nameUnfinished(String name) {
        var report = Thread.ofPlatform().daemon().name("weft-signal-report").start(() -> {
            for (var signals : watching(name)) {
                if (signals.run != null) {
                    System.err.println("SIG" + name + " again, and the " + signals.run.title() + ", has not ended: "
                            + UnfinishedTasks.of(signals.run).text());
                }
            }
        });
        try {
            report.join(LONGEST_REPORT);
        } catch (InterruptedException e) {
            // this thread is nobody's to interrupt, and about to end
        }
    }

    private void awaitClosed() {
        while (true) {
            try {
                closed.await();
                return;
            } catch (InterruptedException e) {
                // this thread is nobody's to interrupt
            }
        }
    }

    private static List<Signals> watching(String name) {
        return ACTIVE.stream().filter(signals -> signals.names.contains(name)).toList();
    }
}

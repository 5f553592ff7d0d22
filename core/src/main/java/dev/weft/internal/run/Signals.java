package dev.weft.internal.run;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C and SIGTERM: the first cancels the mains of all runs, waits for the runs to end and exits the process; the
 * second says which tasks do not end, and exits at once.
 *
 * <p>Handlers are in place only while there is a run.
 */
final class Signals {

    static final Signals NONE = new Signals(null);

    private static final Set<Signals> ACTIVE = ConcurrentHashMap.newKeySet();

    /** Handlers that were there before. Guarded by the class. */
    private static @Nullable List<Runnable> restore;

    private static int watched;
    private static boolean signalled;
    private static boolean halting;

    /** How long the process may take to say why it did not end, if nobody reads that. */
    private static final Duration LONGEST_REPORT = Duration.ofSeconds(2);

    private final @Nullable RunScope run;
    private final CountDownLatch closed = new CountDownLatch(1);

    private Signals(@Nullable RunScope run) {
        this.run = run;
    }

    static Signals watch(RunScope run) {
        var signals = new Signals(run);
        ACTIVE.add(signals);
        synchronized (Signals.class) {
            if (watched++ == 0) {
                restore = Handlers.ALL.stream()
                        .map(SignalHandler::install)
                        .filter(Objects::nonNull)
                        .toList();
            }
        }
        return signals;
    }

    void close() {
        if (run == null) {
            return;
        }
        synchronized (Signals.class) {
            if (--watched == 0 && restore != null && !signalled) {
                restore.forEach(Runnable::run);
                restore = null;
            }
        }
        ACTIVE.remove(this);
        closed.countDown();
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
            var runs = List.copyOf(ACTIVE);
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
            for (var signals : ACTIVE) {
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

    /** Made once: it takes a hundred times as long as the rest of a run's beginning and end. */
    private static final class Handlers {
        static final List<SignalHandler> ALL = Stream.of(
                        SignalHandler.of("INT", () -> received("INT", 130)),
                        SignalHandler.of("TERM", () -> received("TERM", 143)))
                .filter(Objects::nonNull)
                .toList();
    }
}

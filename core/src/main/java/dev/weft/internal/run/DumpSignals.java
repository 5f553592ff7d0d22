package dev.weft.internal.run;

import dev.weft.Problem;
import dev.weft.diagnostics.TaskDump;
import dev.weft.internal.task.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Dumps that are taken when the process gets a signal. The handler of a signal is in place while there is a run that
 * has asked for it; all such runs share one, because the process has one.
 */
public final class DumpSignals {

    /** By the signal's name. Guarded by the class. */
    private static final Map<String, DumpSignals> INSTALLED = new HashMap<>();

    /**
     * The settings of a runner.
     *
     * @param taker takes a dump
     */
    public record Wish(String signal, Supplier<TaskDump> taker, Consumer<? super TaskDump> receiver) {}

    /** A wish of a run that has begun. */
    private record Watch(Wish wish, Problems problems) {}

    private final List<Watch> watches = new CopyOnWriteArrayList<>();

    /** Set when installed. */
    private @Nullable Runnable restore;

    private DumpSignals() {}

    /**
     * Does nothing if there is such a signal.
     *
     * @throws IllegalArgumentException if there is no such signal here
     */
    public static void check(String signal) {
        if (SignalHandler.of(signal, () -> {}) == null) {
            throw new IllegalArgumentException("this Java offers no signal '" + signal
                    + "' to be handled: give one that the system has, such as USR2, without SIG; the module"
                    + " jdk.unsupported must be there");
        }
    }

    /** Whether this Java lets programs handle signals at all. */
    public static boolean areOffered() {
        return SignalHandler.of("TERM", () -> {}) != null;
    }

    /**
     * Grants the wishes of a run.
     *
     * @return takes that back
     * @throws IllegalStateException if the JVM keeps a signal for itself
     */
    static Runnable watch(List<Wish> wishes, Problems problems) {
        if (wishes.isEmpty()) {
            return () -> {};
        }
        var granted = new ArrayList<Watch>();
        Runnable close = () -> granted.forEach(DumpSignals::close);
        try {
            for (var wish : wishes) {
                var watch = new Watch(wish, problems);
                open(watch);
                granted.add(watch);
            }
        } catch (Throwable e) {
            close.run();
            throw e;
        }
        return close;
    }

    private static synchronized void open(Watch watch) {
        var signal = watch.wish.signal;
        var installed = INSTALLED.get(signal);
        if (installed == null) {
            installed = new DumpSignals();
            var handler = SignalHandler.of(signal, installed::received);
            installed.restore = handler == null ? null : handler.install();
            if (installed.restore == null) {
                throw new IllegalStateException(
                        "the JVM keeps the signal " + signal + " for itself: give another one, such as USR2");
            }
            INSTALLED.put(signal, installed);
        }
        installed.watches.add(watch);
    }

    private static synchronized void close(Watch watch) {
        var installed = INSTALLED.get(watch.wish.signal);
        if (installed == null) {
            return;
        }
        installed.watches.remove(watch);
        if (installed.watches.isEmpty() && installed.restore != null) {
            INSTALLED.remove(watch.wish.signal);
            installed.restore.run();
        }
    }

    /** On a thread that the JDK has made for this signal. */
    private void received() {
        TaskDump dump = null;
        for (var watch : watches) {
            dump = dump == null ? watch.wish.taker.get() : dump;
            try {
                watch.wish.receiver.accept(dump);
            } catch (Throwable e) {
                watch.problems.report(
                        Problem.Kind.CALLBACK_FAILURE,
                        "the receiver of the dump for the signal " + watch.wish.signal + " failed",
                        null,
                        e);
            }
        }
    }
}

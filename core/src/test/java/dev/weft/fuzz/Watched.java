package dev.weft.fuzz;

import dev.weft.Weft;
import java.time.Duration;

/** Runs a fuzzer on a thread of its own, and looks whether it gets on. */
final class Watched {

    private Watched() {}

    /**
     * Waits for the end.
     *
     * @param hang how long one program may take
     * @return what went wrong; empty if nothing
     */
    static String run(Fuzzer fuzzer, Duration hang) {
        var thread = Thread.ofPlatform().daemon().name("fuzzer").start(fuzzer);
        var before = -1L;
        while (!join(thread, hang)) {
            if (fuzzer.begun() == before) {
                return fuzzer.current() + " hangs\n" + stack(thread) + "\n" + Weft.dump();
            }
            before = fuzzer.begun();
        }
        return String.join("\n", fuzzer.violations());
    }

    private static boolean join(Thread thread, Duration limit) {
        try {
            return thread.join(limit);
        } catch (InterruptedException e) {
            throw new IllegalStateException("the fuzzer's watcher was interrupted", e);
        }
    }

    private static String stack(Thread thread) {
        var text = new StringBuilder();
        for (var frame : thread.getStackTrace()) {
            text.append("\tat ").append(frame).append('\n');
        }
        return text.toString();
    }
}

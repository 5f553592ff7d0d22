package dev.weft;

import dev.weft.diagnostics.TaskDump;
import dev.weft.internal.dump.Dump;
import dev.weft.internal.runtime.Durations;
import dev.weft.internal.task.Bodies;
import dev.weft.internal.task.ProcessDefaults;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * asyncio's task toolkit, for blocking code on virtual threads. Made for {@code import static dev.weft.Weft.*}.
 *
 * <pre>{@code
 * List<String> pages = gather(() -> fetch(a), () -> fetch(b));              // throws what fetch throws; leaves nothing behind
 * String page = timeout(ofSeconds(2), () -> fetch(a));                      // on this very thread
 * taskGroup(group -> {
 *     urls.forEach(url -> group.createTask(() -> fetch(url)));
 * });
 * }</pre>
 *
 * <p>All of these calls work on any thread, platform or virtual, and need no set-up; only {@link #createTask
 * createTask}, for work in the background, needs an enclosing {@link #run run}. Interrupting a thread that is in such a
 * call cancels the call.
 *
 * <p>The behaviour in full, by identifiers that the tests are named after, is the project's behaviour contract.
 */
@SuppressWarnings("overloads") // a body is a VoidBody and a Callable: the compiler prefers it
public final class Weft extends BlockCalls {

    /** No time limit. Every duration of more than 292 years means the same. */
    public static final Duration FOREVER = Durations.FOREVER;

    /** So many frames of each stack {@link #dump()} shows. */
    private static final int DUMP_FRAMES = 8;

    private Weft() {}

    /**
     * Adds {@code defaults} to every call in this process that begins from now on, in a run or in none. Several
     * registrations add up; removing one takes back what it has added, for tasks that are created afterwards.
     *
     * @param defaults what to add
     * @return takes it back
     * @throws IllegalStateException if it contradicts one that is installed: both set the same time, handler or switch
     *     to different values
     * @since 0.1.0
     */
    public static Registration install(Defaults defaults) {
        return ProcessDefaults.install(defaults);
    }

    /** {@link #dump(int)} with eight frames. */
    public static TaskDump dump() {
        return Dump.take(DUMP_FRAMES);
    }

    /**
     * What runs in this process: every run, every open structured call with the thread that it stands on, and every
     * task; what each waits for, and which wait for each other in a circle. Its {@code toString()} is a tree for
     * people, {@link TaskDump#toJson()} is for programs.
     *
     * <p>Nothing is stopped. What was there from the beginning of this call to its end is in it; what has come or gone
     * meanwhile may be. On any thread, in a run or not. Never fails, whatever ends meanwhile.
     *
     * <p><b>Blocking:</b> not for others; takes some microseconds for each task and some ten more for its frames. A
     * reason whose {@code toString} blocks costs a tenth of a second. <b>Cancellation:</b> never a cancellation point.
     *
     * @param frames how many of each stack, from where it is now or waits outwards; 0 for none
     * @throws IllegalArgumentException if {@code frames} is negative
     */
    public static TaskDump dump(int frames) {
        return Dump.take(frames);
    }

    /**
     * Runs {@code main} as the first task of a parallel runtime, and returns when it and all tasks that it has left in
     * the background have ended. What is left when main ends is cancelled and joined; its failures are reported, main's
     * result is kept.
     *
     * <p>On the program's main thread, Ctrl-C cancels main; when the run has ended, the process exits with 130. The
     * second one does not wait: it prints which tasks still run, and where, and ends the process. (Where the JVM gives
     * no access to signals, or a handler was set by somebody else, this does nothing about them.)
     * {@link Runner.Builder#signals(String...)} chooses other signals, such as SIGTERM.
     *
     * <p><b>Blocking:</b> until main and all background tasks have ended. <b>Cancellation:</b> interrupting the calling
     * thread cancels main; so does cancelling the block that the caller is in. Interrupting it again, while it waits
     * for tasks that do not stop, gets it out: those are left behind, named and reported.
     *
     * @return what main returned
     * @throws X what main threw
     * @throws java.util.concurrent.CancellationException if main was cancelled by a task or a signal
     * @throws InterruptedException if the caller was interrupted; a {@link RunAbandonedException} if it was so again
     *     while it waited for tasks to stop
     * @throws IllegalStateException if called within a run
     */
    public static <T extends @Nullable Object, X extends Exception> T run(Body<T, X> main)
            throws X, InterruptedException {
        try (var runner = Runner.parallel()) {
            return runner.run(main);
        }
    }

    /** {@link #run(Body)} for a main without a result. */
    public static <X extends Exception> void run(VoidBody<X> main) throws X, InterruptedException {
        try (var runner = Runner.parallel()) {
            runner.run(main);
        }
    }

    /**
     * {@link #run(Body)} for a {@link Callable}.
     *
     * @throws Exception what main threw
     * @since 0.1.0
     */
    public static <T extends @Nullable Object> T run(Callable<T> main) throws Exception {
        return run(Bodies.of(main));
    }
}

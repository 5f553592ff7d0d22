package dev.weft;

import dev.weft.diagnostics.TaskDump;
import dev.weft.internal.api.Bodies;
import dev.weft.internal.api.Checks;
import dev.weft.internal.run.ApplicationRun;
import dev.weft.internal.run.DumpSignals;
import dev.weft.internal.run.RunScope;
import dev.weft.internal.run.RunSettings;
import dev.weft.internal.run.Runs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs mains one after the other on one runtime: asyncio's {@code Runner}. Task-locals that one main sets are seen by
 * the next.
 *
 * <p>Thread-safe, but one main at a time.
 */
public final class Runner implements AutoCloseable {

    private final RuntimeInTurn runtime;
    private final RunSettings settings;
    private final TaskContext context = TaskContext.empty();

    private Runner(Supplier<WeftRuntime> factory, RunSettings settings) {
        this.runtime = new RuntimeInTurn(factory);
        this.settings = settings;
    }

    /**
     * A runner on all cores.
     *
     * @return a runner with the settings of the process; close it
     */
    public static Runner parallel() {
        return builder().build();
    }

    /**
     * A runner on an {@linkplain EventLoop event loop}.
     *
     * @return a runner with the settings of the process; close it
     */
    public static Runner eventLoop() {
        return builder().runtime(WeftRuntime::eventLoop).build();
    }

    /**
     * A runner with settings.
     *
     * @return a builder without settings
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Runs {@code main}; as {@link Weft#run(Body)}.
     *
     * @param <T> the type of main's result
     * @param <X> the checked exception that main throws; {@link RuntimeException} for none
     * @param main runs once, as the first task; a {@link Task} is refused
     * @return the result of main
     * @throws X what main threw
     * @throws java.util.concurrent.CancellationException if main was cancelled by a task or a signal
     * @throws InterruptedException if the caller was interrupted; a {@link RunAbandonedException} if it was so again
     *     while it waited for tasks to stop
     * @throws IllegalStateException if called within a run, or this runner is running or closed
     * @throws IllegalArgumentException if {@code main} is a task
     */
    public <T extends @Nullable Object, X extends Exception> T run(Body<T, X> main) throws X, InterruptedException {
        Checks.notATask(Objects.requireNonNull(main, "main"));
        Runs.rejectNesting();
        var scheduler = runtime.begin().scheduler();
        try {
            return new RunScope(scheduler, settings).run(main, context, runtime::handOver);
        } finally {
            runtime.end();
        }
    }

    /**
     * {@link #run(Body)} for a main without a result.
     *
     * @param <X> the checked exception that main throws; {@link RuntimeException} for none
     * @param main runs once, as the first task; a {@link Task} is refused
     * @throws X the exception of main, itself
     * @throws InterruptedException if the caller was interrupted
     */
    public <X extends Exception> void run(VoidBody<X> main) throws X, InterruptedException {
        run(Bodies.of(Objects.requireNonNull(main, "main")));
    }

    /**
     * {@link #run(Body)} for a {@link Callable}.
     *
     * @param <T> the type of main's result
     * @param main runs once, as the first task; a {@link Task} is refused
     * @return the result of main
     * @throws Exception the exception of main, itself; an {@link InterruptedException} if the caller was interrupted
     * @since 0.1.0
     */
    public <T extends @Nullable Object> T run(Callable<T> main) throws Exception {
        return run(Bodies.of(Objects.requireNonNull(main, "main")));
    }

    /**
     * Ends the runtime. Does nothing the second time.
     *
     * @throws IllegalStateException if a main is running
     */
    @Override
    public void close() {
        runtime.close();
    }

    static Duration positive(String name, Duration value) {
        if (!Objects.requireNonNull(value, name).isPositive()) {
            throw new IllegalArgumentException(name + " must be positive, not " + value);
        }
        return value;
    }

    static Duration notNegative(String name, Duration value) {
        if (Objects.requireNonNull(value, name).isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative, and is " + value);
        }
        return value;
    }

    /**
     * The settings of a runner. Settings that are not made are the process's: see {@link Defaults}. Not thread-safe.
     */
    public static final class Builder {

        private Supplier<WeftRuntime> runtime = WeftRuntime::parallel;
        private Optional<String> mainName = Optional.empty();
        private Optional<Boolean> debug = Optional.empty();
        private Optional<Set<String>> signals = Optional.empty();
        private Optional<ProblemHandler> problems = Optional.empty();
        private Optional<Duration> cancellationGrace = Optional.empty();
        private Optional<Duration> failureDelay = Optional.empty();
        private final List<ContextPropagator> propagators = new ArrayList<>();
        private final List<TaskListener> listeners = new ArrayList<>();
        private final List<DumpSignals.Wish> dumps = new ArrayList<>();

        private Builder() {}

        /**
         * Sets the supplier of the runtime; {@link WeftRuntime#parallel()} unless set. A runner calls it at its first
         * run, and at the next one after a run that was {@linkplain RunAbandonedException left}; {@link #start()} calls
         * it once.
         *
         * @param factory makes a new runtime at each call, not null
         * @return this
         */
        public Builder runtime(Supplier<WeftRuntime> factory) {
            runtime = Objects.requireNonNull(factory, "factory");
            return this;
        }

        /**
         * Sets the name of main, by which dumps and {@code weft ps} show the run; {@code Task-1} or the like unless
         * set. The main of a {@linkplain #start() started} run waits for it to be closed: give it the application's
         * name.
         *
         * @param name the name of the task and its thread; need not be unique
         * @return this
         * @since 0.1.0
         */
        public Builder mainName(String name) {
            mainName = Optional.of(Objects.requireNonNull(name, "name"));
            return this;
        }

        /**
         * Debug mode: tasks know where they were created, and a task that keeps its event loop from running for more
         * than 100 ms is reported, with its stack. Unless set, it is on if the environment variable {@code WEFT_DEBUG}
         * is {@code 1} or {@code true}, or the system property {@code weft.debug} is {@code true}.
         *
         * @param on whether debug mode is on, whatever the environment says
         * @return this
         */
        public Builder debug(boolean on) {
            debug = Optional.of(on);
            return this;
        }

        /**
         * Whether Ctrl-C cancels main. Unless set, it does if the program's main thread calls {@code run}, and does not
         * on any other thread: a server's signals are the server's.
         *
         * @param on false for never
         * @return this
         */
        public Builder signals(boolean on) {
            signals = on ? Optional.empty() : Optional.of(Set.of());
            return this;
        }

        /**
         * Has main cancelled by these signals, and by no others, whichever thread calls {@code run}:
         * {@code signals("INT", "TERM")} for a program that must clean up at SIGTERM too. When the runs that a signal
         * has cancelled have ended, the process exits with 128 and its number. Where the program has a handler of its
         * own for a signal, or the JVM keeps it for itself, that one stays; where this Java offers no signals, nothing
         * happens.
         *
         * @param names without SIG
         * @return this
         * @throws IllegalArgumentException if Java offers signals, and none of that name
         * @since 0.1.0
         */
        public Builder signals(String... names) {
            for (var name : names) {
                if (DumpSignals.areOffered()) {
                    DumpSignals.check(name);
                }
            }
            signals = Optional.of(Set.copyOf(List.of(names)));
            return this;
        }

        /**
         * Sets the handler for problems that would otherwise go unreported. Unless set, they are written to the
         * {@link System.Logger} {@code dev.weft}.
         *
         * @param handler called by any thread, by several at once
         * @return this
         */
        public Builder onProblem(ProblemHandler handler) {
            problems = Optional.of(Objects.requireNonNull(handler, "handler"));
            return this;
        }

        /**
         * Sets the time for which a task may go on after it was asked to stop. Then it is reported as a
         * {@link Problem.Kind#IGNORES_CANCELLATION problem}; 5 s unless set.
         *
         * @param grace more than zero; {@link Weft#FOREVER} for no reports
         * @return this
         * @throws IllegalArgumentException if {@code grace} is not positive
         */
        public Builder cancellationGrace(Duration grace) {
            cancellationGrace = Optional.of(positive("grace", grace));
            return this;
        }

        /**
         * Sets the time for which a background failure waits for somebody to look at it. Then it is reported as a
         * {@link Problem.Kind#UNOBSERVED_FAILURE}; 10 s unless set. The failure is reported earlier if nobody can look
         * any more, as its task is unreachable, and at the latest when the run ends. With {@link Weft#FOREVER} it is
         * reported then only.
         *
         * @param delay from the task's end
         * @return this
         * @throws IllegalArgumentException if {@code delay} is negative
         * @since 0.1.0
         */
        public Builder reportFailuresAfter(Duration delay) {
            failureDelay = Optional.of(notNegative("delay", delay));
            return this;
        }

        /**
         * Has every task of the run carry the context that {@code propagator} captures where it is created. May be
         * called several times.
         *
         * @param propagator called by the threads that create tasks, and by the tasks' own
         * @return this
         */
        public Builder propagate(ContextPropagator propagator) {
            propagators.add(Objects.requireNonNull(propagator, "propagator"));
            return this;
        }

        /**
         * Has {@code listener} called for every task of the run, main included. May be called several times: all
         * listeners are called, in this order.
         *
         * @param listener called by the tasks' threads; must not block
         * @return this
         */
        public Builder listener(TaskListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * Has {@code receiver} called with a dump of everything that runs in the process, as {@link Weft#dump()} takes
         * it, whenever the process gets the signal {@code signal} while a run of the runner goes on:
         * {@code dumpOnSignal("USR2", System.err::println)} answers {@code kill -USR2 PID}. May be called several
         * times. Outside of runs the signal does what it did before, which for most of them is to end the process.
         *
         * <p>The receiver is called by a thread that does not belong to a task. An exception that it throws is reported
         * as a {@link Problem.Kind#CALLBACK_FAILURE}. A run whose signal the JVM keeps for itself, as it does
         * {@code QUIT}, throws {@link IllegalStateException}; where the program has a handler of its own for the
         * signal, that one stays, and nothing is dumped.
         *
         * @param signal the signal's name, without SIG
         * @param receiver gets a new dump for each signal
         * @return this
         * @throws IllegalArgumentException if there is no such signal, or this Java does not offer signals
         */
        public Builder dumpOnSignal(String signal, Consumer<? super TaskDump> receiver) {
            DumpSignals.check(Objects.requireNonNull(signal, "signal"));
            dumps.add(new DumpSignals.Wish(signal, Weft::dump, Objects.requireNonNull(receiver, "receiver")));
            return this;
        }

        /**
         * A runner with these settings.
         *
         * @return a new runner, which has made no runtime yet; close it
         */
        public Runner build() {
            return new Runner(runtime, settings(signals));
        }

        /**
         * Starts a run with these settings that goes on until it is closed, on a runtime of its own: for an
         * application, whose parts start background tasks in it from any thread. It leaves the process's signals alone.
         *
         * <p><b>Blocking:</b> until the run has begun, which takes no longer than to start a thread.
         * <b>Cancellation:</b> never a cancellation point.
         *
         * @return the run, which has begun
         * @throws IllegalStateException if the run cannot be started
         * @since 0.1.0
         */
        public StartedRun start() {
            var started = Objects.requireNonNull(runtime.get(), "the runtime that the factory made");
            return ApplicationRun.start(started.scheduler(), started::close, settings(Optional.of(Set.of())));
        }

        private RunSettings settings(Optional<Set<String>> cancelling) {
            return new RunSettings(
                    mainName,
                    debug,
                    cancelling,
                    problems,
                    cancellationGrace,
                    failureDelay,
                    List.copyOf(propagators),
                    List.copyOf(listeners),
                    List.copyOf(dumps));
        }
    }
}

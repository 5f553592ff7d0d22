package dev.weft;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Additions of the whole process to every call of Weft's, in a run or in none: context that crosses into tasks,
 * listeners, handlers of problems, and times. None of it changes what a construct means.
 *
 * <p>Registered by {@link Weft#install}, or found as a {@link DefaultsProvider}. Several add up: all propagators, all
 * listeners and all handlers apply, in the order of their registration. A run inherits them, and its
 * {@link Runner.Builder} adds to them; a value that it sets itself counts instead of the process's.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class Defaults {

    private final List<ContextPropagator> propagators;
    private final List<TaskListener> listeners;
    private final List<ProblemHandler> problemListeners;
    private final Optional<ProblemHandler> problemHandler;
    private final Optional<Duration> cancellationGrace;
    private final Optional<Duration> failureDelay;
    private final Optional<Boolean> debug;
    private final Optional<Boolean> callerTraces;

    private Defaults(Builder from) {
        propagators = List.copyOf(from.propagators);
        listeners = List.copyOf(from.listeners);
        problemListeners = List.copyOf(from.problemListeners);
        problemHandler = from.problemHandler;
        cancellationGrace = from.cancellationGrace;
        failureDelay = from.failureDelay;
        debug = from.debug;
        callerTraces = from.callerTraces;
    }

    /**
     * Nothing is set at first.
     *
     * @return a new builder
     * @since 0.1.0
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The propagators whose context every task carries.
     *
     * @return an immutable list
     * @since 0.1.0
     */
    public List<ContextPropagator> propagators() {
        return propagators;
    }

    /**
     * The listeners that are called for every task.
     *
     * @return an immutable list
     * @since 0.1.0
     */
    public List<TaskListener> listeners() {
        return listeners;
    }

    /**
     * The listeners that are called for every problem, besides its handler.
     *
     * @return an immutable list
     * @since 0.1.0
     */
    public List<ProblemHandler> problemListeners() {
        return problemListeners;
    }

    /**
     * The handler of problems that replaces the log.
     *
     * @return empty if not set
     * @since 0.1.0
     */
    public Optional<ProblemHandler> problemHandler() {
        return problemHandler;
    }

    /**
     * The time for which a task may go on after it was asked to stop.
     *
     * @return empty if not set
     * @since 0.1.0
     */
    public Optional<Duration> cancellationGrace() {
        return cancellationGrace;
    }

    /**
     * The time for which a background failure waits for somebody to look at it.
     *
     * @return empty if not set
     * @since 0.1.0
     */
    public Optional<Duration> failureDelay() {
        return failureDelay;
    }

    /**
     * Whether tasks know where they were created.
     *
     * @return empty if not set
     * @since 0.1.0
     */
    public Optional<Boolean> debug() {
        return debug;
    }

    /**
     * Whether a failure that a call throws says where that was called.
     *
     * @return empty if not set
     * @since 0.1.0
     */
    public Optional<Boolean> callerTraces() {
        return callerTraces;
    }

    /**
     * Defaults in the making. Not thread-safe.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private final List<ContextPropagator> propagators = new ArrayList<>();
        private final List<TaskListener> listeners = new ArrayList<>();
        private final List<ProblemHandler> problemListeners = new ArrayList<>();
        private Optional<ProblemHandler> problemHandler = Optional.empty();
        private Optional<Duration> cancellationGrace = Optional.empty();
        private Optional<Duration> failureDelay = Optional.empty();
        private Optional<Boolean> debug = Optional.empty();
        private Optional<Boolean> callerTraces = Optional.empty();

        private Builder() {}

        /**
         * Has every task carry the context that {@code propagator} captures where it is created. If it throws, that is
         * reported as a {@link Problem.Kind#CALLBACK_FAILURE}, and the task goes without that context.
         *
         * @param propagator called by the threads that create tasks, and by the tasks' own
         * @return this
         * @since 0.1.0
         */
        public Builder propagate(ContextPropagator propagator) {
            propagators.add(Objects.requireNonNull(propagator, "propagator"));
            return this;
        }

        /**
         * Has {@code listener} called for every task.
         *
         * @param listener called by the tasks' threads
         * @return this
         * @since 0.1.0
         */
        public Builder listener(TaskListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * Has {@code listener} called for every problem, besides its handler: for counters.
         *
         * @param listener called by any thread
         * @return this
         * @since 0.1.0
         */
        public Builder problemListener(ProblemHandler listener) {
            problemListeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * Handles the problems of runs that have no handler of their own, and those outside of runs; otherwise they are
         * written to the {@link System.Logger} {@code dev.weft}.
         *
         * @param handler called by any thread
         * @return this
         * @since 0.1.0
         */
        public Builder onProblem(ProblemHandler handler) {
            problemHandler = Optional.of(Objects.requireNonNull(handler, "handler"));
            return this;
        }

        /**
         * As {@link Runner.Builder#cancellationGrace}.
         *
         * @param grace positive
         * @return this
         * @throws IllegalArgumentException if {@code grace} is not positive
         * @since 0.1.0
         */
        public Builder cancellationGrace(Duration grace) {
            cancellationGrace = Optional.of(Runner.positive("grace", grace));
            return this;
        }

        /**
         * As {@link Runner.Builder#reportFailuresAfter}.
         *
         * @param delay {@link Weft#FOREVER} for the end of the run
         * @return this
         * @throws IllegalArgumentException if {@code delay} is negative
         * @since 0.1.0
         */
        public Builder reportFailuresAfter(Duration delay) {
            failureDelay = Optional.of(Runner.notNegative("delay", delay));
            return this;
        }

        /**
         * As {@link Runner.Builder#debug}.
         *
         * @param on whether it is on
         * @return this
         * @since 0.1.0
         */
        public Builder debug(boolean on) {
            debug = Optional.of(on);
            return this;
        }

        /**
         * Whether a failure that {@code gather} and the like throw has, as a suppressed exception, the frames of the
         * thread that called them, without Weft's own; it has unless set. Costs some microseconds for each failure that
         * is thrown.
         *
         * @param on whether it has
         * @return this
         * @since 0.1.0
         */
        public Builder callerTraces(boolean on) {
            callerTraces = Optional.of(on);
            return this;
        }

        /**
         * Defaults with these settings.
         *
         * @return new ones
         * @since 0.1.0
         */
        public Defaults build() {
            return new Defaults(this);
        }
    }
}

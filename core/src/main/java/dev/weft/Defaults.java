package dev.weft;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the whole process adds to every call of Weft's, in a run or in none: context that crosses into tasks, listeners,
 * handlers of problems, and times. None of it changes what a construct means.
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

    /** Nothing is set at first. */
    public static Builder builder() {
        return new Builder();
    }

    /** What every task carries. */
    public List<ContextPropagator> propagators() {
        return propagators;
    }

    /** What is told of every task. */
    public List<TaskListener> listeners() {
        return listeners;
    }

    /** What is told of every problem besides its handler. */
    public List<ProblemHandler> problemListeners() {
        return problemListeners;
    }

    /** What handles problems instead of the log. */
    public Optional<ProblemHandler> problemHandler() {
        return problemHandler;
    }

    /** How long a task may go on after it was asked to stop. */
    public Optional<Duration> cancellationGrace() {
        return cancellationGrace;
    }

    /** How long a background failure waits for somebody to look at it. */
    public Optional<Duration> failureDelay() {
        return failureDelay;
    }

    /** Whether tasks know where they were created. */
    public Optional<Boolean> debug() {
        return debug;
    }

    /** Whether a failure that a call throws says where that was called. */
    public Optional<Boolean> callerTraces() {
        return callerTraces;
    }

    /** Defaults in the making. Not thread-safe. */
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
         */
        public Builder propagate(ContextPropagator propagator) {
            propagators.add(Objects.requireNonNull(propagator, "propagator"));
            return this;
        }

        /** Has {@code listener} told of every task. */
        public Builder listener(TaskListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /** Has {@code listener} told of every problem, besides what handles it: for counters. */
        public Builder problemListener(ProblemHandler listener) {
            problemListeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * Handles the problems of runs that have no handler of their own, and those outside of runs; otherwise they are
         * written to the {@link System.Logger} {@code dev.weft}.
         */
        public Builder onProblem(ProblemHandler handler) {
            problemHandler = Optional.of(Objects.requireNonNull(handler, "handler"));
            return this;
        }

        /**
         * As {@link Runner.Builder#cancellationGrace}.
         *
         * @throws IllegalArgumentException if {@code grace} is not positive
         */
        public Builder cancellationGrace(Duration grace) {
            cancellationGrace = Optional.of(Runner.positive("grace", grace));
            return this;
        }

        /**
         * As {@link Runner.Builder#reportFailuresAfter}.
         *
         * @throws IllegalArgumentException if {@code delay} is negative
         */
        public Builder reportFailuresAfter(Duration delay) {
            failureDelay = Optional.of(Runner.notNegative("delay", delay));
            return this;
        }

        /** As {@link Runner.Builder#debug}. */
        public Builder debug(boolean on) {
            debug = Optional.of(on);
            return this;
        }

        /**
         * Whether a failure that {@code gather} and the like throw has, as a suppressed exception, the frames of the
         * thread that called them, without Weft's own; it has unless set. Costs some microseconds for each failure that
         * is thrown.
         */
        public Builder callerTraces(boolean on) {
            callerTraces = Optional.of(on);
            return this;
        }

        /** Defaults with these settings. */
        public Defaults build() {
            return new Defaults(this);
        }
    }
}

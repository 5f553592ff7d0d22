package dev.weft.internal.task;

import dev.weft.ContextPropagator;
import dev.weft.Defaults;
import dev.weft.DefaultsProvider;
import dev.weft.Problem;
import dev.weft.ProblemHandler;
import dev.weft.Registration;
import dev.weft.TaskListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** All {@link Defaults} that are registered, as one. Immutable: a registration replaces it. */
public final class ProcessDefaults {

    /** How long a background failure waits for somebody to look at it, unless set. */
    public static final Duration FAILURE_DELAY = Duration.ofSeconds(10);

    /** Whether debug mode is on where nobody says so. */
    public static final boolean DEBUG = Boolean.getBoolean("weft.debug") || isOn(System.getenv("WEFT_DEBUG"));

    private static final boolean CALLER_TRACES = !"false".equalsIgnoreCase(System.getProperty("weft.callerTraces"));

    private static final ProcessDefaults NONE = new ProcessDefaults(List.of(), null);

    /** For those that somebody else looks for. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    /** Held by who registers, or looks for providers. */
    private static final ReentrantLock LOCK = new ReentrantLock();

    /** Null until providers have been looked for. */
    private static volatile @Nullable ProcessDefaults current;

    private final List<Defaults> registered;
    final List<ContextPropagator> propagators;
    final List<ProblemHandler> problemListeners;
    final @Nullable ProblemHandler problemHandler;

    /** Null if there are none. */
    final @Nullable Listeners listeners;

    /** Whether tasks of no run know where they were created. */
    final boolean isDebug;

    /** Whether a failure that a call throws says where that was called. */
    final boolean callerTraces;

    private final Duration failureDelay;

    /** Over tasks that belong to no run. */
    final CancellationWatch watch;

    /** By a loop: a first stream, and each of its lambdas, would be a good part of a short program's time. */
    private ProcessDefaults(List<Defaults> registered, @Nullable ProcessDefaults before) {
        var propagators = new ArrayList<ContextPropagator>();
        var listeners = new ArrayList<TaskListener>();
        var problemListeners = new ArrayList<ProblemHandler>();
        @Nullable ProblemHandler problemHandler = null;
        @Nullable Boolean debug = null;
        @Nullable Boolean callerTraces = null;
        @Nullable Duration failureDelay = null;
        @Nullable Duration grace = null;
        for (var each : registered) {
            propagators.addAll(each.propagators());
            listeners.addAll(each.listeners());
            problemListeners.addAll(each.problemListeners());
            problemHandler = firstOf(problemHandler, each.problemHandler());
            debug = firstOf(debug, each.debug());
            callerTraces = firstOf(callerTraces, each.callerTraces());
            failureDelay = firstOf(failureDelay, each.failureDelay());
            grace = firstOf(grace, each.cancellationGrace());
        }
        this.registered = registered;
        this.propagators = List.copyOf(propagators);
        this.listeners = Listeners.of(List.copyOf(listeners));
        this.problemListeners = List.copyOf(problemListeners);
        this.problemHandler = problemHandler;
        this.isDebug = debug == null ? DEBUG : debug;
        this.callerTraces = callerTraces == null ? CALLER_TRACES : callerTraces;
        this.failureDelay = failureDelay == null ? FAILURE_DELAY : failureDelay;
        var graceOrDefault = grace == null ? CancellationWatch.DEFAULT_GRACE : grace;
        this.watch = before != null && before.watch.grace().equals(graceOrDefault)
                ? before.watch
                : new CancellationWatch(graceOrDefault);
    }

    private static <T> @Nullable T firstOf(@Nullable T before, Optional<? extends T> next) {
        return before == null && next.isPresent() ? next.get() : before;
    }

    /** How long what was asked to stop may go on. */
    public Duration grace() {
        return watch.grace();
    }

    public Duration failureDelay() {
        return failureDelay;
    }

    public boolean isDebug() {
        return isDebug;
    }

    private static boolean isOn(@Nullable String value) {
        return "1".equals(value) || "true".equalsIgnoreCase(value);
    }

    // ---- registered

    /** To be called where there is stack enough for the class to be loaded. */
    static void open() {
        Objects.requireNonNull(LOCK);
    }

    /** Those of now. Looks for providers at the first call, which is not that of one of them. */
    public static ProcessDefaults current() {
        var now = current;
        return now == null ? discover() : now;
    }

    /**
     * Registers {@code defaults} after those that are.
     *
     * @throws IllegalStateException if it contradicts one of those
     */
    public static Registration install(Defaults defaults) {
        Objects.requireNonNull(defaults, "defaults");
        current();
        LOCK.lock();
        try {
            current = currentOrNone().with(defaults);
        } finally {
            LOCK.unlock();
        }
        var installed = new AtomicBoolean(true);
        return () -> {
            if (installed.getAndSet(false)) {
                remove(defaults);
            }
        };
    }

    /** @throws IllegalStateException if {@code defaults} contradicts one of these */
    private ProcessDefaults with(Defaults defaults) {
        for (var other : registered) {
            rejectContradiction(defaults, other);
        }
        var all = new ArrayList<>(registered);
        all.add(defaults);
        return new ProcessDefaults(List.copyOf(all), this);
    }

    private static ProcessDefaults currentOrNone() {
        var now = current;
        return now == null ? NONE : now;
    }

    /** One of those that are the same object, the last. */
    private static void remove(Defaults defaults) {
        LOCK.lock();
        try {
            var before = currentOrNone();
            var left = new ArrayList<>(before.registered);
            for (var i = left.size() - 1; i >= 0; i--) {
                if (left.get(i) == defaults) {
                    left.remove(i);
                    break;
                }
            }
            current = new ProcessDefaults(List.copyOf(left), before);
        } finally {
            LOCK.unlock();
        }
    }

    private static void rejectContradiction(Defaults one, Defaults other) {
        reject("problem handler", one.problemHandler(), other.problemHandler());
        reject("cancellationGrace", one.cancellationGrace(), other.cancellationGrace());
        reject("reportFailuresAfter", one.failureDelay(), other.failureDelay());
        reject("debug", one.debug(), other.debug());
        reject("callerTraces", one.callerTraces(), other.callerTraces());
    }

    private static void reject(String what, Optional<?> one, Optional<?> other) {
        if (one.isPresent() && other.isPresent() && !one.get().equals(other.get())) {
            throw new IllegalStateException("the defaults contradict those that are installed: " + what + " is "
                    + other.get() + " already, and is to be " + one.get() + "; remove the other registration first");
        }
    }

    // ---- found

    /** Calls that a provider makes, and their tasks, see nothing yet; any other thread waits for the providers. */
    private static ProcessDefaults discover() {
        if (LOCK.isHeldByCurrentThread() || StructuredStrand.currentOrNull() instanceof TaskImpl<?> || !lockSoon()) {
            return NONE;
        }
        var failures = new ArrayList<Throwable>();
        ProcessDefaults found;
        try {
            var known = current;
            if (known != null) {
                return known;
            }
            found = find(failures);
            for (var installed : currentOrNone().registered) { // by a provider
                found = found.with(installed);
            }
            current = found;
        } catch (VirtualMachineError e) {
            return NONE; // the next call looks again
        } finally {
            LOCK.unlock();
        }
        for (var failure : failures) {
            Problems.OF_PROCESS.report(
                    Problem.Kind.CALLBACK_FAILURE,
                    "a " + DefaultsProvider.class.getSimpleName() + " does not apply",
                    null,
                    failure);
        }
        return found;
    }

    /** Not for ever: a provider may wait for a thread that calls Weft. */
    private static boolean lockSoon() {
        try {
            return LOCK.tryLock(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return LOCK.tryLock();
        }
    }

    private static ProcessDefaults find(List<Throwable> failures) {
        var found = NONE;
        var providers = ServiceLoader.load(DefaultsProvider.class, DefaultsProvider.class.getClassLoader())
                .iterator();
        while (true) {
            try {
                if (!providers.hasNext()) {
                    return found;
                }
                found = found.with(Objects.requireNonNull(providers.next().defaults(), "what a provider gave"));
            } catch (VirtualMachineError e) {
                throw e;
            } catch (Throwable e) {
                failures.add(e);
            }
        }
    }
}

package dev.weft.internal.run;

import dev.weft.internal.runtime.Scheduler;
import dev.weft.internal.task.CancellationWatch;
import dev.weft.internal.task.Listeners;
import dev.weft.internal.task.Problems;
import dev.weft.internal.task.ProcessDefaults;
import dev.weft.internal.task.RunContext;
import dev.weft.internal.task.Scope;
import dev.weft.internal.task.StructuredStrand;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A run's settings, and where it stands: what does not change from its beginning to its end. */
abstract class AbstractRun implements RunContext {

    private final Scheduler scheduler;
    private final RunSettings settings;
    private final Problems problems;
    private final @Nullable Listeners listeners;
    private final CancellationWatch cancellationWatch;
    private final boolean isDebug;
    private final StructuredStrand caller = StructuredStrand.current();
    private final int callersShields = caller.shields();
    private final long createdNanos;

    /** Given when somebody first looks at it. Guarded by the class. */
    private long id;

    AbstractRun(Scheduler scheduler, RunSettings settings) {
        this.scheduler = scheduler;
        this.settings = settings;
        this.createdNanos = scheduler.nanoTime();
        this.problems = new Problems(settings.problems().orElse(null));
        this.listeners = Listeners.of(settings.listeners());
        var process = ProcessDefaults.current();
        this.isDebug = settings.debug().orElse(process.isDebug());
        this.cancellationWatch =
                new CancellationWatch(settings.cancellationGrace().orElse(process.grace()));
    }

    public final long id() {
        synchronized (AbstractRun.class) {
            if (id == 0) {
                id = Scope.nextId();
            }
            return id;
        }
    }

    public final Scheduler scheduler() {
        return scheduler;
    }

    final RunSettings settings() {
        return settings;
    }

    public final long createdNanos() {
        return createdNanos;
    }

    /** The run in words. */
    public final String title() {
        return "run on " + scheduler + ", called by " + caller.describe();
    }

    @Override
    public final String toString() {
        return title();
    }

    @Override
    public final @Nullable StructuredStrand parent() {
        return null;
    }

    @Override
    public final String kind() {
        return "run";
    }

    @Override
    public final StructuredStrand caller() {
        return caller;
    }

    @Override
    public final int callersShields() {
        return callersShields;
    }

    @Override
    public final boolean isDebug() {
        return isDebug;
    }

    @Override
    public final Problems problems() {
        return problems;
    }

    @Override
    public final @Nullable Listeners listeners() {
        return listeners;
    }

    @Override
    public final CancellationWatch cancellationWatch() {
        return cancellationWatch;
    }

    final Duration cancellationGrace() {
        return cancellationWatch.grace();
    }
}

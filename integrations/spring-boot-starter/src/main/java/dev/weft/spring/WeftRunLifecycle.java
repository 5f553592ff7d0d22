package dev.weft.spring;

import dev.weft.StartedRun;
import dev.weft.Weft;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Drains the runs of an application context at shutdown: after the web server has served its last request, and before
 * the beans that background tasks use are destroyed.
 *
 * @since 0.1.0
 */
public final class WeftRunLifecycle implements SmartLifecycle {

    /** Later than the web server's phases, which are 1024 and 2048 below the highest. */
    public static final int PHASE = DEFAULT_PHASE - 4096;

    private static final Log LOG = LogFactory.getLog(WeftRunLifecycle.class);

    private final List<StartedRun> runs;
    private final Duration drain;
    private volatile boolean isRunning;

    WeftRunLifecycle(Collection<StartedRun> runs, Duration drain) {
        if (drain.isNegative()) {
            throw new IllegalArgumentException("weft.run.drain must not be negative, and is " + drain);
        }
        this.runs = List.copyOf(runs);
        this.drain = drain;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /**
     * Spring's test framework pauses a cached context while tests run in another one, and a run that has been drained
     * does not start again.
     */
    @Override
    public boolean isPauseable() {
        return false;
    }

    @Override
    public void start() {
        isRunning = true;
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }

    @Override
    public void stop() {
        drain();
    }

    /** Does not hold up others of the phase. */
    @Override
    public void stop(Runnable callback) {
        warnIfCalledByATask();
        Thread.ofVirtual().name("weft-drain").start(() -> {
            try {
                drain();
            } finally {
                callback.run();
            }
        });
    }

    /** Such a task waits for the end of the drain, which waits for the task. */
    private void warnIfCalledByATask() {
        Weft.currentTask()
                .filter(task -> runs.stream().anyMatch(run -> run.allTasks().contains(task)))
                .ifPresent(task -> LOG.warn("the background task '" + task.name()
                        + "' closes the context that drains its run, and is cancelled after the drain of " + drain
                        + " (weft.run.drain): close it on a thread of its own"));
    }

    private void drain() {
        isRunning = false;
        try {
            Weft.mapConcurrent(runs, Integer.MAX_VALUE, this::drain);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean drain(StartedRun run) throws InterruptedException {
        var isEnded = run.close(drain);
        if (!isEnded) {
            LOG.warn("background tasks have not stopped within the drain of " + drain
                    + " (weft.run.drain) and a cancel: " + run.allTasks());
        }
        return isEnded;
    }
}

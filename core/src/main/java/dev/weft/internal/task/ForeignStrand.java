package dev.weft.internal.task;

import dev.weft.internal.runtime.Memory;
import dev.weft.internal.runtime.ParallelScheduler;
import dev.weft.internal.runtime.Scheduler;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A thread that runs nothing of Weft's, for as long as it is in one wait. It is stopped by an interrupt. */
final class ForeignStrand extends WaitingStrand {

    /** Those that wait. */
    static final Set<ForeignStrand> WAITING = ConcurrentHashMap.newKeySet();

    private final Thread thread;

    private volatile @Nullable Awaitable waitingFor;

    ForeignStrand(Thread thread) {
        super(ParallelScheduler.INSTANCE, thread);
        this.thread = thread;
    }

    @Override
    public void waitUntil(Awaitable target) throws InterruptedException {
        waitingFor = target;
        WAITING.add(this);
        try {
            for (; ; ) {
                var ready = target.isReady(); // first: an interrupt that came before is then seen below
                checkpoint();
                if (ready) {
                    return;
                }
                scheduler().park(this, Scheduler.NEVER);
            }
        } finally {
            WAITING.remove(this);
        }
    }

    @Override
    public void joinUntil(Awaitable target) {
        var interrupted = false;
        waitingFor = target;
        Memory.insistOn(WAITING, this, Set::add); // the caller has what it joins for, or must wait for it
        while (!target.isReady()) {
            scheduler().park(this, Scheduler.NEVER);
            interrupted |= Thread.interrupted();
        }
        WAITING.remove(this);
        if (interrupted) {
            thread.interrupt();
        }
    }

    @Override
    public @Nullable Object waitingFor() {
        return waitingFor;
    }

    @Override
    public void checkpoint() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    @Override
    public void suppress(Throwable thrown, Collection<? extends Throwable> suppressed) {
        for (var lost : Suppression.addAllItTakes(thrown, suppressed)) {
            // there is no run whose handler of problems could be told
            ProblemLog.error(Suppression.complaint(thrown), lost);
        }
    }

    @Override
    public void closeAll(Collection<? extends AutoCloseable> dropped, @Nullable Throwable thrown) {
        var interrupted = Thread.interrupted();
        for (var value : dropped) {
            try {
                value.close();
            } catch (Throwable e) {
                interrupted |= e instanceof InterruptedException;
                if (thrown != null) {
                    suppress(thrown, List.of(e));
                } else {
                    ProblemLog.error("a value that was dropped could not be closed", e);
                }
            }
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            thread.interrupt();
        }
    }

    @Override
    public int cancelling() {
        return 0;
    }

    @Override
    public boolean hasEnded() {
        return false;
    }

    @Override
    protected void live() {
        throw new AssertionError("a foreign thread is not started");
    }

    @Override
    public String name() {
        return nameOf(thread);
    }
}

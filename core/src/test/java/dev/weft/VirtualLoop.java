package dev.weft;

import dev.weft.internal.runtime.EventLoopScheduler;
import dev.weft.internal.runtime.LoopThreads;
import dev.weft.internal.runtime.Strand;
import org.jspecify.annotations.Nullable;

/** An event loop whose clock jumps to the next timer when nothing is ready. */
final class VirtualLoop extends EventLoopScheduler {

    private volatile long now;

    private VirtualLoop(LoopThreads threads) {
        super(threads);
    }

    static WeftRuntime runtime(LoopThreads threads) {
        var loop = new VirtualLoop(threads);
        loop.begin();
        return WeftRuntime.of(loop, loop::close);
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public boolean isOnRealTime() {
        return false;
    }

    /** Not by the process's timers, which would see to the clock. */
    @Override
    protected long idleNanos() {
        return NEVER;
    }

    @Override
    protected @Nullable Strand next() {
        for (; ; ) {
            var strand = super.next();
            if (strand != null || nextDeadline() == NEVER) {
                return strand;
            }
            now = Math.max(now, nextDeadline());
        }
    }
}

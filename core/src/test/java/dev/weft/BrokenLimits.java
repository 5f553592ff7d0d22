package dev.weft;

import dev.weft.Limiter.Limited;
import dev.weft.internal.runtime.Durations;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Time limits with a fault, as one would write them first: what the races have to find. */
final class BrokenLimits {

    /**
     * Interrupts the caller's thread after having looked, so that the interrupt can come after the end of the block.
     */
    static final Limiter WITHOUT_HAND_OVER = (limit, body) -> new Block(limit).run(body);

    /** Hands over, but clears whatever interrupt is there at the end of the block. */
    static final Limiter SWALLOWING = (limit, body) -> new SwallowingBlock(limit).run(body);

    private BrokenLimits() {}

    private static class Block {
        private final Duration limit;
        private final Thread thread = Thread.currentThread();
        private volatile boolean over;
        private volatile boolean expired;

        Block(Duration limit) {
            this.limit = limit;
        }

        int run(Limited body) throws TimeoutException, InterruptedException {
            try {
                return body.run(this::expire);
            } catch (InterruptedException e) {
                if (!expired) {
                    throw e;
                }
                throw new TimeoutException("timeout of " + Durations.format(limit) + " has expired");
            } finally {
                end();
            }
        }

        void end() {
            over = true;
            if (expired) {
                Thread.interrupted();
            }
        }

        void expire() {
            if (over) {
                throw new IllegalStateException("too late");
            }
            expired = true;
            thread.interrupt();
        }
    }

    private static final class SwallowingBlock extends Block {

        SwallowingBlock(Duration limit) {
            super(limit);
        }

        @Override
        synchronized void end() {
            super.end();
            Thread.interrupted();
        }

        @Override
        synchronized void expire() {
            super.expire();
        }
    }
}

package dev.weft.internal.task;

import dev.weft.Cancellation;
import dev.weft.CancelledException;
import dev.weft.Deadline;
import dev.weft.ForwardingScheduler;
import dev.weft.internal.runtime.ParallelScheduler;
import dev.weft.internal.runtime.Strand;
import dev.weft.sync.Linearizability;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The delivery of requests is linearizable: as if each request, interrupt and wait were done at one moment. So no
 * request is lost or delivered twice, no interrupt comes late, and none from elsewhere is swallowed.
 * {@link DeliveryCanariesLincheckTest} has the canaries.
 */
@Tag("lincheck")
class DeliveryLincheckTest {

    @Test
    void delivery_isLinearizable() {
        Linearizability.assertHolds(Operations.class);
    }

    /** A strand whose thread is a flag: the interrupt status. */
    static class Model extends Cancellable {

        private static final dev.weft.internal.runtime.Scheduler SCHEDULER =
                new ForwardingScheduler(ParallelScheduler.INSTANCE) {
                    @Override
                    public void unpark(Strand strand) {}
                };

        /** Who does something on behalf of the strand. */
        private volatile @Nullable Thread own;

        private volatile boolean status;

        /** The open block, and whether it has asked. Guarded by the lock. */
        private @Nullable Request block;

        private boolean asked;

        Model() {
            super(SCHEDULER, new Thread(() -> {}));
        }

        String await() {
            own = Thread.currentThread();
            try {
                beginWait();
                endWait();
                return "passed";
            } catch (CancelledException e) {
                return "cancelled";
            } catch (InterruptedException e) {
                return "interrupted";
            } finally {
                own = null;
            }
        }

        String join() {
            own = Thread.currentThread();
            try {
                if (beginJoin()) {
                    status = true;
                }
                endWait();
                return "joined";
            } finally {
                own = null;
            }
        }

        /**
         * A call outside of Weft. It lasts until an interrupt that somebody is sending has come: when a second request
         * is made meanwhile, its maker does not wait for that.
         */
        String foreignCall() {
            while ((state & SENDING) != 0) {
                Thread.onSpinWait();
            }
            var noticed = status;
            if (noticed) {
                status = false;
            }
            return noticed ? "noticed" : "ran";
        }

        boolean beginBlock() {
            var request = new Request(Request.Kind.TIMEOUT, reason(), null);
            var now = lock();
            try {
                if (block != null) {
                    return false;
                }
                block = request;
                asked = false;
                return true;
            } finally {
                state = now;
            }
        }

        String endBlock() {
            own = Thread.currentThread();
            try {
                Request made;
                var now = lock();
                try {
                    made = asked ? block : null;
                    block = null;
                } finally {
                    state = now;
                }
                return made == null ? "in time" : withdraw(made, null) ? "delivered" : "withdrawn";
            } finally {
                own = null;
            }
        }

        /** As a timer does. */
        void expire() {
            var spare = newList();
            boolean sends;
            Request made;
            var now = lock();
            try {
                made = block;
                if (made == null || asked) {
                    return;
                }
                asked = true;
                var before = now;
                now = add(made, spare, now);
                sends = isSender(before, now);
            } finally {
                state = now;
            }
            tell(now, null, sends, null, made);
        }

        void cancel() {
            request(new Request(reason()));
        }

        /** The own thread asks itself. */
        void cancelSelf() {
            own = Thread.currentThread();
            try {
                cancel();
            } finally {
                own = null;
            }
        }

        void interruptFromElsewhere() {
            status = true;
        }

        private static Cancellation reason() {
            return new Cancellation(null, "the model", Deadline.never());
        }

        @Override
        boolean isOwnThread() {
            return own == Thread.currentThread();
        }

        @Override
        boolean isInterrupted() {
            return status;
        }

        @Override
        boolean takeInterrupt() {
            if (!status) {
                return false;
            }
            status = false;
            return true;
        }

        @Override
        void setInterrupt() {
            status = true;
        }

        @Override
        void parkForSender() {
            Thread.onSpinWait();
        }

        @Override
        void unparkFromSender(@Nullable Thread target) {}

        @Override
        boolean isInterrupted(Thread target) {
            return status;
        }

        @Override
        void interrupt(Thread target) {
            status = true;
        }

        @Override
        public String describe() {
            return "the model";
        }

        @Override
        boolean isDebug() {
            return false;
        }

        @Override
        public void waitUntil(dev.weft.internal.task.Awaitable target) {}

        @Override
        public void joinUntil(dev.weft.internal.task.Awaitable target) {}

        @Override
        public void checkpoint() {}

        @Override
        public void suppress(Throwable thrown, java.util.Collection<? extends Throwable> suppressed) {}

        @Override
        public void closeAll(java.util.Collection<? extends AutoCloseable> dropped, Throwable thrown) {}

        @Override
        protected void live() {}

        @Override
        public String name() {
            return "model";
        }
    }

    /** What the strand's own thread does, and what others do to it. */
    public static class Operations {

        private final Model model;

        public Operations() {
            this(new Model());
        }

        Operations(Model model) {
            this.model = model;
        }

        @Operation(nonParallelGroup = "own")
        public String await() {
            return model.await();
        }

        @Operation(nonParallelGroup = "own")
        public String join() {
            return model.join();
        }

        @Operation(nonParallelGroup = "own")
        public String foreignCall() {
            return model.foreignCall();
        }

        @Operation(nonParallelGroup = "own")
        public boolean beginBlock() {
            return model.beginBlock();
        }

        @Operation(nonParallelGroup = "own")
        public String endBlock() {
            return model.endBlock();
        }

        @Operation(nonParallelGroup = "own")
        public void cancelSelf() {
            model.cancelSelf();
        }

        @Operation
        public void expire() {
            model.expire();
        }

        @Operation
        public void cancel() {
            model.cancel();
        }

        @Operation
        public int uncancel() {
            return model.uncancel();
        }

        @Operation
        public void interrupt() {
            model.interruptFromElsewhere();
        }
    }
}

package dev.weft.internal.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that a thread makes of itself, while another thread interrupts it. */
class OwnRequestTest {

    /** A strand in a foreign call, which notices an interrupt before the sender of that has come back. */
    private static final class Noticing extends DeliveryLincheckTest.Model {
        final CountDownLatch interrupted = new CountDownLatch(1);
        final CountDownLatch asked = new CountDownLatch(1);

        @Override
        void interrupt(Thread target) {
            super.interrupt(target);
            interrupted.countDown();
            awaitUninterruptibly(asked);
        }

        @Override
        void parkForSender() {
            asked.countDown(); // the own thread waits for the sender: that is as good
            super.parkForSender();
        }

        private static void awaitUninterruptibly(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new AssertionError("nobody interrupts a sender", e);
            }
        }
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void h5_requestOfOnesOwnWhileAnInterruptIsSent_isDelivered() throws Exception {
        var strand = new Noticing();
        var sender = Thread.ofVirtual().start(strand::cancel);
        var told = new CompletableFuture<String>();
        Thread.ofVirtual().start(() -> {
            try {
                strand.interrupted.await();
                strand.takeInterrupt(); // the foreign call notices
                strand.cancelSelf();
                strand.asked.countDown();
                told.complete(strand.await());
            } catch (Throwable e) {
                told.completeExceptionally(e);
            }
        });
        assertThat(told.get()).isEqualTo("cancelled");
        sender.join();
        assertThat(strand.await()).isEqualTo("passed");
    }
}

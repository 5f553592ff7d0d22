package dev.weft.cluster.internal.jgroups;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jgroups.util.UUID;
import org.junit.jupiter.api.Test;

/** The threads of an outbox, and what happens to frames that cannot be sent. */
class OutboxTest {

    private static final byte[] HEAD = {1, 2};

    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final CountDownLatch free = new CountDownLatch(1);

    private Outbox outbox(boolean isStuck) {
        return new Outbox(
                UUID.randomUUID(),
                (to, frame, urgent) -> {
                    threads.add(Thread.currentThread());
                    if (isStuck) {
                        free.await();
                    }
                    sent.add((urgent ? "urgent " : "call ") + frame[2]);
                    if (frame[2] == 66) {
                        throw new IllegalStateException("no such member");
                    }
                },
                "c1 to w1");
    }

    private static byte[] body(int number) {
        return new byte[] {(byte) number};
    }

    /** An outbox for a member that has left is not told so before the next view. */
    @Test
    void nothingToSend_noThread() throws InterruptedException {
        var outbox = outbox(false);
        for (var i = 0; i < 3; i++) {
            outbox.put(HEAD, body(i), true);
            outbox.put(HEAD, body(66), false);
            assertThat(outbox.awaitEmpty(SECONDS.toNanos(60))).isTrue();
        }
        for (var thread : threads) {
            assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
        }
        assertThat(sent).hasSize(6);
    }

    @Test
    void closed_takesNothing_startsNoThread() throws InterruptedException {
        var outbox = outbox(false);
        outbox.close(true);
        var ticket = outbox.put(HEAD, body(1), false);
        assertThat(outbox.awaitEmpty(SECONDS.toNanos(60))).isTrue();
        assertThat(ticket.withdrawOr(HEAD, body(2))).isTrue();
        assertThat(threads).isEmpty();
    }

    @Test
    void stuckCall_urgentFramesPass_itsCancelFollowsIt() throws InterruptedException {
        var outbox = outbox(true);
        var first = outbox.put(HEAD, body(1), false);
        var second = outbox.put(HEAD, body(2), false);
        while (threads.isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(second.withdrawOr(HEAD, body(3))).isTrue();
        assertThat(first.withdrawOr(HEAD, body(4))).isFalse();
        assertThat(outbox.awaitEmpty(1)).isFalse();
        free.countDown();
        assertThat(outbox.awaitEmpty(SECONDS.toNanos(60))).isTrue();
        assertThat(sent).containsExactly("call 1", "urgent 4");
    }
}

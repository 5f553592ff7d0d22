package dev.weft.cluster.internal.jgroups;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cluster.internal.wire.Bundle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jgroups.util.UUID;
import org.junit.jupiter.api.Test;

/** The threads of an outbox, and what happens to frames that cannot be sent. */
class OutboxTest {

    private static final byte[] HEAD = {1, 2};

    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final List<String> sent = Collections.synchronizedList(new ArrayList<>());
    private final List<Integer> messages = new CopyOnWriteArrayList<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch free = new CountDownLatch(1);

    private Outbox outbox(boolean isStuck) {
        return new Outbox(
                UUID.randomUUID(),
                (to, frame, urgent) -> {
                    threads.add(Thread.currentThread());
                    begun.countDown();
                    if (isStuck) {
                        free.await();
                    }
                    for (var one : Bundle.frames(frame)) {
                        sent.add((urgent ? "urgent " : "call ") + one[2]);
                        if (one[2] == 66) {
                            throw new IllegalStateException("no such member");
                        }
                    }
                    messages.add(frame.length);
                },
                "c1 to w1");
    }

    /** Frames that come while another is being sent go together, as many as fit; a large one goes alone. */
    @Test
    void waitingFrames_areOneMessage_inOrder() throws InterruptedException {
        var outbox = outbox(true);
        outbox.put(HEAD, body(1), false);
        begun.await();
        outbox.put(HEAD, body(2), false);
        var third = outbox.put(HEAD, body(3), false);
        var large = Arrays.copyOf(body(4), Bundle.MAX_SIZE);
        outbox.put(HEAD, body(5), false);
        outbox.put(HEAD, large, false);
        outbox.put(HEAD, body(6), false);
        assertThat(third.withdrawOr(HEAD, body(7))).isTrue();
        free.countDown();
        assertThat(outbox.awaitEmpty(SECONDS.toNanos(60))).isTrue();
        assertThat(sent).containsExactly("call 1", "call 2", "call 5", "call 4", "call 6");
        assertThat(messages).hasSize(4).contains(HEAD.length + large.length);
    }

    /** Messages are smaller than the least that a member may take. */
    @Test
    void bundles_fitIntoTheSmallestMaxFrame() throws InterruptedException {
        var outbox = outbox(true);
        outbox.put(HEAD, body(1), false);
        begun.await();
        for (var i = 0; i < 10_000; i++) {
            outbox.put(HEAD, new byte[] {1, 2, 3}, false);
        }
        free.countDown();
        assertThat(outbox.awaitEmpty(SECONDS.toNanos(60))).isTrue();
        assertThat(sent).hasSize(10_001);
        assertThat(messages).hasSizeBetween(4, 20).allMatch(size -> size <= Bundle.MAX_SIZE);
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
        begun.await();
        var second = outbox.put(HEAD, body(2), false);
        assertThat(second.withdrawOr(HEAD, body(3))).isTrue();
        assertThat(first.withdrawOr(HEAD, body(4))).isFalse();
        assertThat(outbox.awaitEmpty(1)).isFalse();
        free.countDown();
        assertThat(outbox.awaitEmpty(SECONDS.toNanos(60))).isTrue();
        assertThat(sent).containsExactly("call 1", "urgent 4");
    }

    /** An error, as for want of memory, is not the lane's end: nothing is lost, and the order stays. */
    @Test
    void errorWhileSending_isTriedAgain() throws InterruptedException {
        var left = new AtomicInteger(3);
        var outbox = new Outbox(
                UUID.randomUUID(),
                (to, frame, urgent) -> {
                    if (left.getAndDecrement() > 0) {
                        throw new OutOfMemoryError("on purpose");
                    }
                    for (var one : Bundle.frames(frame)) {
                        sent.add("frame " + one[2]);
                    }
                },
                "c1 to w1");
        for (var i = 0; i < 5; i++) {
            outbox.put(HEAD, body(i), false);
        }
        assertThat(outbox.awaitEmpty(SECONDS.toNanos(60))).isTrue();
        assertThat(sent).containsExactly("frame 0", "frame 1", "frame 2", "frame 3", "frame 4");
    }

    /** What can never be sent stops when the outbox is closed. */
    @Test
    void errorForEver_endsWithTheOutbox() throws InterruptedException {
        var outbox = new Outbox(
                UUID.randomUUID(),
                (to, frame, urgent) -> {
                    begun.countDown();
                    throw new StackOverflowError("on purpose");
                },
                "c1 to w1");
        outbox.put(HEAD, body(1), false);
        begun.await();
        outbox.close(true);
        assertThat(outbox.awaitEmpty(SECONDS.toNanos(60))).isTrue();
    }
}

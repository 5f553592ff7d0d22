package dev.weft.cluster.internal.jgroups;

import dev.weft.cluster.internal.engine.Transport.Ticket;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jgroups.Address;
import org.jspecify.annotations.Nullable;

/**
 * Frames for one member, and two threads that send them: one for urgent frames, one for calls, which flow control may
 * hold up. A member that takes nothing stops these two threads only. The threads are not tasks of a run: an event loop
 * would stand still while they block.
 */
final class Outbox {

    /** Sends a frame to the member; may block. */
    interface Sender {
        void send(Address to, byte[] frame, boolean urgent) throws Exception;
    }

    private final Address to;
    private final Sender sender;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Parcel> urgent = new ArrayDeque<>();
    private final ArrayDeque<Parcel> calls = new ArrayDeque<>();

    /** How many frames are being sent. */
    private int sending;

    private boolean isClosed;

    Outbox(Address to, Sender sender, String name) {
        this.to = to;
        this.sender = sender;
        Thread.ofVirtual().name(name + " urgent").start(() -> sendAll(urgent, true));
        Thread.ofVirtual().name(name + " calls").start(() -> sendAll(calls, false));
    }

    Ticket put(byte[] head, byte[] body, boolean isUrgent) {
        var parcel = new Parcel(head, body);
        lock.lock();
        try {
            if (!isClosed) {
                (isUrgent ? urgent : calls).addLast(parcel);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
        return parcel;
    }

    /** Takes no more frames. Those that are queued are sent, or dropped at once. */
    void close(boolean drop) {
        lock.lock();
        try {
            isClosed = true;
            if (drop) {
                urgent.clear();
                calls.clear();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all has been sent. @return whether it has */
    boolean awaitEmpty(long nanos) throws InterruptedException {
        lock.lock();
        try {
            var left = nanos;
            while (left > 0 && (!urgent.isEmpty() || !calls.isEmpty() || sending > 0)) {
                left = changed.awaitNanos(left);
            }
            return left > 0;
        } finally {
            lock.unlock();
        }
    }

    private void sendAll(ArrayDeque<Parcel> queue, boolean isUrgent) {
        for (var parcel = take(queue); parcel != null; parcel = take(queue)) {
            try {
                sender.send(to, parcel.bytes(), isUrgent);
            } catch (Exception e) {
                // the member is not there any more, or the channel is closed: its calls end as lost
            } finally {
                sent(parcel);
            }
        }
    }

    private @Nullable Parcel take(ArrayDeque<Parcel> queue) {
        lock.lock();
        try {
            while (queue.isEmpty() && !isClosed) {
                changed.awaitUninterruptibly();
            }
            var parcel = queue.poll();
            if (parcel != null) {
                parcel.isTaken = true;
                sending++;
            }
            return parcel;
        } finally {
            lock.unlock();
        }
    }

    private void sent(Parcel parcel) {
        lock.lock();
        try {
            sending--;
            parcel.isSent = true;
            var follower = parcel.follower;
            if (follower != null) {
                urgent.addLast(follower);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** One frame. Guarded by the outbox's lock. */
    private final class Parcel implements Ticket {
        private final byte[] head;
        private final byte[] body;
        private boolean isTaken;
        private boolean isSent;
        private @Nullable Parcel follower;

        Parcel(byte[] head, byte[] body) {
            this.head = head;
            this.body = body;
        }

        byte[] bytes() {
            var bytes = new byte[head.length + body.length];
            System.arraycopy(head, 0, bytes, 0, head.length);
            System.arraycopy(body, 0, bytes, head.length, body.length);
            return bytes;
        }

        @Override
        public boolean withdrawOr(byte[] otherHead, byte[] otherBody) {
            lock.lock();
            try {
                if (!isTaken) {
                    return calls.remove(this) || urgent.remove(this) || isClosed;
                }
                var other = new Parcel(otherHead, otherBody);
                if (isSent) {
                    urgent.addLast(other);
                    changed.signalAll();
                } else {
                    follower = other;
                }
                return false;
            } finally {
                lock.unlock();
            }
        }
    }
}

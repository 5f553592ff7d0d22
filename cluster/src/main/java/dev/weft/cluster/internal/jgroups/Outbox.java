package dev.weft.cluster.internal.jgroups;

import dev.weft.cluster.internal.engine.Reserve;
import dev.weft.cluster.internal.engine.Transport.Ticket;
import dev.weft.cluster.internal.wire.Bundle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jgroups.Address;
import org.jspecify.annotations.Nullable;

/**
 * Frames for one member, in two lanes: one for urgent frames, one for calls, which flow control may hold up. A lane has
 * a thread while it has frames, so that a member that takes nothing stops two threads only, and one that has left stops
 * none. The threads are not tasks of a run: an event loop would stand still while they block.
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
    private final Lane urgent;
    private final Lane calls;
    private boolean isClosed;
    private boolean isDropped;

    Outbox(Address to, Sender sender, String name) {
        this.to = to;
        this.sender = sender;
        urgent = new Lane(name + " urgent", true);
        calls = new Lane(name + " calls", false);
    }

    Ticket put(byte[] head, byte[] body, boolean isUrgent) {
        var parcel = new Parcel(head, body);
        lock.lock();
        try {
            if (!isClosed) {
                (isUrgent ? urgent : calls).add(parcel);
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
                isDropped = true;
                urgent.queue.clear();
                calls.queue.clear();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all has been sent. @return whether it has */
    boolean awaitEmpty(long nanos) throws InterruptedException {
        lock.lock();
        try {
            var left = nanos;
            while (left > 0 && (urgent.thread != null || calls.thread != null)) {
                left = changed.awaitNanos(left);
            }
            return left > 0;
        } finally {
            lock.unlock();
        }
    }

    /** Frames of one urgency. Guarded by the outbox's lock, but for the sending. */
    private final class Lane {
        private final String name;
        private final boolean isUrgent;
        private final ArrayDeque<Parcel> queue = new ArrayDeque<>();

        /** Those that are being sent. Of the lane's thread. */
        private final List<Parcel> taken = new ArrayList<>();

        private @Nullable Thread thread;

        Lane(String name, boolean isUrgent) {
            this.name = name;
            this.isUrgent = isUrgent;
        }

        void add(Parcel parcel) {
            queue.addLast(parcel);
            if (thread == null) {
                var sending = Thread.ofVirtual().name(name).unstarted(this::sendAll);
                thread = sending;
                try {
                    sending.start();
                } catch (Throwable e) { // the next frame has another one, and this one ends if it has begun
                    thread = null;
                    throw e;
                }
            }
        }

        /** An error, as for want of memory, does not take the lane with it: it sends again what it has taken. */
        private void sendAll() {
            for (var failures = 0; ; ) {
                try {
                    while (take()) {
                        send();
                        failures = 0;
                        sent();
                    }
                    return;
                } catch (Error e) {
                    failures = Math.min(failures, 1_000) + 1;
                    Reserve.awaitMemory(failures);
                }
            }
        }

        private void send() {
            try {
                sender.send(to, bytes(taken), isUrgent);
            } catch (Exception e) {
                // the member is not there any more, or the channel is closed: its calls end as lost
            }
        }

        /** Takes the next frame, and those after it that fit into one message with it. @return whether there are any */
        private boolean take() {
            lock.lock();
            try {
                if (thread != Thread.currentThread()) {
                    return false;
                }
                if (!taken.isEmpty() && !isDropped) {
                    return true; // they were not sent
                }
                taken.clear();
                var size = Bundle.OVERHEAD;
                for (var next = queue.peek(); next != null; next = queue.peek()) {
                    size += next.size();
                    if (!taken.isEmpty() && size > Bundle.MAX_SIZE) {
                        break;
                    }
                    taken.add(next);
                    next.isTaken = true;
                    queue.remove();
                }
                if (taken.isEmpty()) {
                    thread = null;
                    changed.signalAll();
                }
                return !taken.isEmpty();
            } finally {
                lock.unlock();
            }
        }

        private void sent() {
            lock.lock();
            try {
                for (var parcel : taken) {
                    parcel.isSent = true;
                    var follower = parcel.follower;
                    if (follower != null) {
                        urgent.add(follower);
                        parcel.follower = null;
                    }
                }
                taken.clear();
            } finally {
                lock.unlock();
            }
        }
    }

    private static byte[] bytes(List<Parcel> parcels) {
        if (parcels.size() == 1) {
            return parcels.getFirst().bytes();
        }
        var size = Bundle.OVERHEAD;
        for (var parcel : parcels) {
            size += parcel.size();
        }
        var bundle = new Bundle(size);
        for (var parcel : parcels) {
            bundle.add(parcel.head, parcel.body);
        }
        return bundle.toBytes();
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

        /** In a bundle. */
        int size() {
            return Bundle.OVERHEAD + head.length + body.length;
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
                    return calls.queue.remove(this) || urgent.queue.remove(this) || isClosed;
                }
                var other = new Parcel(otherHead, otherBody);
                if (isSent) {
                    urgent.add(other);
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

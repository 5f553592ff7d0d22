package dev.weft.cluster;

import static java.time.Duration.ofMillis;

import dev.weft.Weft;
import dev.weft.cluster.internal.engine.PeerId;
import dev.weft.cluster.internal.engine.Transport;
import dev.weft.cluster.internal.wire.Bundle;
import dev.weft.cluster.internal.wire.FrameFormatException;
import dev.weft.cluster.internal.wire.FrameHead;
import dev.weft.sync.Event;
import dev.weft.sync.Queue;
import dev.weft.test.World;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A network in a simulation. Frames are delivered by strands of the run, one for each pair of members and urgency,
 * after delays that the schedule draws. Members can be killed, cut off from each other in one direction or both, and
 * joined again; views follow some seconds later, as a failure detector would have them.
 */
final class MemoryNetwork {

    private final World world;
    private final Map<PeerId, End> ends = new LinkedHashMap<>();
    private final Set<List<PeerId>> cuts = new HashSet<>();
    private Event changed = new Event();
    private long lastId;

    /** How long a member is silent before others see it leave. */
    Duration detection = Duration.ofMillis(1500);

    MemoryNetwork(World world) {
        this.world = world;
    }

    /** A transport for a new member. */
    End newMember() {
        var end = new End(new PeerId(0xC0FFEE, ++lastId));
        ends.put(end.self, end);
        return end;
    }

    /** The member's process ends at once; others see it some time later. */
    void kill(End victim) {
        victim.dead = true;
        changed();
        later(detection, () -> updateViews());
    }

    /** Frames of {@code from} do not reach {@code to}. */
    void cutOneWay(End from, End to) {
        cuts.add(List.of(from.self, to.self));
        changed();
    }

    void cut(End one, End other) {
        cutOneWay(one, other);
        cutOneWay(other, one);
    }

    /** All cuts are mended; frames that were under way arrive. */
    void heal() {
        cuts.clear();
        changed();
    }

    /** Each member sees those that it can talk with in both directions. */
    void updateViews() {
        for (var end : ends.values()) {
            end.updateView();
        }
    }

    /** Runs in a strand of its own. */
    void later(Duration delay, Runnable action) {
        world.createBackgroundTask(() -> {
            Weft.sleep(delay.plus(ofMillis(world.draw(3) * 200L)));
            action.run();
        });
    }

    private void changed() {
        var before = changed;
        changed = new Event();
        before.set();
    }

    private boolean passes(End from, End to) {
        return !from.dead && !to.dead && !cuts.contains(List.of(from.self, to.self));
    }

    private static final class Parcel implements Transport.Ticket {
        final Lane lane;
        final byte[] bytes;
        boolean isTaken;
        boolean isDelivered;
        boolean isWithdrawn;
        byte[] follower = {};

        Parcel(Lane lane, byte[] bytes) {
            this.lane = lane;
            this.bytes = bytes;
        }

        @Override
        public boolean withdrawOr(byte[] head, byte[] body) {
            if (!isTaken) {
                isWithdrawn = true;
                return true;
            }
            if (isDelivered) {
                lane.from.send(lane.to.self, head, body, true);
            } else {
                follower = join(head, body);
            }
            return false;
        }
    }

    /** Frames of one urgency from one member to another, in order. */
    private final class Lane {
        final End from;
        final End to;
        final Queue<Parcel> queue = new Queue<>();
        private int taken;

        Lane(End from, End to) {
            this.from = from;
            this.to = to;
            world.createBackgroundTask(() -> {
                try {
                    deliverAll();
                } catch (InterruptedException e) { // of a cancel sweep: frames are lost only where a member is
                    from.dead = true;
                    changed();
                    throw e;
                }
            });
        }

        private boolean isHeld() {
            return !passes(from, to)
                    || from.isFrozen
                    || to.isFrozen
                    || from.holdCalls && from.ordinary.get(to.self) == this
                    || from.holdNews && isUrgent();
        }

        private boolean isUrgent() {
            return from.urgent.get(to.self) == this;
        }

        private void deliverAll() throws InterruptedException, FrameFormatException {
            for (; ; ) {
                var parcels = take();
                if (!parcels.isEmpty()) {
                    Weft.sleep(ofMillis(world.draw(4)));
                    while (isHeld() && !to.dead && !from.dead) {
                        changed.await(); // sent again and again
                    }
                    if (passes(from, to) && to.receiver != null) {
                        deliver(parcels, to.receiver);
                    }
                    for (var parcel : parcels) {
                        parcel.isDelivered = true;
                        if (parcel.follower.length > 0) {
                            from.sendNow(to.self, parcel.follower, true);
                        }
                    }
                }
                for (; taken > 0; taken--) {
                    queue.taskDone();
                }
            }
        }

        /** The next parcel, and some of those that wait behind it; but not those that were withdrawn. */
        private List<Parcel> take() throws InterruptedException {
            var parcels = new ArrayList<Parcel>();
            var size = 0;
            var parcel = queue.get();
            for (; ; ) {
                taken++;
                parcel.isTaken = true;
                if (!parcel.isWithdrawn) {
                    parcels.add(parcel);
                    size += parcel.bytes.length;
                }
                if (size > 1_000 || queue.isEmpty() || world.draw(2) == 0) {
                    return parcels;
                }
                parcel = queue.getNowait();
            }
        }

        private void deliver(List<Parcel> parcels, Transport.Receiver receiver) throws FrameFormatException {
            var bundle = new Bundle(1_000);
            for (var parcel : parcels) {
                var frame = onTheClocks(from, to, from.change.apply(parcel.bytes));
                if (parcels.size() == 1 || frame.length > 1_000) {
                    receiver.message(from.self, bundle.toBytes());
                    receiver.message(from.self, frame);
                    bundle = new Bundle(1_000);
                } else {
                    bundle.add(frame, new byte[0]);
                }
            }
            receiver.message(from.self, bundle.toBytes());
        }
    }

    /** Each member stamps with its own clock, and gets its own time back. */
    private static byte[] onTheClocks(End from, End to, byte[] frame) throws FrameFormatException {
        if (from.clock.equals(to.clock) && from.clock.isZero()) {
            return frame.clone();
        }
        var head = FrameHead.read(frame);
        var stamp = head.stamp() + from.clock.toNanos();
        var echo = head.echo() == 0 ? 0 : head.echo() - to.clock.toNanos();
        var shifted = FrameHead.write(head.type(), head.from(), head.to(), stamp, echo);
        return join(shifted, Arrays.copyOfRange(frame, head.size(), frame.length));
    }

    /** One member's transport. */
    final class End implements Transport {
        private final PeerId self;
        private final Map<PeerId, Lane> urgent = new LinkedHashMap<>();
        private final Map<PeerId, Lane> ordinary = new LinkedHashMap<>();
        Receiver receiver;
        boolean dead;

        /** The lane of calls stands. */
        boolean holdCalls;

        /** The urgent lane stands. */
        boolean holdNews;

        /** What the network makes of a frame. */
        UnaryOperator<byte[]> change = bytes -> bytes;

        /** Frames are not sent, and nobody is told. */
        boolean drops;

        /** Is run before a frame is sent; what it throws is what sending throws. */
        Runnable beforeSend = () -> {};

        /** How far the member's clock is ahead. */
        Duration clock = Duration.ZERO;

        private boolean isFrozen;
        private Set<PeerId> view = Set.of();
        final List<byte[]> sent = new ArrayList<>();

        private End(PeerId self) {
            this.self = self;
        }

        @Override
        public PeerId self() {
            return self;
        }

        @Override
        public void start(Receiver newReceiver) throws InterruptedException {
            Weft.sleep(ofMillis(1));
            receiver = newReceiver;
            for (var other : ends.values()) {
                if (other.receiver != null) {
                    connect(this, other);
                    if (other != this) {
                        connect(other, this);
                    }
                }
            }
            for (var other : ends.values()) {
                if (other.receiver != null) {
                    later(Duration.ZERO, other::updateView);
                }
            }
        }

        @Override
        public InetSocketAddress localAddress() {
            return InetSocketAddress.createUnresolved("member-" + self.low(), 1);
        }

        private static void connect(End from, End to) {
            from.urgent.put(to.self, from.lane(to));
            from.ordinary.put(to.self, from.lane(to));
        }

        private Lane lane(End to) {
            return new Lane(this, to);
        }

        /** To be called after a change of a field. */
        void wake() {
            changed();
        }

        void freeze() {
            isFrozen = true;
        }

        void thaw() {
            isFrozen = false;
            changed();
        }

        /** For one that is told of a change later than others, or not at all. */
        void updateView() {
            if (receiver == null || dead) {
                return;
            }
            var seen = new HashSet<PeerId>();
            for (var other : ends.values()) {
                if (other == this || other.receiver != null && passes(this, other) && passes(other, this)) {
                    seen.add(other.self);
                }
            }
            if (!seen.equals(view)) {
                view = seen;
                receiver.view(seen);
            }
        }

        @Override
        public Ticket send(PeerId to, byte[] head, byte[] body, boolean isUrgent) {
            beforeSend.run();
            return sendNow(to, join(head, body), isUrgent);
        }

        private Ticket sendNow(PeerId to, byte[] bytes, boolean isUrgent) {
            sent.add(bytes);
            var lane = (isUrgent ? urgent : ordinary).get(to);
            if (lane == null || dead || drops) {
                return (otherHead, otherBody) -> false;
            }
            var parcel = new Parcel(lane, bytes);
            lane.queue.putNowait(parcel);
            return parcel;
        }

        @Override
        public void close(Duration flush) {
            try {
                Weft.moveOnAfter(flush, () -> {
                    for (var lane : urgent.values()) {
                        lane.queue.join();
                    }
                });
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            dead = true;
            changed();
            later(ofMillis(10), MemoryNetwork.this::updateViews);
        }
    }

    private static byte[] join(byte[] head, byte[] body) {
        var bytes = new byte[head.length + body.length];
        System.arraycopy(head, 0, bytes, 0, head.length);
        System.arraycopy(body, 0, bytes, head.length, body.length);
        return bytes;
    }
}

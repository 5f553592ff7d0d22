package dev.weft.cluster;

import dev.weft.cluster.internal.engine.PeerId;
import dev.weft.cluster.internal.engine.Transport;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** Members of clusters of one, in real time and without a network: what they send comes back to themselves. */
final class TestMembers {

    private static final AtomicLong LAST = new AtomicLong();

    private TestMembers() {}

    static Workers open(UnaryOperator<WorkersBuilder> settings) throws Exception {
        return settings.apply(Workers.builder("alone")).open(new Mirror());
    }

    /** Delivers in the order of sending, by a thread of its own. */
    private static final class Mirror implements Transport {
        private final PeerId self = new PeerId(0xA10E, LAST.incrementAndGet());
        private final ExecutorService delivery =
                Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
        private volatile Receiver receiver = new Receiver() {
            @Override
            public void view(Set<PeerId> members) {}

            @Override
            public void message(PeerId from, byte[] message) {}
        };

        @Override
        public PeerId self() {
            return self;
        }

        @Override
        public void start(Receiver newReceiver) {
            receiver = newReceiver;
            delivery.execute(() -> newReceiver.view(Set.of(self)));
        }

        @Override
        public InetSocketAddress localAddress() {
            return InetSocketAddress.createUnresolved("alone", 1);
        }

        @Override
        public Ticket send(PeerId to, byte[] head, byte[] body, boolean urgent) {
            var frame = new byte[head.length + body.length];
            System.arraycopy(head, 0, frame, 0, head.length);
            System.arraycopy(body, 0, frame, head.length, body.length);
            if (!delivery.isShutdown()) {
                delivery.execute(() -> receiver.message(self, frame));
            }
            return (laterHead, laterBody) -> {
                send(to, laterHead, laterBody, true);
                return false;
            };
        }

        @Override
        public void close(Duration flush) {
            delivery.shutdown();
        }
    }
}

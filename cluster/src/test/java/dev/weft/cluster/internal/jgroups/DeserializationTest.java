package dev.weft.cluster.internal.jgroups;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Weft;
import dev.weft.cluster.TestPorts;
import dev.weft.cluster.internal.engine.PeerId;
import dev.weft.cluster.internal.engine.Transport;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.Message.Flag;
import org.jgroups.ObjectMessage;
import org.jgroups.Receiver;
import org.jgroups.View;
import org.jgroups.util.UUID;
import org.junit.jupiter.api.Test;

/** A member that sends a serialized object, which JGroups would read. */
class DeserializationTest {

    private static volatile boolean hasRun;

    static final class Gadget implements Serializable {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("unused") // by deserialization
        private void readObject(ObjectInputStream in) {
            hasRun = true;
        }
    }

    @Test
    void cl41_serializedObject_isNotRead() throws Exception {
        var victim = new JGroupsTransport("gadgets", "victim", endpoint(), null);
        var hasCome = new CountDownLatch(1);
        Weft.run(() -> victim.start(new Transport.Receiver() {
            @Override
            public void view(Set<PeerId> members) {}

            @Override
            public void message(PeerId from, byte[] message) {
                hasCome.countDown();
            }
        }));
        var address = new UUID(victim.self().high(), victim.self().low());
        try (var attacker = new JChannel(Stack.of(
                new Endpoint(free(), List.of(bound), null, 1 << 20), new Sockets(null, refused -> {}, false)))) {
            var seen = new CountDownLatch(1);
            attacker.setReceiver(new Receiver() {
                @Override
                public void viewAccepted(View view) {
                    if (view.containsMember(address)) {
                        seen.countDown();
                    }
                }
            });
            attacker.connect(JGroupsTransport.nameOf("gadgets"));
            assertThat(seen.await(60, TimeUnit.SECONDS)).isTrue();
            attacker.send(new ObjectMessage(address, new Gadget()).setFlag(Flag.OOB));
            attacker.send(new BytesMessage(address, new byte[] {1}).setFlag(Flag.OOB));
            assertThat(hasCome.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(hasRun).isFalse();
        } finally {
            Weft.run(() -> {
                victim.close(Duration.ZERO);
            });
        }
    }

    private InetSocketAddress bound = new InetSocketAddress(0);

    private Endpoint endpoint() {
        bound = free();
        return new Endpoint(bound, List.of(), null, 1 << 20);
    }

    private static InetSocketAddress free() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), TestPorts.free());
    }
}

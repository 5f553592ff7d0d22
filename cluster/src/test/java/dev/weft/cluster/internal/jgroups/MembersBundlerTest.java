package dev.weft.cluster.internal.jgroups;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.ObjectMessage;
import org.jgroups.PhysicalAddress;
import org.jgroups.Receiver;
import org.jgroups.protocols.TCP;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.AsciiString;
import org.jgroups.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Members that come and go, seen from one that stays. */
@Timeout(120)
class MembersBundlerTest {

    private final BlockingQueue<Address> heard = new LinkedBlockingQueue<>();
    private JChannel stays;

    @BeforeEach
    void open() throws Exception {
        stays = member(List.of());
        stays.setReceiver(new Receiver() {
            @Override
            public void receive(Message message) {
                heard.add(message.getSrc());
            }
        });
    }

    @AfterEach
    void close() {
        stays.close();
    }

    private static JChannel member(List<InetSocketAddress> peers) throws Exception {
        var endpoint = new Endpoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), peers, null, 1 << 20);
        var member = new JChannel(Stack.of(endpoint, new Sockets(null, text -> {}, true)));
        member.connect("members that come and go");
        return member;
    }

    private JChannel another() throws Exception {
        var at = (IpAddress) stays.getProtocolStack().getTransport().localPhysicalAddress();
        var member = member(List.of(new InetSocketAddress(at.getIpAddress(), at.getPort())));
        member.send(new ObjectMessage(stays.getAddress(), "here"));
        assertThat(heard.take()).isEqualTo(member.getAddress());
        stays.send(new ObjectMessage(member.getAddress(), "there"));
        return member;
    }

    private MembersBundler bundler() {
        return (MembersBundler) stays.getProtocolStack().getTransport().getBundler();
    }

    /** JGroups goes on asking at their addresses whether they are there, as it must after a partition. */
    @Test
    void membersThatHaveLeft_haveNoBuffer() throws Exception {
        var gone = new ArrayList<Address>();
        for (var i = 0; i < 10; i++) {
            try (var member = another()) {
                gone.add(member.getAddress());
            }
        }
        try (var last = another()) {
            while (bundler().buffered().stream().anyMatch(gone::contains)) {
                Thread.sleep(10); // JGroups tells nobody when it has removed a buffer
            }
            assertThat(bundler().buffered())
                    .contains(last.getAddress())
                    .hasSizeLessThan(4)
                    .doesNotContainAnyElementsOf(gone);
        }
    }

    /** JGroups removes the buffer some seconds after a member has left, and may cut its connection then. */
    @Test
    void memberThatIsBack_keepsItsBuffer() throws Exception {
        try (var member = another()) {
            bundler().removeLeftMembers(List.of(member.getAddress()));
            assertThat(bundler().buffered()).contains(member.getAddress());
        }
    }

    @Test
    void stopped_startsNoThread() throws Exception {
        var closed = member(List.of());
        var bundler = (MembersBundler) closed.getProtocolStack().getTransport().getBundler();
        var to = closed.getAddress();
        closed.close();
        bundler.doSend(new ObjectMessage(to, "late"));
        assertThat(bundler.buffered()).isEmpty();
    }

    /** One after the other they would come too late after a time without a link: each waits for a connection. */
    @Test
    void messagesThatWaitForOneThatIsNoMember_areSentTogether() throws Exception {
        var network = new SlowNetwork();
        network.send(10);
        network.send(10);
        network.send(10);
        network.goOn.countDown();
        assertThat(network.isList(network.packets.take())).isFalse();
        assertThat(network.isList(network.packets.take())).isTrue();
    }

    @Test
    void messagesThatWait_areSentInPacketsOfTheUsualSize() throws Exception {
        var network = new SlowNetwork();
        network.send(40_000);
        network.send(40_000);
        network.send(40_000);
        network.goOn.countDown();
        for (var i = 0; i < 3; i++) {
            assertThat(network.isList(network.packets.take())).isFalse();
        }
    }

    /** On it the first packet takes until it may go on. */
    private static final class SlowNetwork extends TCP {

        private final Address to = new IpAddress(InetAddress.getLoopbackAddress(), 1);
        private final MembersBundler bundler = new MembersBundler();
        private final BlockingQueue<byte[]> packets = new LinkedBlockingQueue<>();
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);

        SlowNetwork() {
            setAddress(UUID.randomUUID());
            cluster_name = new AsciiString("slow");
            bundler.init(this);
        }

        void send(int length) throws Exception {
            bundler.doSend(new BytesMessage(to, new byte[length]));
            begun.await();
        }

        @Override
        public void sendUnicast(PhysicalAddress destination, byte[] data, int offset, int length) throws Exception {
            begun.countDown();
            goOn.await();
            packets.add(Arrays.copyOfRange(data, offset, offset + length));
        }

        /** As JGroups marks it, behind its version. */
        boolean isList(byte[] packet) {
            return (packet[Short.BYTES] & LIST) != 0;
        }
    }
}

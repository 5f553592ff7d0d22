package dev.weft.cluster;

import static dev.weft.Weft.createTask;
import static dev.weft.Weft.run;
import static dev.weft.Weft.sleep;
import static dev.weft.cluster.SimulatedCluster.ECHO;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cluster.internal.engine.PeerId;
import dev.weft.cluster.internal.engine.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jgroups.Message;
import org.jgroups.Version;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Strangers at the port of a member, on real sockets. */
class StrangersTest {

    /** What a member says first: cookie, version, length of the address, address. */
    private static final byte[] GREETING = {
        'b', 'e', 'l', 'a', (byte) (Version.version >> 8), (byte) Version.version, 0, 7, 4, 127, 0, 0, 1, 1, 1
    };

    /** A message of bytes, 30 MB of them by what it says, which do not come. */
    private static final byte[] HUGE = ByteBuffer.allocate(14)
            .putShort(Version.version)
            .put((byte) 0) // one message
            .putShort(Message.BYTES_MSG)
            .put((byte) 0) // from nobody to nobody
            .putShort((short) 0) // without flags
            .putShort((short) 0) // and headers
            .putInt(30_000_000)
            .array();

    private final List<String> addresses = new ArrayList<>();
    private static final Transport.Receiver UNTOLD = new Transport.Receiver() {
        @Override
        public void view(Set<PeerId> members) {}

        @Override
        public void message(PeerId from, byte[] message) {}
    };

    private final List<Socket> strangers = new ArrayList<>();

    @BeforeEach
    void freePorts() {
        for (var i = 0; i < 2; i++) {
            addresses.add(TestPorts.address());
        }
    }

    @AfterEach
    void closeAll() throws IOException {
        for (var socket : strangers) {
            socket.close();
        }
    }

    private WorkersBuilder member(int number) {
        return Workers.builder("strangers " + addresses.getFirst())
                .name("m" + number)
                .bind(addresses.get(number))
                .join(addresses);
    }

    /** A connection to the first member, which sends something and stays. */
    private Socket stranger(byte... bytes) throws IOException {
        var port = Integer.parseInt(addresses.getFirst().split(":")[1]);
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        strangers.add(socket);
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            // hung up on already
        }
        return socket;
    }

    private static void awaitHungUp(Socket stranger) {
        try {
            while (stranger.getInputStream().read() >= 0) {
                // an alert of TLS, for instance
            }
        } catch (IOException e) {
            // reset
        }
    }

    private static void awaitMembers(Workers workers, int count) throws InterruptedException {
        while (workers.members().size() != count) {
            sleep(ofMillis(10));
        }
    }

    private static void awaitStrangers(Workers workers, int count) throws InterruptedException {
        while (workers.snapshot().refusedConnections() < count) {
            sleep(ofMillis(10));
        }
    }

    @Test
    void cl44_whoSaysNothing_keepsNoMemberOut() throws Exception {
        run(() -> {
            try (var w1 = member(0).insecure().serve(ECHO, text -> text).open()) {
                for (var i = 0; i < 150; i++) {
                    stranger();
                }
                try (var c1 = member(1).insecure().open()) {
                    assertThat(c1.call(ECHO, "x")).isEqualTo("x");
                    strangers.forEach(StrangersTest::awaitHungUp);
                    awaitStrangers(w1, 150);
                }
            }
        });
    }

    @Test
    void cl44_plainTextAndGarbage_areHungUpOn_andCounted() throws Exception {
        run(() -> {
            try (var w1 = member(0).insecure().serve(ECHO, text -> text).open();
                    var c1 = member(1).insecure().open()) {
                awaitMembers(c1, 1);
                var before = (int) w1.snapshot().refusedConnections();
                awaitHungUp(stranger("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII)));
                awaitStrangers(w1, before + 1);
                var random = new Random(1);
                for (var i = 0; i < 20; i++) {
                    var garbage = new byte[8 + random.nextInt(2_000)];
                    random.nextBytes(garbage);
                    awaitHungUp(stranger(garbage));
                    assertThat(c1.call(ECHO, "x" + i)).isEqualTo("x" + i);
                }
                awaitStrangers(w1, before + 21);
                var otherVersion = GREETING.clone();
                otherVersion[4] ^= 0x40;
                awaitHungUp(stranger(otherVersion));
                awaitStrangers(w1, before + 22);
                var truncated = stranger(Arrays.copyOf(GREETING, 5));
                truncated.shutdownOutput();
                awaitHungUp(truncated);
                awaitStrangers(w1, before + 23);
                assertThat(w1.members()).hasSize(1);
                assertThat(c1.snapshot().lost()).isZero();
            }
        });
    }

    /** A stranger who knows how members greet each other, without TLS. */
    @Test
    void cl37_oversizeAndTruncatedFrames_areHungUpOn_andHoldNoMemory() throws Exception {
        run(() -> {
            try (var w1 = member(0).insecure().serve(ECHO, text -> text).open();
                    var c1 = member(1).insecure().open()) {
                awaitMembers(c1, 1);
                for (var length : new int[] {Integer.MAX_VALUE, 2 << 20, -1, Integer.MIN_VALUE}) {
                    awaitHungUp(greeted(length));
                }
                var truncated = greeted(1_000, HUGE);
                truncated.shutdownOutput();
                awaitHungUp(truncated);
                var before = usedAfterCollection();
                for (var i = 0; i < 20; i++) {
                    greeted(14, HUGE);
                }
                for (var i = 0; i < 200; i++) {
                    assertThat(c1.call(ECHO, "x")).isEqualTo("x");
                }
                assertThat(usedAfterCollection() - before).isLessThan(200_000_000);
                assertThat(w1.members()).hasSize(1);
            }
        });
    }

    private Socket greeted(int length, byte... frame) throws IOException {
        var bytes = ByteBuffer.allocate(GREETING.length + 4 + frame.length);
        bytes.put(GREETING).putInt(length).put(frame);
        bytes.putShort(GREETING.length - 2, (short) (1 + strangers.size())); // each has an address of its own
        return stranger(bytes.array());
    }

    private static long usedAfterCollection() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void cl44_floodOfConnections_callsGoOn() throws Exception {
        run(() -> {
            try (var w1 = member(0).insecure().serve(ECHO, text -> text).open();
                    var c1 = member(1).insecure().open()) {
                awaitMembers(c1, 1);
                var before = (int) w1.snapshot().refusedConnections();
                var calls = createTask(() -> {
                    for (var i = 0; i < 200; i++) {
                        assertThat(c1.call(ECHO, "x" + i)).isEqualTo("x" + i);
                        sleep(ofMillis(1));
                    }
                });
                for (var i = 0; i < 1_000; i++) {
                    stranger((byte) 'x');
                    if (i % 3 == 0) {
                        strangers.removeLast().close();
                    }
                }
                calls.await();
                awaitStrangers(w1, before + 1_000);
                assertThat(c1.call(ECHO, "y")).isEqualTo("y");
            }
        });
    }

    @Test
    void cl44_withTls_plainTextWrongCertificatesAndSlowOnes_areCounted() throws Exception {
        var certificates = TestCertificates.shared();
        var tls = Tls.fromPem(certificates.member("ca", "member"));
        var other = Tls.fromPem(certificates.member("otherCa", "stranger"));
        run(() -> {
            try (var w1 = member(0).tls(tls).serve(ECHO, text -> text).open()) {
                var slow = stranger((byte) 22, (byte) 3, (byte) 1, (byte) 2, (byte) 0); // a record of 512 bytes
                var drips = createTask(() -> {
                    try {
                        for (; ; ) {
                            sleep(ofMillis(100));
                            slow.getOutputStream().write(1);
                        }
                    } catch (IOException e) {
                        return "hung up";
                    }
                });
                awaitHungUp(stranger(GREETING));
                awaitStrangers(w1, 1);
                try (var socket =
                        other.contexts(UNTOLD).get().getSocketFactory().createSocket()) {
                    socket.connect(stranger().getRemoteSocketAddress());
                    socket.getOutputStream().write(GREETING);
                    awaitHungUp(socket);
                } catch (IOException e) {
                    // hung up on while the hands were shaken
                }
                awaitStrangers(w1, 2);
                assertThat(drips.await()).isEqualTo("hung up");
                awaitStrangers(w1, 4); // and the one that said nothing
                try (var c1 = member(1).tls(tls).open()) {
                    assertThat(c1.call(ECHO, "x")).isEqualTo("x");
                }
            }
        });
    }

    /** An address to join may be that of something else, which takes connections and says nothing. */
    @Test
    void cl38_silentPeer_delaysNobodyElse() throws Exception {
        var tls = Tls.fromPem(TestCertificates.shared().member("ca", "member"));
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            addresses.add("127.0.0.1:" + silent.getLocalPort());
            run(() -> {
                try (var w1 = member(0).tls(tls).serve(ECHO, text -> text).open();
                        var c1 = member(1).tls(tls).open()) {
                    assertThat(c1.call(ECHO, "x")).isEqualTo("x");
                    assertThat(w1.members()).hasSize(1);
                }
            });
        }
    }
}

package dev.weft.cluster;

import static dev.weft.Weft.gather;
import static dev.weft.Weft.mapConcurrent;
import static dev.weft.Weft.run;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.cluster.SimulatedCluster.ECHO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.EventLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members in one JVM, over JGroups on the loopback address. */
class JGroupsTest {

    private final List<String> addresses = new ArrayList<>();

    @BeforeEach
    void freePorts() {
        for (var i = 0; i < 3; i++) {
            addresses.add(TestPorts.address());
        }
    }

    private WorkersBuilder member(int number) {
        return Workers.builder("test " + addresses.getFirst())
                .name("m" + number)
                .bind(addresses.get(number))
                .join(addresses);
    }

    private static List<String> texts(int count) {
        return IntStream.range(0, count).mapToObj(i -> "a" + i).toList();
    }

    private static void awaitMembers(Workers workers, int count) throws InterruptedException {
        while (workers.members().size() != count) {
            sleep(ofMillis(10));
        }
    }

    private void threeMembers(UnaryOperator<WorkersBuilder> security) throws IOException, InterruptedException {
        try (var w1 = security.apply(member(0)).serve(ECHO, text -> "1" + text).open();
                var w2 = security.apply(member(1))
                        .serve(ECHO, text -> "2" + text)
                        .open();
                var c1 = security.apply(member(2)).open()) {
            awaitMembers(c1, 2);
            var results = mapConcurrent(texts(500), 50, text -> c1.call(ECHO, text));
            assertThat(results).extracting(result -> result.substring(1)).isEqualTo(texts(500));
            assertThat(results).extracting(result -> result.charAt(0)).contains('1', '2');
            assertThat(w1.snapshot().ran() + w2.snapshot().ran()).isEqualTo(500);
            assertThat(c1.snapshot().ok()).isEqualTo(500);
        }
    }

    @Test
    void cl1_threeMembers_onTheLoopback() throws Exception {
        run(() -> threeMembers(WorkersBuilder::insecure));
    }

    @Test
    void cl43_portZero_isOneThatIsFree_andMembersConnectBothWays() throws Exception {
        run(() -> {
            var to = CallOptions.defaults();
            try (var w1 = member(0).insecure().serve(ECHO, text -> "1" + text).open();
                    var first = member(1)
                            .bind("127.0.0.1:0")
                            .insecure()
                            .serve(ECHO, text -> "2" + text)
                            .open();
                    var second = member(2).bind("127.0.0.1:0").insecure().open()) {
                awaitMembers(second, 2);
                awaitMembers(w1, 2);
                assertThat(second.call(ECHO, "x", to.on(member -> member.name().equals("m0"))))
                        .isEqualTo("1x");
                assertThat(second.call(ECHO, "x", to.on(member -> member.name().equals("m1"))))
                        .isEqualTo("2x");
                assertThat(w1.call(ECHO, "x")).isEqualTo("2x");
                assertThat(first.call(ECHO, "x")).isEqualTo("1x");
            }
        });
    }

    @Test
    void localAddress_hasThePortThatWasFound_andOthersCanJoinThere() throws Exception {
        run(() -> {
            try (var first = alone(List.of("127.0.0.1:1"))
                    .serve(ECHO, text -> "1" + text)
                    .open()) {
                var at = first.localAddress();
                assertThat(at.getAddress().isLoopbackAddress()).isTrue();
                assertThat(at.getPort()).isBetween(2, 65_535);
                try (var second = alone(List.of("127.0.0.1:" + at.getPort())).open()) {
                    assertThat(second.localAddress()).isNotEqualTo(at);
                    assertThat(second.call(ECHO, "x")).isEqualTo("1x");
                }
                first.close();
                assertThat(first.localAddress()).isEqualTo(at);
            }
        });
    }

    private static WorkersBuilder alone(List<String> peers) {
        return Workers.builder("found").bind("127.0.0.1:0").join(peers).insecure();
    }

    @Test
    void localAddress_isThatOfBind_ifItHasAPort() throws Exception {
        run(() -> {
            try (var w1 = member(0).insecure().open()) {
                var at = w1.localAddress();
                assertThat(at.getHostString() + ":" + at.getPort()).isEqualTo(addresses.getFirst());
            }
        });
    }

    /** Settings of the program stand above those outside of it, whichever of two ways it takes. */
    @Test
    void joinAndJoinDns_theOneCalledLastHolds() throws Exception {
        run(() -> {
            var builder = alone(List.of()).joinDns("no.such.name.invalid");
            assertThatThrownBy(builder::open).isInstanceOf(IllegalStateException.class);
            builder.join("127.0.0.1:1").open().close();
            builder.joinDns("no.such.name.invalid");
            assertThatThrownBy(builder::open).isInstanceOf(IllegalStateException.class);
        });
    }

    /** As a caller outside of Kubernetes, which names members that have found each other by DNS. */
    @Test
    void memberThatJoinsByDns_andOneThatJoinsByAddress_meet() throws Exception {
        run(() -> {
            try (var w1 = member(0)
                            .joinDns("localhost")
                            .insecure()
                            .serve(ECHO, text -> "1" + text)
                            .open();
                    var c1 = member(1).join(addresses.getFirst()).insecure().open()) {
                assertThat(timeout(ofSeconds(60), () -> c1.call(ECHO, "x"))).isEqualTo("1x");
                assertThat(w1.snapshot().refused()).isZero();
            }
        });
    }

    @Test
    void cl43_portZero_doesNotGoWithDns() {
        assertThatThrownBy(() -> Workers.builder("x")
                        .bind("127.0.0.1:0")
                        .insecure()
                        .joinDns("localhost")
                        .open())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("joinDns(\"localhost\")")
                .hasMessageContaining("bind needs one, and has 0");
    }

    @Test
    void cl50_sameProgram_onAnEventLoop() throws Exception {
        EventLoop.run(() -> threeMembers(WorkersBuilder::insecure));
    }

    @Test
    void cl50_callNeverHoldsUpTheLoop() throws Exception {
        try (var w1 = member(0).insecure().serve(ECHO, JGroupsTest::slowly).open()) { // in no run
            assertThat(w1.members()).isEmpty();
            EventLoop.run(() -> {
                try (var c1 = member(1).insecure().open()) {
                    awaitMembers(c1, 1);
                    var turns = new int[1];
                    gather(
                            () -> {
                                c1.call(ECHO, "x");
                                assertThat(turns[0]).isPositive();
                            },
                            () -> {
                                for (; turns[0] < 20; turns[0]++) {
                                    sleep(ofMillis(1));
                                }
                            });
                }
            });
        }
    }

    private static String slowly(String text) throws InterruptedException {
        sleep(ofMillis(300));
        return text;
    }

    @Test
    void cl42_withoutTlsOrLoopback_openThrows(@TempDir Path folder) throws Exception {
        assertThatThrownBy(() -> member(0).open())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("tls(Tls.fromPem(folder))");
        assertThatThrownBy(() -> Workers.builder("x").insecure().open())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("bind");
        assertThatThrownBy(() ->
                        Workers.builder("x").bind("192.0.2.1:7800").insecure().open())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("192.0.2.1")
                .hasMessageContaining("loopback");
        assertThatThrownBy(() -> Tls.fromPem(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ca.pem");
    }

    @Test
    void cl42_membersWithCertificates_talk_strangersDoNot() throws Exception {
        var certificates = TestCertificates.shared();
        var tls = Tls.fromPem(certificates.member("ca", "member"));
        var stranger = Tls.fromPem(certificates.member("otherCa", "stranger"));
        run(() -> threeMembers(builder -> builder.tls(tls)));
        run(() -> {
            try (var w1 = member(0).tls(tls).serve(ECHO, text -> text).open();
                    var c1 = member(1).tls(tls).open();
                    var other = member(2).tls(stranger).open()) {
                awaitMembers(c1, 1);
                sleep(ofSeconds(2)); // longer than the members look for each other
                assertThat(other.members()).isEmpty();
                assertThat(w1.members()).hasSize(1);
                assertThat(c1.call(ECHO, "x")).isEqualTo("x");
            }
        });
    }

    @Test
    void cl43_onePort_ofTheBindAddressAlone() throws Exception {
        var before = listening();
        run(() -> {
            try (var w1 = member(0).insecure().open();
                    var w2 = member(1).insecure().open()) {
                awaitMembers(w1, 1);
                awaitMembers(w2, 1);
                var opened = new ArrayList<>(listening());
                opened.removeAll(before);
                assertThat(opened).hasSize(2).allMatch(line -> line.contains("0100007F"));
            }
        });
    }

    /** Addresses of this process's TCP sockets that listen, and of all of its UDP sockets, as Linux has them. */
    private static List<String> listening() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/self/fd")), "needs Linux");
        var mine = new ArrayList<String>();
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            for (var descriptor : descriptors.toList()) {
                try {
                    mine.add(Files.readSymbolicLink(descriptor).toString());
                } catch (IOException e) {
                    // closed since
                }
            }
        }
        var found = new ArrayList<String>();
        for (var file : List.of("tcp", "tcp6", "udp", "udp6")) {
            for (var line : Files.readAllLines(Path.of("/proc/net/" + file))) {
                var fields = line.trim().split("\\s+");
                if ((file.startsWith("udp") || fields[3].equals("0A")) && mine.contains("socket:[" + fields[9] + "]")) {
                    found.add(file + " " + fields[1]);
                }
            }
        }
        return found;
    }

    @Test
    void address_thatIsNotMine_isRefused() {
        assertThatThrownBy(() -> Workers.builder("x").bind("0.0.0.0:7800"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("site:7800");
        assertThatThrownBy(() -> Workers.builder("x").bind("127.0.0.1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("127.0.0.1");
        assertThatThrownBy(() -> Workers.builder("x").bind("127.0.0.1:99999"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65535");
    }

    @Test
    void port_thatIsTaken_isAnError() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> run(() -> {
                        try (var w = Workers.builder("x")
                                .bind("127.0.0.1:" + socket.getLocalPort())
                                .insecure()
                                .open()) {
                            return w.toString();
                        }
                    }))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(String.valueOf(socket.getLocalPort()))
                    .hasMessageContaining("the port is taken");
        }
    }

    @Test
    void bindAddress_ofAnotherMachine_isAnError() throws Exception {
        var tls = Tls.fromPem(TestCertificates.shared().member("ca", "member"));
        assertThatThrownBy(() -> run(() ->
                        Workers.builder("x").bind("192.0.2.1:7800").tls(tls).open()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("192.0.2.1:7800")
                .hasMessageContaining("this machine has no such address");
    }

    /** One refuses, one takes connections and says nothing, one is the member. */
    @Test
    void peers_halfDead_othersAreFound() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            run(() -> {
                try (var w1 = member(0)
                                .join(List.of())
                                .insecure()
                                .serve(ECHO, text -> text)
                                .open();
                        var c1 = member(1)
                                .join(addresses.get(2), "127.0.0.1:" + silent.getLocalPort(), addresses.get(0))
                                .insecure()
                                .open()) {
                    assertThat(c1.call(ECHO, "x")).isEqualTo("x");
                    assertThat(w1.members()).hasSize(1);
                }
            });
        }
    }

    @Test
    void peers_wrong_areNamed() {
        assertThatThrownBy(() -> Workers.builder("x").join("localhost:7800", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no port in ''");
        assertThatThrownBy(() -> Workers.builder("x").join("no-such-host.invalid:7800"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'no-such-host.invalid:7800'");
    }
}

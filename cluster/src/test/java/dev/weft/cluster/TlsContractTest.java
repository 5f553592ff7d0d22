package dev.weft.cluster;

import static dev.weft.Weft.sleep;
import static dev.weft.cluster.SimulatedCluster.ECHO;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Problem;
import dev.weft.Runner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members with certificates, over JGroups on the loopback address. */
class TlsContractTest {

    /** Of all tests: certificates take their time. */
    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static final String[] CALLER = {"-ext", "san=uri:spiffe://acme/caller/1"};

    private final List<String> addresses = new ArrayList<>();
    private final ConcurrentLinkedQueue<Problem> problems = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> refused = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void freePorts() {
        for (var i = 0; i < 3; i++) {
            addresses.add(TestPorts.address());
        }
    }

    private interface Program {
        void run() throws Exception;
    }

    private void run(Program program) throws Exception {
        try (var runner = Runner.builder().onProblem(problems::add).build()) {
            runner.run(() -> {
                program.run();
                return true;
            });
        }
    }

    private WorkersBuilder member(int number, Tls tls) {
        return Workers.builder("tls " + addresses.getFirst())
                .name("m" + number)
                .bind(addresses.get(number))
                .join(addresses)
                .tls(tls);
    }

    /** A member that tells of those that it refuses. */
    private WorkersBuilder worker(Tls tls) {
        return member(0, tls).serve(ECHO, text -> text).listener(new ClusterListener() {
            @Override
            public void refused(String what) {
                refused.add(what);
            }
        });
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            sleep(ofMillis(10));
        }
    }

    @Test
    void cl44_memberOfAnotherAuthority_isToldOf_withItsAddress() throws Exception {
        var certificates = new TestCertificates(shared);
        var ours = Tls.fromPem(certificates.member("ca", "ours"));
        var theirs = Tls.fromPem(certificates.member("other-ca", "theirs"));
        run(() -> {
            try (var other = member(1, theirs).open();
                    var worker = worker(ours).open()) {
                var at = "the member at /" + addresses.get(1) + " that this one has connected to: ";
                await(() -> refused.stream().anyMatch(what -> what.startsWith(at)));
                assertThat(refused).anyMatch(what -> what.contains("unable to find valid certification path"));
                assertThat(worker.members()).isEmpty();
                assertThat(other.members()).isEmpty();
            }
        });
    }

    @Test
    void cl45_peerWithoutAnAllowedName_isRefused_counted_andHasNoEffect() throws Exception {
        var certificates = new TestCertificates(shared);
        var w1 = Tls.fromPem(certificates.member("ca", "worker-1", "-ext", "san=dns:worker-1.acme"))
                .allow("worker-*.acme", "spiffe://acme/caller/*");
        var c1 = Tls.fromPem(certificates.member("ca", "c1", CALLER)).allow("worker-1.acme");
        var other = Tls.fromPem(certificates.member("ca", "other", "-ext", "san=dns:worker-1.sub.acme"));
        run(() -> {
            try (var worker = worker(w1).open();
                    var caller = member(1, c1).open();
                    var stranger = member(2, other).open()) {
                await(() -> caller.members().size() == 1);
                await(() -> worker.snapshot().refusedConnections() > 0);
                assertThat(refused)
                        .anyMatch(what -> what.contains("worker-1.sub.acme")
                                && what.contains("allowed are [worker-*.acme, spiffe://acme/caller/*]"));
                assertThat(caller.call(ECHO, "x")).isEqualTo("x");
                assertThat(stranger.members()).isEmpty();
                assertThat(worker.members()).hasSize(1);
                assertThat(worker.snapshot().suspicions()).isZero();
            }
        });
        assertThat(problems).isEmpty();
    }

    @Test
    void cl44_plainTextAndNoCertificate_areRefusedAndCounted() throws Exception {
        var tls = Tls.fromPem(new TestCertificates(shared).member("ca", "w1"));
        run(() -> {
            try (var worker = worker(tls).open()) {
                var port = Integer.parseInt(addresses.getFirst().split(":")[1]);
                try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes());
                    await(() -> worker.snapshot().refusedConnections() == 1);
                }
                try (var shaking = Executors.newVirtualThreadPerTaskExecutor()) {
                    shaking.submit(() -> {
                        var trusting = SSLContext.getInstance("TLSv1.3");
                        trusting.init(null, null, null);
                        try (var socket =
                                trusting.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
                            return socket.getInputStream().read();
                        }
                    });
                    await(() -> worker.snapshot().refusedConnections() == 2);
                }
                assertThat(refused).hasSize(2).allMatch(what -> what.startsWith("/127.0.0.1:"));
            }
        });
    }

    @Test
    void cl45_filesThatChange_areReadAgain_andBrokenOnesChangeNothing() throws Exception {
        var certificates = new TestCertificates(shared);
        var before = Files.createDirectories(folder.resolve("before"));
        TestCertificates.replace(before, certificates.member("ca", "w1"));
        var after = certificates.member("ca2", "after");
        run(() -> {
            try (var worker = worker(Tls.fromPem(before)).open()) {
                TestCertificates.replace(before, after);
                try (var caller = member(1, Tls.fromPem(after)).open()) {
                    await(() -> caller.members().size() == 1);
                    assertThat(caller.call(ECHO, "x")).isEqualTo("x");
                }
                assertThat(problems).isEmpty();
                Files.writeString(before.resolve("cert.pem"), "broken");
                try (var caller = member(2, Tls.fromPem(after)).open()) {
                    await(() -> caller.members().size() == 1);
                    assertThat(caller.call(ECHO, "x")).isEqualTo("x");
                }
            }
        });
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.message()).contains("the old ones stay in use");
            assertThat(problem.exception()).hasMessageContaining("before");
        });
    }

    @Test
    void cl45_badInput_isNamed() throws Exception {
        var certificates = new TestCertificates(shared);
        var one = certificates.member("ca", "w1");
        var other = certificates.member("ca", "c1", CALLER);
        Files.copy(one.resolve("key.pem"), folder.resolve("key.pem"));
        Files.copy(one.resolve("ca.pem"), folder.resolve("ca.pem"));
        assertThatThrownBy(() -> Tls.fromPem(folder))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("cert.pem: a member needs");
        Files.copy(other.resolve("cert.pem"), folder.resolve("cert.pem"));
        assertThatThrownBy(() -> Tls.fromPem(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not the key of the certificate");
        var expired = certificates.member("ca", "expired", "-startdate", "-3d", "-validity", "1");
        assertThatThrownBy(() -> Tls.fromPem(expired))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has expired");
        var tls = Tls.fromPem(one);
        assertThatThrownBy(tls::allow).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tls.allow("a", " ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Tls.of(SSLContext.getDefault()).allow("a")).isInstanceOf(IllegalStateException.class);
    }
}

package dev.weft.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cluster.internal.engine.PeerId;
import dev.weft.cluster.internal.engine.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that other members would refuse; the member that has them is told. */
class TlsTest {

    private final TestCertificates certificates;

    TlsTest() throws IOException {
        certificates = TestCertificates.shared();
    }

    private static Transport.Receiver notedIn(List<String> failures) {
        return new Transport.Receiver() {
            @Override
            public void view(Set<PeerId> members) {}

            @Override
            public void message(PeerId from, byte[] message) {}

            @Override
            public void failed(String what, Throwable thrown) {
                failures.add(what + ": " + thrown.getMessage());
            }
        };
    }

    @Test
    void certificate_ofOtherDates_isRefused() throws Exception {
        assertThatThrownBy(() -> Tls.fromPem(certificates.withDates("ca", "member", "-10d", 5)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("CN=member-past has expired at 20")
                .hasMessageContaining("renew cert.pem");
        assertThatThrownBy(() -> Tls.fromPem(certificates.withDates("ca", "member", "+10d", 5)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("CN=member-future is valid from 20")
                .hasMessageContaining("clock");
    }

    @Test
    void certificateOrKey_ofAnother_isRefused(@TempDir Path folder) throws Exception {
        var member = certificates.member("ca", "member");
        var stranger = certificates.member("otherCa", "stranger");
        assertThat(Tls.fromPem(mixed(folder.resolve("good"), member, member, member)))
                .isNotNull();
        assertThatThrownBy(() -> Tls.fromPem(mixed(folder.resolve("ca"), stranger, member, member)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("CN=member, issued by CN=ca, is not one that ca.pem vouches for");
        assertThatThrownBy(() -> Tls.fromPem(mixed(folder.resolve("key"), member, member, stranger)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("key.pem is not the key of the certificate of CN=member");
    }

    /** It is told of once, and used when its time has come. */
    @Test
    void cl45_certificateThatIsValidLater_isUsedThen(@TempDir Path folder) throws Exception {
        var failures = new ArrayList<String>();
        var watch = notedIn(failures);
        TestCertificates.replace(folder, certificates.withDates("ca", "early", "-10d", 90));
        var later = certificates.member("ca", "member");
        var now = new AtomicReference<>(Instant.now().minus(Duration.ofDays(2)));
        var files = new PemFolder(folder, now::get);
        var contexts = new PemContexts(files, AllowedNames.ANY, files.read(), watch);
        var before = contexts.get();
        TestCertificates.replace(folder, later);
        assertThat(contexts.get()).isSameAs(before);
        assertThat(contexts.get()).isSameAs(before);
        assertThat(failures).singleElement().asString().contains("is valid from");
        now.set(Instant.now());
        assertThat(contexts.get()).isNotSameAs(before);
        assertThat(failures).hasSize(1);
    }

    /** Others refuse it, and the member that has it would look for the fault elsewhere. */
    @Test
    void cl45_certificateThatExpiresDuringTheRun_isToldOfOnce_byItsMember(@TempDir Path folder) throws Exception {
        var failures = new ArrayList<String>();
        var watch = notedIn(failures);
        TestCertificates.replace(folder, certificates.member("ca", "member"));
        var now = new AtomicReference<>(Instant.now());
        var files = new PemFolder(folder, now::get);
        var contexts = new PemContexts(files, AllowedNames.ANY, files.read(), watch);
        var context = contexts.get();
        assertThat(failures).isEmpty();
        now.set(now.get().plus(Duration.ofDays(36_500)));
        assertThat(contexts.get()).isSameAs(context);
        assertThat(contexts.get()).isSameAs(context);
        assertThat(failures)
                .singleElement()
                .asString()
                .contains("are not valid now")
                .contains("the certificate of CN=member has expired at")
                .contains("renew cert.pem");
    }

    /** As when the renewal has failed some days before. */
    @Test
    void cl45_certificateThatExpiresWhileTheFilesAreBroken_isToldOf(@TempDir Path folder) throws Exception {
        var failures = new ArrayList<String>();
        var watch = notedIn(failures);
        TestCertificates.replace(folder, certificates.member("ca", "member"));
        var now = new AtomicReference<>(Instant.now());
        var files = new PemFolder(folder, now::get);
        var contexts = new PemContexts(files, AllowedNames.ANY, files.read(), watch);
        Files.writeString(folder.resolve("cert.pem"), "");
        contexts.get();
        now.set(now.get().plus(Duration.ofDays(36_500)));
        contexts.get();
        contexts.get();
        assertThat(failures).hasSize(2);
        assertThat(failures.getFirst()).contains("the old ones stay in use: no certificate");
        assertThat(failures.getLast()).contains("are not valid now").contains("no certificate");
    }

    /** Whoever is told of broken files may take long, or look at the connections itself. */
    @Test
    void cl45_brokenFiles_areToldOfUnderNoLock(@TempDir Path folder) throws Exception {
        var got = new ArrayList<Object>();
        var contexts = new AtomicReference<Supplier<SSLContext>>();
        var watch = new Transport.Receiver() {
            @Override
            public void view(Set<PeerId> members) {}

            @Override
            public void message(PeerId from, byte[] message) {}

            @Override
            public void failed(String what, Throwable thrown) {
                var other =
                        Thread.ofVirtual().start(() -> got.add(contexts.get().get()));
                try {
                    got.add(other.join(Duration.ofSeconds(20)));
                } catch (InterruptedException e) {
                    got.add(e);
                }
            }
        };
        TestCertificates.replace(folder, certificates.member("ca", "member"));
        var files = new PemFolder(folder, Instant::now);
        contexts.set(new PemContexts(files, AllowedNames.ANY, files.read(), watch));
        Files.writeString(folder.resolve("cert.pem"), "broken");
        var context = contexts.get().get();
        assertThat(got).containsExactly(context, true);
    }

    private static Path mixed(Path made, Path ca, Path certificate, Path key) throws IOException {
        Files.createDirectories(made);
        Files.copy(ca.resolve("ca.pem"), made.resolve("ca.pem"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(certificate.resolve("cert.pem"), made.resolve("cert.pem"));
        Files.copy(key.resolve("key.pem"), made.resolve("key.pem"));
        return made;
    }
}

package dev.weft.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that other members would refuse; the member that has them is told. */
class TlsTest {

    private final TestCertificates certificates;

    TlsTest() throws IOException {
        certificates = TestCertificates.shared();
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

    private static Path mixed(Path made, Path ca, Path certificate, Path key) throws IOException {
        Files.createDirectories(made);
        Files.copy(ca.resolve("ca.pem"), made.resolve("ca.pem"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(certificate.resolve("cert.pem"), made.resolve("cert.pem"));
        Files.copy(key.resolve("key.pem"), made.resolve("key.pem"));
        return made;
    }
}

package dev.weft.cli;

import static dev.weft.cli.Ran.weft;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cli.certificates.CannotMakeException;
import dev.weft.cli.certificates.MemberCertificates;
import dev.weft.cluster.Tls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code weft certificates} makes what members take. */
class CertificatesTest {

    @TempDir
    Path folder;

    private static X509Certificate read(Path file) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file)));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has other permissions")
    void certificatesWithNames_areOfOneAuthority_alsoLater_andKeysAreTheOwnersAlone() throws Exception {
        var keys = folder.resolve("keys");
        var first = weft("certificates", keys.toString(), "--for", "w1");
        assertThat(first.exitCode()).as(first.err()).isZero();
        var later = weft("certificates", keys.toString(), "--for", "10.0.0.5", "--days", "7");
        assertThat(later.exitCode()).as(later.err()).isZero();
        var authority = read(keys.resolve("ca/ca.pem"));
        for (var name : List.of("w1", "10.0.0.5")) {
            var member = keys.resolve(name);
            assertThat(Tls.fromPem(member)).isNotNull();
            assertThat(read(member.resolve("ca.pem"))).isEqualTo(authority);
            read(member.resolve("cert.pem")).verify(authority.getPublicKey());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(member.resolve("key.pem"))))
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.resolve("ca/key.pem"))))
                .isEqualTo("rw-------");
        assertThat(read(keys.resolve("w1/cert.pem")).getSubjectAlternativeNames())
                .anySatisfy(name -> assertThat(name).asString().contains("w1"));
        try (var left = Files.list(keys)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("ca", "w1", "10.0.0.5");
        }

        var again = weft("certificates", keys.toString(), "--for", "w4,w1");
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err()).contains("w1 is there, and is not written over");
        assertThat(keys.resolve("w4")).doesNotExist();
    }

    @Test
    void certificateWithoutNames_isForAll_andKeepsNoKeyOfTheAuthority() throws Exception {
        var tls = folder.resolve("tls");
        assertThat(weft("certificates", tls.toString()).exitCode()).isZero();
        assertThat(Tls.fromPem(tls)).isNotNull();
        try (var made = Files.list(tls)) {
            assertThat(made.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("ca.pem", "cert.pem", "key.pem");
        }
        var key = Files.readString(tls.resolve("key.pem"));
        var again = weft("certificates", tls.toString());
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err()).contains("ca.pem is there, and is not written over", "remove it");
        assertThat(tls.resolve("key.pem")).hasContent(key);

        // and with it, an address of the network is taken, if it is one of this machine
        var worker =
                weft("worker", "--bind", "198.51.100.7:7800", "--join", "198.51.100.7:7800", "--tls", tls.toString());
        assertThat(worker.exitCode()).isEqualTo(69);
        assertThat(worker.err()).contains("does not have the address 198.51.100.7");
    }

    @Test
    void javaWithoutKeytool_isToldWhatToDo() throws IOException {
        var made = new MemberCertificates(folder.resolve("tls"), folder.resolve("java"), 1);
        assertThatThrownBy(made::makeOne)
                .isInstanceOf(CannotMakeException.class)
                .hasMessageContaining("there is no keytool in " + folder.resolve("java"))
                .hasMessageContaining("JDK");
        try (var left = Files.list(folder.resolve("tls"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void authorityWithoutItsKey_isToldWhatToDo() throws Exception {
        var ca = Files.createDirectories(folder.resolve("keys/ca"));
        var ran = weft("certificates", ca.getParent().toString(), "--for", "w1");
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("key.pem", "it is not there", "another folder");
        assertThat(folder.resolve("keys/w1")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/b", ".hidden", "ca", "w1,w1", "a,CN=b"})
    void namesThatAreNoFolders_areWrongUsage(String names) {
        var ran = weft("certificates", folder.resolve("keys").toString(), "--for", names);
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("--for");
        assertThat(folder.resolve("keys")).doesNotExist();
    }
}

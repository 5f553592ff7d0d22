package dev.weft.cluster;

import static dev.weft.cluster.SimulatedCluster.ECHO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings of a file, the environment and system properties, all of them given to the test. */
class OutsideSettingsTest {

    @TempDir
    Path folder;

    private final WorkersBuilder builder = Workers.builder("alone");

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("weft-cluster.properties"), text);
    }

    private WorkersBuilder configured(Map<String, String> environment, Map<String, String> properties)
            throws IOException {
        new OutsideSettings(environment, properties, folder).apply(builder, null);
        return builder;
    }

    private void isRefused(Map<String, String> environment, Map<String, String> properties, String... lines) {
        assertThatThrownBy(() -> configured(environment, properties))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(e ->
                        assertThat(e.getMessage().replace(folder + "/", "")).isEqualTo(String.join("\n  ", lines)));
    }

    /** The member as others would see it. */
    private Member member() throws Exception {
        try (var workers = TestMembers.open(any -> builder.local(true).serve(ECHO, text -> text))) {
            workers.call(ECHO, "x");
            return workers.members().getFirst();
        }
    }

    @Test
    void fileThenEnvironmentThenProperties_theLaterOneWins() throws Exception {
        file("""
            # of all members
            name = from the file
            limit: 7
            suspectAfter   5s
            onLoss=at-once
            local=true
            maxFrame=64KiB
            introspection=true
            join=127.0.0.1:7801, \\
                 127.0.0.1:7802
            bind=127.0.0.1:7801
            insecure=true
            """);
        builder.name("from the code").limit(1);
        configured(
                Map.of("WEFT_CLUSTER_LIMIT", "8", "WEFT_CLUSTER_NAME", "variable", "PATH", "x"),
                Map.of("weft.cluster.name", "property", "user.name", "x"));
        var member = member();
        assertThat(member.name()).isEqualTo("property");
        assertThat(member.limit()).isEqualTo(8);
        builder.limit(9); // called afterwards: the last word
        assertThat(Workers.builder("other").limit(9)).isNotNull();
    }

    @Test
    void withoutAFile_othersDo_andTheCodeHasTheRest() throws Exception {
        builder.name("from the code").limit(3);
        configured(Map.of("WEFT_CLUSTER_LIMIT", "8"), Map.of());
        var member = member();
        assertThat(member.name()).isEqualTo("from the code");
        assertThat(member.limit()).isEqualTo(8);
    }

    @Test
    void allMistakes_areToldAtOnce_withTheirPlaces() throws Exception {
        file("""
            limt=7
            suspectAfter=3
            # a comment
            limit=1

            limit=2
            bind=127.0.0.1:\\
              none
            colour=red
            name=\\u00zz
            maxFrame=1 GB
            join=127.0.0.1:1,,127.0.0.1:2
            joinDns=members.invalid
            onLoss=never
            tls=missing
            allow=a
            """);
        isRefused(
                Map.of("WEFT_CLUSTER_SUSPECTAFTER", "3s", "WEFT_CLUSTER_SERVICE_HOST", "10.0.0.1"),
                Map.of("weft.cluster.insecure", "true", "weft.cluster.local", "", "weft.cluster.limits", "3"),
                "15 mistakes in the settings of a member:",
                "weft-cluster.properties:1: unknown key 'limt': did you mean 'limit'?",
                "weft-cluster.properties:6: limit is set in weft-cluster.properties:4 already: leave one out",
                "weft-cluster.properties:9: unknown key 'colour'; the keys are allow, bind, insecure, introspection,"
                        + " join, joinDns, limit, local, maxFrame, name, onLoss, suspectAfter, tls",
                "weft-cluster.properties:10: a \\u is not followed by four hexadecimal digits",
                "WEFT_CLUSTER_SUSPECTAFTER: did you mean WEFT_CLUSTER_SUSPECT_AFTER?",
                "-Dweft.cluster.limits: did you mean -Dweft.cluster.limit?",
                "weft-cluster.properties:7: bind: not a port in '127.0.0.1:none'; an address is as 10.0.0.5:7800,"
                        + " [::1]:7800 or host:7800",
                "weft-cluster.properties:12: join: '127.0.0.1:1,,127.0.0.1:2' has an empty item: write items with a"
                        + " comma between two",
                "-Dweft.cluster.local: local: the value is empty",
                "weft-cluster.properties:11: maxFrame: '1 GB' is not a size: write it as 65536, 64KiB or 1MiB",
                "weft-cluster.properties:14: onLoss: 'never' is neither strict nor at-once",
                "weft-cluster.properties:2: suspectAfter: '3' is not a time: write 3s or 3ms",
                "weft-cluster.properties:15: tls: no file missing/ca.pem: a member needs ca.pem, cert.pem and key.pem",
                "-Dweft.cluster.insecure: insecure: tls is set in weft-cluster.properties:15: leave one out",
                "weft-cluster.properties:13: joinDns: join is set in weft-cluster.properties:12: leave one out");
    }

    @Test
    void valuesOutOfRange_areMistakes() throws Exception {
        file("limit=0\nmaxFrame=64MiB\nsuspectAfter=1ms\nallow=x\nlocal=yes\n");
        isRefused(
                Map.of(),
                Map.of(),
                "4 mistakes in the settings of a member:",
                "weft-cluster.properties:1: limit: the limit must be 1 to 1,000,000: 0",
                "weft-cluster.properties:5: local: 'yes' is neither true nor false",
                "weft-cluster.properties:3: suspectAfter: suspectAfter must be 500 ms to 1 h: PT0.001S",
                "weft-cluster.properties:4: allow: goes with tls, which is not set");
    }

    @Test
    void folderOfTls_isRelativeToItsFile() throws Exception {
        var tls = TestCertificates.shared().member("ca", "member");
        var file = Files.writeString(
                Files.createDirectory(folder.resolve("etc")).resolve("member.properties"),
                "tls=../tls\nallow=member, *\n");
        Files.createDirectory(folder.resolve("tls"));
        for (var name : new String[] {"ca.pem", "cert.pem", "key.pem"}) {
            Files.copy(tls.resolve(name), folder.resolve("tls").resolve(name));
        }
        configured(Map.of("WEFT_CLUSTER_CONFIG", file.toString()), Map.of());
        configured(Map.of("WEFT_CLUSTER_CONFIG", "nowhere"), Map.of("weft.cluster.config", "etc/member.properties"));
        assertThatThrownBy(() -> configured(Map.of("WEFT_CLUSTER_CONFIG", "nowhere"), Map.of()))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("nowhere")
                .hasMessageContaining("the settings of a member");
        assertThatThrownBy(() -> builder.configure(folder.resolve("nothing"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void fileThatIsNotText_isNamed() throws Exception {
        Files.write(folder.resolve("weft-cluster.properties"), new byte[] {'n', (byte) 0xC3, '('});
        assertThatThrownBy(() -> configured(Map.of(), Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("weft-cluster.properties is not in UTF-8: save it in UTF-8");
        Files.write(folder.resolve("weft-cluster.properties"), new byte[(1 << 20) + 1]);
        assertThatThrownBy(() -> configured(Map.of(), Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("more than 1 MiB");
    }
}

package dev.weft.cli;

import static dev.weft.cli.Ran.weft;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.hostile.HostileServer;
import dev.weft.cli.hostile.Traps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that go wrong before there is a request, most of them in TLS. */
class HostileConnectionsTest {

    private static final int PATIENCE_SECONDS = 20;

    private static HostileServer server;
    private static Map<String, String> traps;
    private static Ran ran;

    @BeforeAll
    static void fetchAll() throws Exception {
        server = new HostileServer();
        traps = Traps.setOn(server);
        var before = SSLContext.getDefault();
        SSLContext.setDefault(Traps.trusting());
        try {
            var arguments = new ArrayList<>(List.of("fetch", "--format", "ndjson", "--timeout", "3s"));
            arguments.addAll(traps.values());
            ran = weft(arguments.toArray(String[]::new));
        } finally {
            SSLContext.setDefault(before);
        }
    }

    @AfterAll
    static void close() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "close           | io  | without an answer",
                "banner          | io  | the answer is not HTTP (invalid status line: \"220 mail",
                "tls-close       | tls | the server broke the connection before it was secure",
                "tls-reset       | tls | the server broke the connection before it was secure",
                "tls-plain       | tls | the server does not speak TLS on this port",
                "tls-garbage     | tls | no secure connection (",
                "tls-refuses     | tls | the server offers no version of TLS that is safe",
                "tls-1.0         | tls | the server offers no version of TLS that is safe",
                "tls-expired     | tls | the certificate has expired",
                "tls-future      | tls | the certificate is not valid yet",
                "tls-other-host  | tls | the certificate is for another host",
                "tls-self-signed | tls | the certificate is not from an authority known here",
            })
    void connection_thatGoesWrong_isAnError_inWords(String trap, String kind, String words) {
        var result = ran.result(traps.get(trap));
        assertThat(result).containsEntry("outcome", "error").containsEntry("kind", kind);
        assertThat(result.get("message").toString()).contains(words);
    }

    /** Connected or not yet: that depends on which side is quicker. */
    @Test
    void reset_whileConnecting_isAnError_inWords() {
        var result = ran.result(traps.get("reset"));
        assertThat(result.get("kind")).isIn("connect", "io");
        assertThat(result.get("message").toString()).startsWith("the server ").contains("the connection");
    }

    @Test
    void handshake_thatStops_isLimited() {
        assertThat(ran.result(traps.get("tls-silent")))
                .containsEntry("outcome", "timeout")
                .containsEntry("phase", "answer");
    }

    @Test
    void certificate_thatIsGood_isTaken() {
        assertThat(ran.result(traps.get("tls-good"))).containsEntry("outcome", "ok");
    }

    @Test
    void all_areAccountedFor_andNoConnectionIsLeft() throws Exception {
        assertThat(ran.results()).hasSize(traps.size());
        assertThat(server.awaitIdle(PATIENCE_SECONDS)).isTrue();
    }
}

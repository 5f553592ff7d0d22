package dev.weft.cli.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.ScriptedServer;
import dev.weft.cli.http.Trust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Hosts with several addresses, and hosts whose names Java's client does not take. */
class AddressesTest {

    private static List<Map<String, Object>> fetch(List<String> addresses, String... urls) throws Exception {
        return FoundAt.fetch(new Trust.Usual(), addresses, urls);
    }

    @Test
    void address_thatRefuses_isFollowedByTheNext() throws Exception {
        try (var server = new ScriptedServer(r -> ScriptedServer.answer(200, ""))) {
            for (var first : List.of("127.0.0.2", "::1")) {
                var url = "http://" + FoundAt.host() + ":" + server.port() + "/";
                assertThat(fetch(List.of(first, "127.0.0.1"), url))
                        .singleElement()
                        .satisfies(result -> assertThat(result).containsEntry("outcome", "ok"));
            }
        }
    }

    @Test
    void address_thatDoesNotAnswer_isFollowedByTheNext_onceForAHost() throws Exception {
        try (var server = new ScriptedServer(r -> ScriptedServer.answer(200, ""));
                var silent = new ServerSocket()) {
            // one that takes no connection: its queue of one is full
            silent.bind(new InetSocketAddress("127.0.0.3", server.port()), 1);
            var fill = new ArrayList<Socket>();
            try {
                for (var i = 0; i < 8; i++) {
                    var socket = new Socket();
                    fill.add(socket);
                    try {
                        socket.connect(silent.getLocalSocketAddress(), 100);
                    } catch (IOException e) {
                        break; // full
                    }
                }
                var host = FoundAt.host();
                var urls = IntStream.range(0, 20)
                        .mapToObj(i -> "http://" + host + ":" + server.port() + "/" + i)
                        .toArray(String[]::new);
                assertThat(fetch(List.of("127.0.0.3", "127.0.0.1"), urls))
                        .hasSize(20)
                        .allSatisfy(result -> assertThat(result).containsEntry("outcome", "ok"));
            } finally {
                for (var socket : fill) {
                    socket.close();
                }
            }
        }
    }

    @Test
    void addresses_thatAllRefuse_areAConnectError() throws Exception {
        assertThat(fetch(List.of("127.0.0.1", "127.0.0.2"), "http://" + FoundAt.host() + ":1/"))
                .singleElement()
                .satisfies(result -> assertThat(result).containsEntry("kind", "connect"));
    }

    @Test
    void twoPortsOfOneHost_areFoundAtTwoAddresses() throws Exception {
        try (var one = new ScriptedServer(r -> ScriptedServer.answer(200, ""));
                var other = serving("127.0.0.4")) {
            var host = FoundAt.host();
            var urls = Stream.of(one.port(), other.getLocalPort())
                    .map(port -> "http://" + host + ":" + port + "/")
                    .toArray(String[]::new);
            assertThat(fetch(List.of("127.0.0.4", "127.0.0.1"), urls))
                    .allSatisfy(result -> assertThat(result).containsEntry("outcome", "ok"));
        }
    }

    /** One that answers everything with nothing. */
    private static ServerSocket serving(String address) throws IOException {
        var listener = new ServerSocket(0, 50, InetAddress.ofLiteral(address));
        Thread.ofVirtual().start(() -> {
            while (!listener.isClosed()) {
                try (var socket = listener.accept()) {
                    var in = socket.getInputStream();
                    if (in.read(new byte[4096]) > 0) {
                        socket.getOutputStream()
                                .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".getBytes());
                    }
                } catch (IOException e) {
                    // closed, or a client that only looks
                }
            }
        });
        return listener;
    }

    @Test
    void hostWithAnUnderscore_isAskedByItsName() throws Exception {
        try (var server = new ScriptedServer(r -> ScriptedServer.answer(200, ""))) {
            var name = "my_service." + FoundAt.host() + ":" + server.port();
            assertThat(fetch(List.of("127.0.0.1"), "http://" + name + "/x"))
                    .singleElement()
                    .satisfies(result -> assertThat(result).containsEntry("outcome", "ok"));
            assertThat(server.requests())
                    .singleElement()
                    .satisfies(request -> assertThat(request.headers()).containsEntry("host", name));
        }
    }
}

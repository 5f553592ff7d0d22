package dev.weft.cli.fetch;

import static dev.weft.Weft.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.ScriptedServer;
import dev.weft.cli.console.StandardIo;
import dev.weft.cli.http.Proxies;
import dev.weft.cli.http.Request;
import dev.weft.cli.http.Transport;
import dev.weft.cli.http.Trust;
import dev.weft.cli.input.Inputs;
import dev.weft.cli.keep.KeptFiles;
import dev.weft.cli.model.Limits;
import dev.weft.cli.model.StatusSet;
import dev.weft.cli.model.Stopwatch;
import dev.weft.cli.model.Verdict;
import dev.weft.cli.report.Format;
import dev.weft.cli.report.ProgressMode;
import dev.weft.diagnostics.TinyJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Hosts with several addresses, and hosts whose names Java's client does not take. */
class AddressesTest {

    private static final AtomicInteger HOSTS = new AtomicInteger();

    /** Which is chosen is known to the whole process: each test has hosts of its own. */
    private static String host() {
        return "host" + HOSTS.incrementAndGet() + ".weft-test.invalid";
    }

    private static List<Map<String, Object>> fetch(List<String> addresses, String... urls) throws Exception {
        var out = new ByteArrayOutputStream();
        var io = new StandardIo(
                InputStream.nullInputStream(), out, OutputStream.nullOutputStream(), Map.of(), false, false);
        var options = new FetchOptions(
                new Inputs(List.of(urls), List.of(), io.in()),
                new Limits(null, Duration.ofSeconds(60), 100, 6, null, Long.MAX_VALUE, 10),
                new Retries(0, Duration.ZERO, Duration.ZERO),
                new Request("GET", List.of(), false),
                new Transport(Proxies.of("", null, Map.of()), new Trust.Usual(), false),
                StatusSet.SUCCESS,
                Verdict.NOT_OK,
                null,
                null,
                new FetchOptions.Shown(Format.NDJSON, ProgressMode.NEVER, null, false));
        var all = addresses.stream().map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
        run(() -> new FetchRun(options, KeptFiles.NOTHING, io, Stopwatch.start(), host -> all).execute());
        var records = out.toString().lines().map(TinyJson::object).toList();
        return records.subList(0, records.size() - 1);
    }

    @Test
    void address_thatRefuses_isFollowedByTheNext() throws Exception {
        try (var server = new ScriptedServer(r -> ScriptedServer.answer(200, ""))) {
            for (var first : List.of("127.0.0.2", "::1")) {
                var url = "http://" + host() + ":" + server.port() + "/";
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
                var host = host();
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
        assertThat(fetch(List.of("127.0.0.1", "127.0.0.2"), "http://" + host() + ":1/"))
                .singleElement()
                .satisfies(result -> assertThat(result).containsEntry("kind", "connect"));
    }

    @Test
    void twoPortsOfOneHost_areFoundAtTwoAddresses() throws Exception {
        try (var one = new ScriptedServer(r -> ScriptedServer.answer(200, ""));
                var other = serving("127.0.0.4")) {
            var host = host();
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
            var name = "my_service." + host() + ":" + server.port();
            assertThat(fetch(List.of("127.0.0.1"), "http://" + name + "/x"))
                    .singleElement()
                    .satisfies(result -> assertThat(result).containsEntry("outcome", "ok"));
            assertThat(server.requests())
                    .singleElement()
                    .satisfies(request -> assertThat(request.headers()).containsEntry("host", name));
        }
    }
}

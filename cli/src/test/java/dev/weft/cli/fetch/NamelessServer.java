package dev.weft.cli.fetch;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A process with a TLS server that does not read which host a client names: Java's refuses a name with {@code _}, but
 * can be told so for a whole process alone. It writes its port, and then the {@code Host} of each request.
 */
final class NamelessServer implements AutoCloseable {

    private static final char[] PASSWORD = "secret".toCharArray();

    private final Process process;
    private final int port;

    NamelessServer() throws IOException {
        process = new ProcessBuilder(List.of(
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Djdk.tls.server.disableExtensions=server_name",
                        "-cp",
                        System.getProperty("java.class.path"),
                        NamelessServer.class.getName()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        port = Integer.parseInt(process.inputReader().readLine());
    }

    int port() {
        return port;
    }

    /** The hosts that have been asked for; ends the server. */
    List<String> hosts() throws InterruptedException, IOException {
        process.outputWriter().close();
        return new ArrayList<>(process.inputReader().lines().toList());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    static KeyStore keys() throws Exception {
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = NamelessServer.class.getResourceAsStream("/dev/weft/cli/names.p12")) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    public static void main(String[] args) throws Exception {
        var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys(), PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), null, null);
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 50);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            System.out.println(exchange.getRequestHeaders().getFirst("Host"));
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("ok".getBytes());
            exchange.close();
        });
        server.start();
        System.out.println(server.getAddress().getPort());
        System.in.transferTo(java.io.OutputStream.nullOutputStream());
        System.exit(0);
    }
}

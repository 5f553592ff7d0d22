import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Serves a page on this machine, with and without TLS: to be fetched when the program's cache is made, and when the
 * packed program is tested. Prints the two URLs, and ends with standard input.
 *
 * <p>Usage: java PageServer.java KEYS.p12 PASSWORD
 */
final class PageServer {

    private PageServer() {}

    public static void main(String... args) throws IOException, GeneralSecurityException {
        HttpHandler handler = exchange -> {
            try (exchange) {
                var body = "<title>a page</title>\n".repeat(100).getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        };
        var address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
        var plain = HttpServer.create(address, 0);
        var secure = HttpsServer.create(address, 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(context(Path.of(args[0]), args[1].toCharArray())));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var server : new HttpServer[] {plain, secure}) {
                server.setExecutor(threads);
                server.createContext("/", handler);
                server.start();
            }
            System.out.println("http://127.0.0.1:" + plain.getAddress().getPort() + "/page");
            System.out.println("https://127.0.0.1:" + secure.getAddress().getPort() + "/page");
            while (System.in.read() >= 0) {
                // until its end
            }
            plain.stop(0);
            secure.stop(0);
        }
    }

    private static SSLContext context(Path file, char[] password) throws IOException, GeneralSecurityException {
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            keys.load(in, password);
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, password);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}

package dev.weft.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The nginx that is installed, with a configuration, logs and ports of its own, on loopback. It serves the folder
 * {@code site}, by HTTP/1.1 at {@link #url}, and by HTTP/2 with a certificate of its own at {@link #tls}. It ends with
 * its owner, also if that is killed.
 */
final class Nginx implements AutoCloseable {

    private static final char[] PASSWORD = "secret".toCharArray();
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** It ends when the shell's standard input does, which nobody holds but this process. */
    private static final String SHELL = "\"$@\" </dev/null & read -r _; kill $! 2>/dev/null; wait $!";

    private final Path folder;
    private final int port;
    private final int tlsPort;
    private final Process shell;
    private final Thread reader;
    private final List<String> log = new ArrayList<>();
    private boolean ended;

    /** Where it is; empty where it is not installed. */
    static Optional<Path> program() {
        var folders = System.getenv().getOrDefault("PATH", "")
                + File.pathSeparator
                + String.join(File.pathSeparator, "/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin");
        return Arrays.stream(folders.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private Nginx(Path folder, String listen, String http, String server) throws Exception {
        this.folder = folder;
        this.port = freePort();
        this.tlsPort = freePort();
        Files.createDirectories(folder.resolve("site"));
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            // for workers of another user, as they are if root starts it
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        writeCertificate(folder);
        Files.writeString(folder.resolve("nginx.conf"), """
            daemon off;
            worker_processes 1;
            pid nginx.pid;
            error_log stderr notice;
            events { worker_connections 512; }
            http {
                log_format line '$connection $status $server_protocol $request_uri';
                access_log access.log line;
                client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi; scgi_temp_path scgi;
                %s
                server {
                    listen %s:%d;
                    listen %s:%d ssl http2;
                    ssl_certificate certificate.pem;
                    ssl_certificate_key key.pem;
                    root site;
                    %s
                }
            }
            """.formatted(http, listen, port, listen, tlsPort, server));
        var command = command();
        command.addAll(0, List.of("sh", "-c", SHELL, "sh"));
        this.shell = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        this.reader = Thread.ofVirtual().start(this::readLog);
    }

    /** Starts it, with these lines in its {@code http} and {@code server}, and waits until it serves. */
    static Nginx start(Path folder, String http, String server) throws Exception {
        return start(folder, "127.0.0.1", http, server);
    }

    static Nginx start(Path folder, String server) throws Exception {
        return start(folder, "", server);
    }

    static Nginx start(Path folder, String listen, String http, String server) throws Exception {
        for (var tries = 1; ; tries++) {
            var nginx = new Nginx(folder, listen, http, server);
            try {
                nginx.awaitLog("start worker process ", 1);
                return nginx;
            } catch (IOException e) {
                nginx.close();
                // somebody else was quicker to take a port
                if (tries == 3 || !String.valueOf(e.getMessage()).contains("Address already in use")) {
                    throw e;
                }
            }
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    /** That of the other tests, which is for 127.0.0.1. */
    private static void writeCertificate(Path folder) throws Exception {
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Nginx.class.getResourceAsStream("keys.p12")) {
            keys.load(in, PASSWORD);
        }
        writePem(
                folder.resolve("certificate.pem"),
                "CERTIFICATE",
                keys.getCertificate("test").getEncoded());
        writePem(
                folder.resolve("key.pem"),
                "PRIVATE KEY",
                keys.getKey("test", PASSWORD).getEncoded());
    }

    private static void writePem(Path file, String name, byte[] bytes) throws IOException {
        Files.writeString(
                file,
                "-----BEGIN " + name + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + name
                        + "-----\n");
    }

    private List<String> command(String... more) {
        var command = new ArrayList<>(
                List.of(program().orElseThrow().toString(), "-p", folder + "/", "-c", "nginx.conf", "-e", "stderr"));
        command.addAll(List.of(more));
        return command;
    }

    private void readLog() {
        try (var lines = shell.errorReader(UTF_8)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                synchronized (log) {
                    log.add(line);
                    log.notifyAll();
                }
            }
        } catch (IOException e) {
            // as at its end
        } finally {
            synchronized (log) {
                ended = true;
                log.notifyAll();
            }
        }
    }

    /**
     * Waits until its log of errors has so many lines with a text.
     *
     * @throws IOException with the log, if it ends before, or does not say it in a minute
     */
    void awaitLog(String text, int count) throws IOException, InterruptedException {
        var end = System.nanoTime() + PATIENCE_NANOS;
        synchronized (log) {
            while (log.stream().filter(line -> line.contains(text)).count() < count) {
                var left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (ended || left <= 0) {
                    throw new IOException("nginx did not say '" + text + "' but:\n" + String.join("\n", log));
                }
                log.wait(left);
            }
        }
    }

    /** {@code nginx -s}: {@code reload} or {@code quit}. */
    void signal(String signal) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command("-s", signal))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("nginx -s " + signal + " ended with " + process.exitValue());
        }
    }

    String url(String target) {
        return "http://127.0.0.1:" + port + target;
    }

    String tls(String target) {
        return "https://127.0.0.1:" + tlsPort + target;
    }

    int port() {
        return port;
    }

    Path certificate() {
        return folder.resolve("certificate.pem");
    }

    Path site() {
        return folder.resolve("site");
    }

    /** A line of its log of requests. */
    record Logged(String connection, int status, String protocol, String target) {}

    /** Ends it, and says what was asked, in that order. */
    List<Logged> requests() throws IOException, InterruptedException {
        close();
        try (Stream<String> lines = Files.lines(folder.resolve("access.log"))) {
            return lines.map(line -> line.split(" ", 4))
                    .map(part -> new Logged(part[0], Integer.parseInt(part[1]), part[2], part[3]))
                    .toList();
        }
    }

    /** Ends it, and waits until it has ended. */
    @Override
    public void close() throws IOException, InterruptedException {
        try {
            shell.getOutputStream().close();
        } catch (IOException e) {
            // it has ended by itself
        }
        if (!shell.waitFor(PATIENCE_NANOS, TimeUnit.NANOSECONDS)) {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
            throw new IOException("nginx did not end in a minute");
        }
        reader.join(); // all that it has started have closed its log
    }
}

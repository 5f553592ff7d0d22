package dev.weft.cli;

import dev.weft.cli.text.JsonWriter;
import dev.weft.diagnostics.TinyJson;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A headless Chromium, spoken to by its debugging protocol. Not thread-safe. */
final class Browser implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final Path profile;
    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final LinkedBlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final WebSocket socket;
    private long commands;
    private String session = "";

    private Browser(String program) throws Exception {
        profile = Files.createTempDirectory("weft-browser");
        process = new ProcessBuilder(
                        program,
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--disable-dev-shm-usage",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile)
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("log").toFile())
                .start();
        socket = connect();
        var page = command("", "Target.createTarget", "{\"url\":\"about:blank\"}");
        var attached = command(
                "", "Target.attachToTarget", "{\"flatten\":true,\"targetId\":\"" + page.get("targetId") + "\"}");
        session = (String) attached.get("sessionId");
        command("Page.enable", "{}");
        command("Runtime.enable", "{}");
    }

    /** The browser's program: what {@code WEFT_BROWSER} names, or one of the usual names on the path. */
    static Optional<String> program() {
        var told = System.getenv("WEFT_BROWSER");
        if (told != null && !told.isEmpty()) {
            return Optional.of(told);
        }
        var folders = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator);
        return Stream.of("chromium", "chromium-browser", "google-chrome", "chrome")
                .flatMap(name -> Arrays.stream(folders).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    static Browser open(String program) throws Exception {
        return new Browser(program);
    }

    private WebSocket connect() throws Exception {
        var port = profile.resolve("DevToolsActivePort");
        var give = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!Files.exists(port) || Files.readAllLines(port).size() < 2) {
            if (!process.isAlive() || System.nanoTime() > give) {
                throw new IOException("the browser does not start: " + Files.readString(profile.resolve("log")));
            }
            process.waitFor(20, TimeUnit.MILLISECONDS);
        }
        var lines = Files.readAllLines(port);
        return client.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1)), new WebSocket.Listener() {
                    private final StringBuilder text = new StringBuilder();

                    @Override
                    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
                        text.append(data);
                        if (last) {
                            received.add(text.toString());
                            text.setLength(0);
                        }
                        from.request(1);
                        return null;
                    }
                })
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private Map<String, Object> command(String method, String parameters) throws Exception {
        return command(session, method, parameters);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> command(String inSession, String method, String parameters) throws Exception {
        var id = ++commands;
        var text = "{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + parameters
                + (inSession.isEmpty() ? "" : ",\"sessionId\":\"" + inSession + "\"") + "}";
        socket.sendText(text, true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        while (true) {
            var answer = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (answer == null) {
                throw new IOException("the browser does not answer " + method);
            }
            if (answer.startsWith("{\"id\":" + id + ",")) {
                var object = TinyJson.object(answer);
                if (object.containsKey("error")) {
                    throw new IOException(method + ": " + object.get("error"));
                }
                return (Map<String, Object>) object.get("result");
            }
        }
    }

    /** Shows a file in a window of this size. */
    void show(Path file, int width, int height, boolean dark) throws Exception {
        command(
                "Emulation.setDeviceMetricsOverride",
                "{\"width\":" + width + ",\"height\":" + height + ",\"deviceScaleFactor\":1,\"mobile\":false}");
        command(
                "Emulation.setEmulatedMedia",
                "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"" + (dark ? "dark" : "light") + "\"}]}");
        command("Page.navigate", "{\"url\":\"" + file.toUri() + "\"}");
        var give = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!"1".equals(text("document.readyState === 'complete' && document.body.dataset.drawn"))) {
            if (System.nanoTime() > give) {
                throw new IOException("the page is not drawn: " + file);
            }
        }
    }

    /** The value of a script, as text; waits until what it changed has been drawn. */
    @SuppressWarnings("unchecked")
    String text(String script) throws Exception {
        var quoted = JsonWriter.shown()
                .open('{')
                .field("expression", script)
                .close('}')
                .toString();
        var answer = command(
                "Runtime.evaluate",
                quoted.substring(0, quoted.length() - 1) + ",\"returnByValue\":true,\"awaitPromise\":true}");
        var failed = (Map<String, Object>) answer.get("exceptionDetails");
        if (failed != null) {
            throw new AssertionError(script + ": " + failed);
        }
        return String.valueOf(((Map<String, Object>) answer.get("result")).get("value"));
    }

    double number(String script) throws Exception {
        return Double.parseDouble(text("String(" + script + ")"));
    }

    /** Waits until the next frame has been drawn. */
    void settle() throws Exception {
        text("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done('drawn'))))");
    }

    void mouse(String type, double x, double y, int buttons) throws Exception {
        command(
                "Input.dispatchMouseEvent",
                "{\"type\":\"" + type + "\",\"x\":" + x + ",\"y\":" + y + ",\"buttons\":" + buttons
                        + (type.equals("mouseMoved") ? "" : ",\"button\":\"left\",\"clickCount\":1") + "}");
        settle();
    }

    void wheel(double x, double y, double deltaY, boolean control) throws Exception {
        command(
                "Input.dispatchMouseEvent",
                "{\"type\":\"mouseWheel\",\"x\":" + x + ",\"y\":" + y + ",\"deltaX\":0,\"deltaY\":" + deltaY
                        + ",\"modifiers\":" + (control ? 2 : 0) + "}");
        settle();
    }

    void click(double x, double y) throws Exception {
        mouse("mousePressed", x, y, 1);
        mouse("mouseReleased", x, y, 0);
    }

    /** Presses a key that is a character. */
    void key(String key) throws Exception {
        command("Input.dispatchKeyEvent", "{\"type\":\"keyDown\",\"key\":\"" + key + "\",\"text\":\"" + key + "\"}");
        command("Input.dispatchKeyEvent", "{\"type\":\"keyUp\",\"key\":\"" + key + "\"}");
        settle();
    }

    /** Presses a key that is none, as {@code ArrowDown}. */
    void control(String key) throws Exception {
        command("Input.dispatchKeyEvent", "{\"type\":\"rawKeyDown\",\"key\":\"" + key + "\"}");
        command("Input.dispatchKeyEvent", "{\"type\":\"keyUp\",\"key\":\"" + key + "\"}");
        settle();
    }

    void type(String text) throws Exception {
        command(
                "Input.insertText",
                JsonWriter.shown().open('{').field("text", text).close('}').toString());
        settle();
    }

    byte[] picture() throws Exception {
        settle();
        return Base64.getDecoder().decode((String)
                command("Page.captureScreenshot", "{\"format\":\"png\"}").get("data"));
    }

    @Override
    public void close() throws IOException {
        socket.abort();
        client.close();
        process.destroyForcibly();
        process.onExit().join();
        List<Path> files;
        try (var all = Files.walk(profile)) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (var file : files) {
            file.toFile().delete();
        }
    }
}

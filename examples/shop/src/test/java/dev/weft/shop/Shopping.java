package dev.weft.shop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A shop in a process of its own. */
final class Shopping implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("started on port (\\d+)");
    private static final long SECONDS = 90;

    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final CompletableFuture<String> url = new CompletableFuture<>();

    private Shopping(Process process) {
        this.process = process;
    }

    static Shopping start(List<String> command, List<String> arguments) throws Exception {
        var all = new ArrayList<>(command);
        all.addAll(arguments);
        all.addAll(List.of("--server.port=0", "--logging.level.org.springframework.boot.tomcat=info"));
        var shop =
                new Shopping(new ProcessBuilder(all).redirectErrorStream(true).start());
        Thread.ofVirtual().start(shop::read);
        try {
            shop.url.get(SECONDS, TimeUnit.SECONDS);
            return shop;
        } catch (Exception e) {
            shop.close();
            throw new IllegalStateException("the shop has not started: " + String.join("\n", shop.output), e);
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                synchronized (output) {
                    output.add(line);
                    output.notifyAll();
                }
                var port = PORT.matcher(line);
                if (port.find()) {
                    url.complete("http://127.0.0.1:" + port.group(1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            url.completeExceptionally(new IOException("it has ended"));
        }
    }

    String url() {
        return url.join();
    }

    long pid() {
        return process.pid();
    }

    List<String> output() {
        return output;
    }

    /** Returns when a line contains {@code text}. */
    void awaitOutput(String text) throws InterruptedException {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        synchronized (output) {
            while (output.stream().noneMatch(line -> line.contains(text))) {
                var left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    throw new IllegalStateException("no line has '" + text + "': " + String.join("\n", output));
                }
                output.wait(left);
            }
        }
    }

    /** SIGTERM, on Linux and macOS. The process's own method would close its output too. */
    void sigterm() {
        process.toHandle().destroy();
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the shop goes on: " + String.join("\n", output));
        }
        return process.exitValue();
    }

    @Override
    public void close() throws InterruptedException {
        if (process.isAlive()) {
            process.destroy();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }
}

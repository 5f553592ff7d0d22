package dev.weft.cli;

import dev.weft.cli.console.StandardIo;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** {@code weft worker} in a thread of this process, until it is closed. */
final class RunningWorker implements AutoCloseable {

    private static final AtomicInteger NEXT_PORT = new AtomicInteger(new Random().nextInt(8_000));

    private final HeardOutput err = new HeardOutput();
    private final Thread thread;
    private volatile int exitCode = -1;

    /** Waits until it has joined. */
    RunningWorker(String bind, String peers, String... more) throws InterruptedException {
        var io = new StandardIo(
                new ByteArrayInputStream(new byte[0]), new ByteArrayOutputStream(), err, Map.of(), false, false);
        var words = Stream.concat(
                        Stream.of("worker", "--cluster", "test", "--bind", bind, "--join", peers, "--no-tls"),
                        Stream.of(more))
                .toArray(String[]::new);
        thread = Thread.ofPlatform().name("worker " + bind).start(() -> {
            try {
                exitCode = new Program(io).run(words);
            } finally {
                err.end();
            }
        });
        if (!err.await("a member of 'test'")) {
            close();
            throw new AssertionError("it has not joined: " + said());
        }
    }

    /** Waits until it has said so. */
    void awaitSaid(String text) throws InterruptedException {
        if (!err.await(text)) {
            throw new AssertionError("it has not said '" + text + "': " + said());
        }
    }

    /**
     * An address of the loopback that nobody listens on now. Its port is below those that a system gives to outgoing
     * connections, one of which could have it before the worker has.
     */
    static String address() {
        for (; ; ) {
            var port = 12_000 + Math.floorMod(NEXT_PORT.getAndIncrement(), 8_000);
            try (var free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return "127.0.0.1:" + free.getLocalPort();
            } catch (IOException e) {
                // somebody has it: the next one
            }
        }
    }

    String said() {
        return err.said();
    }

    /** As by Ctrl-C. */
    int stop() throws InterruptedException {
        thread.interrupt();
        thread.join();
        return exitCode;
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }
}

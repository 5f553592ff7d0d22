package dev.weft.cluster;

import static dev.weft.Weft.forEachConcurrent;
import static dev.weft.Weft.settle;
import static dev.weft.Weft.sleep;

import dev.weft.Outcome;
import dev.weft.Runner;
import dev.weft.Weft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * A member in a process of its own, for {@link ClusterShowTest}: {@code name, address, peers, log, folder of
 * certificates or "-", role, number}. Each line of the log begins with the time.
 */
final class ShowMember {

    static final Handler<String, String> SLEEP = Handler.of("sleep", Codecs.text(), Codecs.text());
    static final Handler<byte[], byte[]> ECHO = Handler.of("echo", Codecs.bytes(), Codecs.bytes());
    static final int MAX_FRAME = 2 << 20;

    private ShowMember() {}

    public static void main(String[] args) throws Exception {
        var log = Path.of(args[3]);
        Runner.builder().signals("INT", "TERM").build().run(() -> {
            var builder = builder(args[0], args[1], args[2]);
            if (args[4].equals("-")) {
                builder.insecure();
            } else {
                builder.tls(Tls.fromPem(Path.of(args[4])));
            }
            if (args[5].equals("worker")) {
                builder.serve(SLEEP, millis -> handle(millis, log)).serve(ECHO, bytes -> bytes);
            }
            try (var workers = builder.open()) {
                write(log, "open");
                switch (args[5]) {
                    case "many" -> many(workers, Integer.parseInt(args[6]), log);
                    case "long" -> longCalls(workers, log);
                    default -> {}
                }
                for (; ; ) {
                    sleep(Duration.ofMillis(200));
                    var numbers = workers.snapshot();
                    write(log, "sees " + workers.members().size() + " refused " + numbers.refused());
                }
            } finally {
                write(log, "closed");
            }
        });
    }

    static WorkersBuilder builder(String name, String address, String peers) {
        return Workers.builder("show")
                .name(name)
                .bind(address)
                .join(List.of(peers.split(",")))
                .maxFrame(MAX_FRAME);
    }

    /** Makes a number of calls, 50 at a time. */
    private static void many(Workers workers, int count, Path log) throws Exception {
        var ok = new AtomicInteger();
        forEachConcurrent(IntStream.range(0, count).boxed().toList(), 50, number -> {
            var outcome = settle(() -> workers.call(ECHO, new byte[] {number.byteValue()}))
                    .getFirst();
            if (outcome instanceof Outcome.Success<byte[]>) {
                ok.incrementAndGet();
            } else {
                write(log, outcome.toString());
            }
        });
        write(log, "ok " + ok);
    }

    /** One call without end after another. */
    private static void longCalls(Workers workers, Path log) throws Exception {
        for (; ; ) {
            var outcome = settle(() -> workers.call(SLEEP, "600000")).getFirst();
            write(log, outcome instanceof Outcome.Failure<?>(var e) ? "lost " + e : "came " + outcome);
        }
    }

    private static String handle(String millis, Path log) throws IOException, InterruptedException {
        write(log, "begin " + Call.current().id());
        try {
            Weft.sleep(Duration.ofMillis(Long.parseLong(millis)));
        } finally {
            write(log, "end " + Call.current().id());
        }
        return millis;
    }

    /** At once and as a whole, whatever happens to the process then. */
    private static synchronized void write(Path log, String line) throws IOException {
        Files.writeString(
                log,
                System.currentTimeMillis() + " " + line.replace('\n', ' ') + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}

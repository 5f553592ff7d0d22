package dev.weft.cluster;

import static dev.weft.Weft.sleep;

import dev.weft.Runner;
import dev.weft.Weft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/**
 * A member in a process of its own: {@code name, address, peers, file for the log, caller|worker}. Each handler writes
 * a line when it begins and one when it ends; the file is the witness of what has run.
 */
final class TestMember {

    static final Handler<String, String> SLEEP = Handler.of("sleep", Codecs.text(), Codecs.text());

    private TestMember() {}

    public static void main(String[] args) throws Exception {
        var log = Path.of(args[3]);
        Runner.builder().signals("INT", "TERM").build().run(() -> {
            var builder = Workers.builder("processes")
                    .name(args[0])
                    .bind(args[1])
                    .join(List.of(args[2].split(",")))
                    .insecure();
            if (args[4].equals("worker")) {
                builder.serve(SLEEP, millis -> handle(millis, log));
            }
            try (var workers = builder.open()) {
                write(log, "open");
                if (args[4].equals("caller")) {
                    workers.call(SLEEP, "600000");
                }
                sleep(Weft.FOREVER);
            } finally {
                write(log, "closed");
            }
        });
    }

    private static String handle(String millis, Path log) throws IOException, InterruptedException {
        var call = Call.current();
        write(log, "begin " + call.id() + " " + call.token());
        try {
            sleep(Duration.ofMillis(Long.parseLong(millis)));
        } finally {
            write(log, "end " + call.id() + " " + call.token());
        }
        return millis;
    }

    /** At once and as a whole, whatever happens to the process then. */
    private static synchronized void write(Path log, String line) throws IOException {
        Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}

package dev.weft.cli.hostile;

import java.util.Map;

/** Ends the connection where it should not. */
final class Breaks {

    private Breaks() {}

    static void addTo(Map<String, Behaviour> all) {
        all.put("close", visit -> {});
        all.put("close-in-head", visit -> visit.end("HTTP/1.1 200 OK\r\nContent-"));
        all.put("reset", Visit::reset);
        all.put("reset-after-head", visit -> {
            visit.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
            visit.pause(java.time.Duration.ofMillis(50)); // else the reset overtakes the head
            visit.reset();
        });
        all.put("reset-in-body", visit -> {
            visit.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n0123456789");
            visit.pause(java.time.Duration.ofMillis(50));
            visit.reset();
        });
        // goes wrong the first time, and is honest when asked again
        all.put("flaky", visit -> {
            if (visit.earlier() < visit.number("times", 1)) {
                visit.reset();
            } else {
                visit.ok("at last");
            }
        });
    }
}

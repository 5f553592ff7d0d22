package dev.weft.cli.hostile;

import java.time.Duration;
import java.util.Map;

/** Falls silent, or nearly so. */
final class Silences {

    private static final int A_SECOND = 1000;

    private Silences() {}

    static void addTo(Map<String, Behaviour> all) {
        all.put("silent", Visit::silence);
        all.put("half-status", visit -> {
            visit.send("HTTP/1.1 2");
            visit.silence();
        });
        all.put("half-header", visit -> {
            visit.send("HTTP/1.1 200 OK\r\nContent-Le");
            visit.silence();
        });
        all.put("half-body", visit -> {
            visit.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n0123456789");
            visit.silence();
        });
        // says that it closes, which would be the body's end, and does not
        all.put("never-closes", visit -> {
            visit.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nall of it");
            visit.silence();
        });
        all.put("drip-head", visit -> drip(visit, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx"));
        all.put("drip", visit -> {
            visit.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
            drip(visit, "x".repeat(1000));
        });
        all.put("drip-chunks", visit -> {
            visit.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            drip(visit, "1\r\nx\r\n".repeat(1000));
        });
    }

    private static void drip(Visit visit, String text) throws java.io.IOException {
        var every = Duration.ofMillis(visit.number("every", A_SECOND));
        for (var i = 0; i < text.length(); i++) {
            visit.send(text.substring(i, i + 1));
            visit.pause(every);
        }
    }
}

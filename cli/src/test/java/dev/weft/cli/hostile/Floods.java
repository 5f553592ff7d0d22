package dev.weft.cli.hostile;

import java.io.IOException;
import java.util.Map;

/** Does not stop. */
final class Floods {

    private static final int MUCH = 65_536;

    private Floods() {}

    static void addTo(Map<String, Behaviour> all) {
        all.put("headers", visit -> {
            visit.send("HTTP/1.1 200 OK\r\n");
            forEver(visit, "X-Filler: " + "x".repeat(100) + "\r\n");
        });
        all.put("header", visit -> {
            visit.send("HTTP/1.1 200 OK\r\nX-Filler: ");
            forEver(visit, "x");
        });
        all.put("status-line", visit -> {
            visit.send("HTTP/1.1 200 O");
            forEver(visit, "K");
        });
        all.put("continue", visit -> forEver(visit, "HTTP/1.1 100 Continue\r\n\r\n"));
        all.put("early-hints", visit -> forEver(visit, "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"));
        all.put("switching", visit -> {
            visit.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: chess\r\nConnection: upgrade\r\n\r\n");
            visit.silence();
        });
        all.put("body", visit -> {
            visit.send("HTTP/1.1 200 OK\r\n\r\n");
            forEver(visit, "x");
        });
        all.put("chunks", visit -> {
            visit.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            forEver(visit, "5\r\nhello\r\n");
        });
        all.put("chunk-extension", visit -> {
            visit.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=");
            forEver(visit, "x");
        });
        all.put("trailers", visit -> {
            visit.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n");
            forEver(visit, "X-Filler: x\r\n");
        });
        all.put("cookies", visit -> {
            visit.send("HTTP/1.1 200 OK\r\n" + ("Set-Cookie: a=" + "b".repeat(100) + "\r\n").repeat(2000));
            visit.end("Content-Length: 0\r\n\r\n");
            visit.keepAlive();
        });
        all.put("endless-cookies", visit -> {
            visit.send("HTTP/1.1 200 OK\r\n");
            forEver(visit, "Set-Cookie: a=" + "b".repeat(100) + "\r\n");
        });
    }

    /** Until the client goes away, which makes a write fail. */
    private static void forEver(Visit visit, String text) throws IOException {
        var much = text.repeat(MUCH / text.length() + 1);
        while (true) {
            visit.send(much);
        }
    }
}

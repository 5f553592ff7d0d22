package dev.weft.cli.hostile;

import static dev.weft.cli.hostile.Lies.kept;

import java.util.Map;

/** Redirects to where nobody should go. */
final class Redirections {

    private static final int TEN_MEGABYTES = 10_000_000;

    private Redirections() {}

    static void addTo(Map<String, Behaviour> all) {
        all.put("to-itself", visit -> to(visit, visit.path()));
        all.put("ping", visit -> to(visit, "/pong"));
        all.put("pong", visit -> to(visit, "/ping"));
        all.put("endless", visit -> to(visit, "/endless/" + (1 + number(visit.path()))));
        all.put("to-file", visit -> to(visit, "file:///etc/passwd"));
        all.put("to-ftp", visit -> to(visit, "ftp://example.org/"));
        all.put("to-script", visit -> to(visit, "javascript:alert(1)"));
        all.put("to-https", visit -> to(visit, "https://" + visit.host() + "/ok"));
        all.put("to-relative", visit -> to(visit, "../ok/./relative"));
        all.put("to-schemeless", visit -> to(visit, "//" + visit.host() + "/ok"));
        all.put("to-query", visit -> to(visit, "?x"));
        all.put("to-nothing", visit -> to(visit, ""));
        all.put("to-no-url", visit -> to(visit, "http://[::1"));
        all.put("to-space", visit -> to(visit, "/ok/a b"));
        all.put("to-control", visit -> to(visit, "/ok/\u0001\u001b[31m"));
        all.put("to-user", visit -> to(visit, "http://me:secret@" + visit.host() + "/ok"));
        all.put("to-port-0", visit -> to(visit, "http://127.0.0.1:0/"));
        all.put("to-long", visit -> to(visit, "/" + "x".repeat(100_000)));
        all.put("to-10-megabytes", visit -> to(visit, "/" + "x".repeat(TEN_MEGABYTES)));
        all.put("to-nowhere", kept("HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n"));
        all.put(
                "to-two",
                kept("HTTP/1.1 302 Found\r\nLocation: /ok/1\r\nLocation: /ok/2\r\nContent-Length: 0\r\n\r\n"));
    }

    private static void to(Visit visit, String location) throws java.io.IOException {
        visit.end("HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n");
        visit.keepAlive();
    }

    private static int number(String path) {
        var last = path.substring(path.lastIndexOf('/') + 1);
        return last.matches("\\d+") ? Integer.parseInt(last) : 0;
    }
}

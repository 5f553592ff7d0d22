package dev.weft.cli.hostile;

import static dev.weft.cli.hostile.Lies.kept;

import java.util.Map;
import java.util.Random;

/** Answers with what is not HTTP, or hardly. */
final class Gibberish {

    private Gibberish() {}

    static void addTo(Map<String, Behaviour> all) {
        all.put("words", visit -> visit.end("Once upon a time\r\n\r\n"));
        all.put("binary", visit -> {
            var bytes = new byte[4096];
            new Random(1).nextBytes(bytes);
            visit.send(bytes);
        });
        all.put("ssh", kept("SSH-2.0-OpenSSH_9.2\r\n"));
        all.put("html", visit -> visit.end("<html>no status line, as in HTTP/0.9</html>"));
        all.put("no-status", kept("HTTP/1.1 abc OK\r\nContent-Length: 0\r\n\r\n"));
        all.put("status-99", kept("HTTP/1.1 99 Low\r\nContent-Length: 0\r\n\r\n"));
        all.put("status-999", kept("HTTP/1.1 999 High\r\nContent-Length: 0\r\n\r\n"));
        all.put("version-9", kept("HTTP/9.9 200 OK\r\nContent-Length: 0\r\n\r\n"));
        all.put("no-reason", kept("HTTP/1.1 200\r\nContent-Length: 5\r\n\r\nhello"));
        all.put("line-feeds", kept("HTTP/1.1 200 OK\nContent-Length: 5\n\nhello"));
        all.put("no-colon", kept("HTTP/1.1 200 OK\r\nnonsense\r\nContent-Length: 0\r\n\r\n"));
        all.put("space-in-name", kept("HTTP/1.1 200 OK\r\nBad Name: x\r\nContent-Length: 0\r\n\r\n"));
        all.put("control-in-header", kept("HTTP/1.1 200 OK\r\nX-Odd: a\u0001\u001b[31mb\r\nContent-Length: 0\r\n\r\n"));
        all.put("control-in-name", kept("HTTP/1.1 200 OK\r\nX-\u0001Odd: a\r\nContent-Length: 0\r\n\r\n"));
        all.put("control-in-status", kept("HTTP/1.1 200 \u001b[31mred\r\nContent-Length: 0\r\n\r\n"));
        all.put("escape-in-status-line", kept("\u001b[31mHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
    }
}

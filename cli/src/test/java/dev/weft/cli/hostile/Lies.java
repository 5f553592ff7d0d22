package dev.weft.cli.hostile;

import java.util.Map;

/** Says of the body's length, or of whether there is one, what is not so. */
final class Lies {

    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    private Lies() {}

    static void addTo(Map<String, Behaviour> all) {
        all.put("too-short", visit -> visit.end("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n0123456789"));
        all.put("too-long", kept("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n" + "0123456789".repeat(100)));
        // the rest looks like the answer to a request that nobody has made
        all.put(
                "smuggled",
                kept("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 418 Poison\r\nContent-Length: 0\r\n\r\n"));
        all.put("negative-length", kept("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n01234"));
        all.put("no-number-length", kept("HTTP/1.1 200 OK\r\nContent-Length: plenty\r\n\r\n01234"));
        all.put("huge-length", kept("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n01234"));
        all.put("two-lengths", kept("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 10\r\n\r\n0123456789"));
        all.put("chunk-broken", kept(CHUNKED + "zz\r\nhello\r\n0\r\n\r\n"));
        all.put("chunk-negative", kept(CHUNKED + "-5\r\nhello\r\n0\r\n\r\n"));
        all.put("chunk-absurd", kept(CHUNKED + "FFFFFFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n"));
        all.put("chunk-without-end", kept(CHUNKED + "5\r\nhelloX"));
        all.put("chunk-huge", visit -> visit.end(CHUNKED + "7FFFFFFF\r\nhello"));
        all.put("chunks-cut", visit -> visit.end(CHUNKED + "5\r\nhello\r\n"));
        all.put("no-gzip", kept("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello"));
        all.put("head-with-body", kept("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"));
        all.put("no-content-with-body", kept("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello"));
        all.put("not-modified-with-body", kept("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\nhello"));
        // the connection stays open, and a client that believes the header does not use it again
        all.put("says-close", kept("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello"));
        all.put("until-close", visit -> visit.end("HTTP/1.1 200 OK\r\n\r\nhello"));
    }

    /** Says it, and waits for the next request. */
    static Behaviour kept(String answer) {
        return visit -> {
            visit.end(answer);
            visit.keepAlive();
        };
    }
}

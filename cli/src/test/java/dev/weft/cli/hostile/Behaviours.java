package dev.weft.cli.hostile;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** All of them, by the first part of the path that asks for them. */
public final class Behaviours {

    private Behaviours() {}

    static Map<String, Behaviour> all() {
        var all = new HashMap<String, Behaviour>();
        all.put("ok", Behaviours::honest);
        all.put("halves", Behaviours::halves);
        Silences.addTo(all);
        Lies.addTo(all);
        Gibberish.addTo(all);
        Floods.addTo(all);
        Breaks.addTo(all);
        Redirections.addTo(all);
        Throttles.addTo(all);
        return Map.copyOf(all);
    }

    /** As it should be: {@code /ok/anything?delay=20&size=100}, times in milliseconds. */
    private static void honest(Visit visit) throws IOException {
        visit.pause(Duration.ofMillis(visit.number("delay", 0)));
        visit.ok(content(visit.path(), visit.number("size", 100)));
    }

    /** As it should be, with a pause in the middle of the body: {@code /halves/anything?delay=20&size=100}. */
    private static void halves(Visit visit) throws IOException {
        var body = content(visit.path(), visit.number("size", 100));
        visit.send("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n");
        visit.send(body.substring(0, body.length() / 2));
        visit.pause(Duration.ofMillis(visit.number("delay", 0)));
        visit.end(body.substring(body.length() / 2));
        visit.keepAlive();
    }

    /** What an honest answer to this path holds: not the same for two paths. */
    public static String content(String path, int size) {
        return (path + "\n").repeat(size / (path.length() + 1) + 1).substring(0, size);
    }
}

package dev.weft.cli.hostile;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** All of them, by the first part of the path that asks for them. */
final class Behaviours {

    private Behaviours() {}

    static Map<String, Behaviour> all() {
        var all = new HashMap<String, Behaviour>();
        all.put("ok", Behaviours::honest);
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
        var delay = visit.number("delay", 0);
        if (delay > 0) {
            visit.pause(Duration.ofMillis(delay));
        }
        visit.ok(content(visit.path(), visit.number("size", 100)));
    }

    /** What an honest answer to this path holds: not the same for two paths. */
    static String content(String path, int size) {
        return (path + "\n").repeat(size / (path.length() + 1) + 1).substring(0, size);
    }
}

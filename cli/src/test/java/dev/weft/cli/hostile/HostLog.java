package dev.weft.cli.hostile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a server has seen as one host. Thread-safe. */
public final class HostLog {

    private final String name;
    private final Map<String, Integer> asked = new HashMap<>();
    private final List<Arrival> arrivals = new ArrayList<>();
    private int underWay;
    private int mostAtOnce;
    private int cut;

    HostLog(String name) {
        this.name = name;
    }

    /** A request, when it had been read: by {@link System#nanoTime}. */
    public record Arrival(String target, long nanos) {}

    /** As in {@code 127.0.0.1:41234}. */
    public String name() {
        return name;
    }

    /** @return how often this target had been asked for before */
    synchronized int begun(String target) {
        arrivals.add(new Arrival(target, System.nanoTime()));
        mostAtOnce = Math.max(mostAtOnce, ++underWay);
        return asked.merge(target, 1, Integer::sum) - 1;
    }

    synchronized void answered() {
        underWay--;
    }

    synchronized void goneAway() {
        underWay--;
        cut++;
    }

    public synchronized int underWay() {
        return underWay;
    }

    /** How many requests were under way at the same time at most. */
    public synchronized int mostAtOnce() {
        return mostAtOnce;
    }

    public synchronized int requests() {
        return arrivals.size();
    }

    /** How many requests the client has gone away from. */
    public synchronized int cut() {
        return cut;
    }

    /** In their order. */
    public synchronized List<Arrival> arrivals() {
        return List.copyOf(arrivals);
    }

    /** How often each target was asked for. */
    public synchronized Map<String, Integer> asked() {
        return Map.copyOf(asked);
    }
}

package dev.weft.cli.fetch;

import static dev.weft.Weft.FOREVER;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The jobs that wait for their next try, by when that is due. Holds no permits. A pure data structure. Not thread-safe.
 */
final class PendingRetries {

    private final PriorityQueue<Pause> pauses = new PriorityQueue<>(Comparator.comparing(Pause::until));

    private record Pause(Job job, Duration until) {}

    void add(Job job, Duration until) {
        pauses.add(new Pause(job, until));
    }

    boolean isEmpty() {
        return pauses.isEmpty();
    }

    /** Takes out those that are due. */
    List<Job> takeDue(Duration now) {
        var due = new ArrayList<Job>();
        for (var first = pauses.peek(); first != null && first.until.compareTo(now) <= 0; first = pauses.peek()) {
            due.add(first.job);
            pauses.remove();
        }
        return due;
    }

    /** How long after {@code now} the first is due; for ever if there is none. */
    Duration untilNext(Duration now) {
        var first = pauses.peek();
        return first == null ? FOREVER : first.until.minus(now);
    }

    /** Takes out all, the next one first. */
    List<Job> takeAll() {
        var all = pauses.stream()
                .sorted(Comparator.comparing(Pause::until))
                .map(Pause::job)
                .toList();
        pauses.clear();
        return all;
    }
}

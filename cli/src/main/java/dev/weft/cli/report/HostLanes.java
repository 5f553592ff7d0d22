package dev.weft.cli.report;

import dev.weft.cli.model.Verdict;
import dev.weft.cli.timeline.Timeline.Fact;
import dev.weft.cli.timeline.Timeline.Lane;
import dev.weft.cli.timeline.Timeline.Role;
import dev.weft.cli.timeline.Timeline.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** Lanes of URLs, those of a host together under a lane of the host's, each labelled by the part that differs. */
final class HostLanes {

    /** Below the lanes of URLs, and the lane of the start. */
    private static final long FIRST = -2;

    private static final Comparator<Lane> BY_TIME =
            Comparator.comparingLong(Lane::fromMicros).thenComparingLong(Lane::id);

    private HostLanes() {}

    /** A URL that is the only one of its host stands alone. */
    static List<Lane> of(List<Lane> lanes) {
        var hosts = new LinkedHashMap<String, List<Lane>>();
        lanes.stream()
                .sorted(BY_TIME)
                .forEach(lane -> hosts.computeIfAbsent(
                                lane.name().substring(0, hostEnd(lane.name())), _ -> new ArrayList<>())
                        .add(lane));
        var result = new ArrayList<Lane>();
        var id = FIRST;
        for (var host : hosts.entrySet()) {
            var all = host.getValue();
            if (all.size() == 1 || host.getKey().isEmpty()) {
                result.addAll(all);
            } else {
                var common = common(all, host.getKey().length());
                result.add(owner(id, all.getFirst().name().substring(0, common), all));
                for (var lane : all) {
                    result.add(labelled(lane, id, lane.name().substring(common)));
                }
                id--;
            }
        }
        return result;
    }

    /** Where the path of a URL begins; 0 of what is not a URL. */
    private static int hostEnd(String url) {
        var begin = url.indexOf("://");
        if (begin < 0) {
            return 0;
        }
        var end = begin + 3;
        while (end < url.length() && !separates(url.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean separates(char c) {
        return c == '/' || c == '?' || c == '#' || c == '&';
    }

    /** How much all begin with; what follows begins with a separator in each, or is empty in all. */
    private static int common(List<Lane> lanes, int host) {
        var first = lanes.getFirst().name();
        var most = first.length();
        for (var lane : lanes) {
            var mismatch = mismatch(first, lane.name());
            most = Math.min(most, mismatch);
        }
        for (var at = Math.min(most, first.length() - 1); at > host; at--) {
            if (separates(first.charAt(at)) && startsWithAll(lanes, at)) {
                return at;
            }
        }
        return host;
    }

    private static boolean startsWithAll(List<Lane> lanes, int at) {
        return lanes.stream()
                .allMatch(lane ->
                        lane.name().length() > at && separates(lane.name().charAt(at)));
    }

    private static int mismatch(String a, String b) {
        var end = Math.min(a.length(), b.length());
        var at = 0;
        while (at < end && a.charAt(at) == b.charAt(at)) {
            at++;
        }
        return at;
    }

    private static Lane owner(long id, String name, List<Lane> lanes) {
        var counts = new HashMap<String, Integer>();
        lanes.forEach(lane -> counts.merge(lane.word(), 1, Integer::sum));
        var said = Arrays.stream(Verdict.values())
                .filter(verdict -> counts.containsKey(verdict.toString()))
                .map(verdict -> counts.get(verdict.toString()) + " " + verdict)
                .collect(Collectors.joining(", "));
        return new Lane(
                id,
                0,
                0,
                name,
                "",
                lanes.stream().mapToLong(Lane::fromMicros).min().orElse(0),
                lanes.stream().mapToLong(Lane::toMicros).max().orElse(0),
                Lane.NOT_QUEUED,
                State.NONE,
                "host",
                said,
                Role.OWNER,
                List.of(),
                List.of(new Fact("URLs", lanes.size() + ": " + said)));
    }

    private static Lane labelled(Lane lane, long owner, String label) {
        return new Lane(
                lane.id(),
                owner,
                1,
                lane.name(),
                label.isEmpty() ? "/" : label,
                lane.fromMicros(),
                lane.toMicros(),
                lane.queued(),
                lane.state(),
                lane.word(),
                lane.tag(),
                lane.role(),
                lane.spans(),
                lane.facts());
    }
}

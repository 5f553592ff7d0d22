package dev.weft.test;

import dev.weft.internal.runtime.Strand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names of strands that are the same in each execution. The numbers in tasks' own names are not: they count all tasks
 * of the process. Thread-safe.
 */
final class Names {

    private static final Pattern NUMBERED = Pattern.compile("Task-\\d+");

    private final IdentityHashMap<Strand, Integer> ordinals = new IdentityHashMap<>();
    private final List<String> names = new ArrayList<>();
    private final Map<String, String> numbered = new HashMap<>();
    private final Set<String> given = new HashSet<>();

    /** The place of {@code strand} in the order of creation, from 1 on, which is main's. */
    synchronized int ordinal(Strand strand) {
        var known = ordinals.get(strand);
        return known == null ? add(strand) : known;
    }

    private int add(Strand strand) {
        var ordinal = names.size() + 1;
        ordinals.put(strand, ordinal);
        var own = strand.name();
        var name = own;
        if (NUMBERED.matcher(own).matches()) {
            name = ordinal == 1 ? "main" : "#" + ordinal;
            numbered.put(own, name);
        } else if (!given.add(own)) {
            name = own + "#" + ordinal;
        }
        names.add(name);
        return ordinal;
    }

    /** {@code strand} has ended. Its name stays known. */
    synchronized void forget(Strand strand) {
        ordinals.remove(strand);
    }

    synchronized String name(int ordinal) {
        return names.get(ordinal - 1);
    }

    synchronized String name(Strand strand) {
        var known = ordinals.get(strand);
        return known == null ? in(strand.name()) : name(known);
    }

    /** {@code text} with the tasks' own names replaced. */
    synchronized String in(String text) {
        return NUMBERED.matcher(text).replaceAll(match -> numbered.getOrDefault(match.group(), match.group()));
    }

    /** Seconds, as in {@code 90061.5}. */
    static String time(long nanos) {
        var text = String.format(Locale.ROOT, "%d.%09d", nanos / 1_000_000_000, nanos % 1_000_000_000);
        var end = text.length();
        while (text.charAt(end - 1) == '0' && text.charAt(end - 2) != '.') {
            end--;
        }
        return text.substring(0, end) + "s";
    }
}

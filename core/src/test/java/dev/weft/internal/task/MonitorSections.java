package dev.weft.internal.task;

import dev.weft.SectionCalls;
import dev.weft.SectionCalls.Call;
import dev.weft.SectionCalls.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether calls that are made with a lock or monitor held may lead to one that interrupts a strand: that may run
 * foreign code, for which the holder would keep everybody else waiting.
 */
final class MonitorSections {

    private final SectionCalls sections;
    private final Map<String, Set<String>> ownersBySignature = new HashMap<>();

    MonitorSections(SectionCalls sections) {
        this.sections = sections;
        for (var method : sections.calls().keySet()) {
            ownersBySignature
                    .computeIfAbsent(method.signature(), key -> new HashSet<>())
                    .add(method.owner());
        }
    }

    /** The methods that have a section in which they may come to call {@code method} of {@code type}. */
    Set<String> leadingTo(Class<?> type, String method) {
        var leading = new HashSet<Method>();
        for (var called : sections.calls().keySet()) {
            if (Method.isOf(called, type, method)) {
                leading.add(called);
            }
        }
        if (leading.isEmpty()) {
            throw new IllegalArgumentException("there is no " + type + "." + method);
        }
        while (addCallers(leading)) {}
        var found = new TreeSet<String>();
        sections.inSections()
                .forEach((caller, all) -> all.stream()
                        .filter(call -> leadsTo(call, leading))
                        .forEach(call -> found.add(caller + " calls " + call.method())));
        return found;
    }

    private boolean addCallers(Set<Method> leading) {
        var changed = false;
        for (var entry : sections.calls().entrySet()) {
            if (!leading.contains(entry.getKey())
                    && entry.getValue().stream().anyMatch(call -> leadsTo(call, leading))) {
                changed |= leading.add(entry.getKey());
            }
        }
        return changed;
    }

    private boolean leadsTo(Call call, Set<Method> leading) {
        return targets(call.method()).stream().anyMatch(leading::contains);
    }

    /** The methods that a call may end up in. */
    private List<Method> targets(Method called) {
        var targets = new ArrayList<Method>();
        if (!called.owner().startsWith("dev/weft/")) {
            return targets; // what the JDK calls back was made by a lambda, or is a user's
        }
        for (var owner : ownersBySignature.getOrDefault(called.signature(), Set.of())) {
            if (isSubtype(owner, called.owner()) || isSubtype(called.owner(), owner)) {
                targets.add(new Method(owner, called.name(), called.type()));
            }
        }
        return targets;
    }

    private boolean isSubtype(String type, String wanted) {
        return type.equals(wanted)
                || sections.supertypes(type).stream().anyMatch(supertype -> isSubtype(supertype, wanted));
    }
}

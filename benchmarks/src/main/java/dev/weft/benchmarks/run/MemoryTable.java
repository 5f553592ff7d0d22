package dev.weft.benchmarks.run;

import dev.weft.benchmarks.ClassHistogram;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The memory of an item by class: a line for each class, a column for each peer. */
final class MemoryTable {

    /** Of what the peer with the most of a class has in all: less is not shown. */
    private static final double LEAST_SHARE = 0.01;

    private MemoryTable() {}

    static List<String> of(Workload.Case at, Map<Peer, Map<String, List<Double>>> columns) {
        var unit = at.primary().unit();
        var lines = new ArrayList<String>();
        lines.add(columns.keySet().stream()
                .map(Peer::title)
                .collect(Collectors.joining(" | ", "| " + at.name() + ", " + unit + " | ", " |")));
        lines.add("| ---" + " | ---:".repeat(columns.size()) + " |");
        for (var metric : shown(at, columns)) {
            var name = metric.substring(ClassHistogram.METRIC.length());
            lines.add(row(
                    name,
                    columns.values().stream()
                            .map(samples -> figure(samples, metric))
                            .toList()));
        }
        lines.add(row(
                "all",
                columns.values().stream()
                        .map(samples -> figure(samples, at.primary().source()))
                        .toList()));
        return lines;
    }

    private static List<String> shown(Workload.Case at, Map<Peer, Map<String, List<Double>>> columns) {
        var most = Comparator.<String>comparingDouble(metric -> columns.values().stream()
                        .mapToDouble(samples -> figure(samples, metric))
                        .max()
                        .orElse(0))
                .reversed()
                .thenComparing(Comparator.naturalOrder());
        return columns.values().stream()
                .flatMap(samples ->
                        worthALine(samples, figure(samples, at.primary().source())).stream())
                .distinct()
                .sorted(most)
                .toList();
    }

    private static Set<String> worthALine(Map<String, List<Double>> samples, double all) {
        return samples.keySet().stream()
                .filter(metric -> metric.startsWith(ClassHistogram.METRIC))
                .filter(metric -> figure(samples, metric) >= LEAST_SHARE * all)
                .collect(Collectors.toSet());
    }

    private static double figure(Map<String, List<Double>> samples, String metric) {
        return samples.getOrDefault(metric, List.of(0.0)).getLast();
    }

    private static String row(String title, List<Double> figures) {
        return figures.stream()
                .map(figure -> figure == 0 ? "–" : Numbers.figure(figure))
                .collect(Collectors.joining(" | ", "| " + title + " | ", " |"));
    }
}

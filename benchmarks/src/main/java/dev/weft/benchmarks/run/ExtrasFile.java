package dev.weft.benchmarks.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The report of a workload from its own process: a line {@code metric value} for each sample. */
final class ExtrasFile {

    private ExtrasFile() {}

    /** All samples in a file, by figure, in the order they were reported. */
    static Map<String, List<Double>> read(Path file) throws IOException {
        var samples = new LinkedHashMap<String, List<Double>>();
        for (var line : Files.readAllLines(file)) {
            var words = line.split(" ");
            if (words.length != 2) {
                throw new IOException("not a line of a figure and its value: '" + line + "'");
            }
            samples.computeIfAbsent(words[0], _ -> new ArrayList<>()).add(value(words[1], line));
        }
        return samples;
    }

    private static double value(String word, String line) throws IOException {
        try {
            double value = Double.parseDouble(word);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IOException("not a figure's value: '" + line + "'");
    }
}

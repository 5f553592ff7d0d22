package dev.weft.benchmarks.run;

import java.util.Arrays;
import java.util.List;

/**
 * The summary of a number of samples.
 *
 * @param median the middle one
 * @param lower the first quartile
 * @param upper the third quartile
 * @param samples how many they were
 */
public record Summary(double median, double lower, double upper, int samples) {

    /** Of at least one sample. */
    public static Summary of(List<Double> samples) {
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("no samples; a summary needs at least one");
        }
        var sorted = samples.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return new Summary(quantile(sorted, 0.5), quantile(sorted, 0.25), quantile(sorted, 0.75), sorted.length);
    }

    /** The value that so large a part of the samples is not above; there is at least one. */
    public static double quantile(List<Double> samples, double fraction) {
        var sorted = samples.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return quantile(sorted, fraction);
    }

    /** Between two samples, on the straight line between them. */
    private static double quantile(double[] sorted, double fraction) {
        double place = fraction * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = (int) Math.ceil(place);
        return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
    }
}

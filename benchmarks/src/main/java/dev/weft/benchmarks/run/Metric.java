package dev.weft.benchmarks.run;

import java.util.function.DoubleUnaryOperator;

/**
 * One figure that a workload is judged by, and how it comes from what was recorded.
 *
 * @param id its name, unique in the workload
 * @param unit what the figure counts
 * @param source which of the recorded samples it is made from: {@link #TIME}, or the name given to
 *     {@link dev.weft.benchmarks.Extras#report}
 * @param lessIsBetter whether a smaller figure is the better one
 * @param perInvocation from the samples of an invocation to the figure
 */
record Metric(String id, String unit, String source, boolean lessIsBetter, DoubleUnaryOperator perInvocation) {

    /** The samples of time: nanoseconds per invocation. */
    static final String TIME = "time";

    private static final double NANOS_PER_SECOND = 1e9;

    /** Time per item, in units of that many nanoseconds. */
    static Metric time(String unit, double nanosPerUnit, long items) {
        return new Metric(TIME, unit, TIME, true, nanos -> nanos / nanosPerUnit / items);
    }

    /** Items per second. */
    static Metric rate(String id, String unit, long items) {
        return new Metric(id, unit, TIME, false, nanos -> items * NANOS_PER_SECOND / nanos);
    }

    /** A figure that the workload itself has reported. */
    static Metric extra(String id, String unit) {
        return new Metric(id, unit, id, true, DoubleUnaryOperator.identity());
    }

    /** The label of an axis. */
    String legend() {
        return unit + (lessIsBetter ? " (less is better)" : " (more is better)");
    }

    double figure(double sample) {
        return perInvocation.applyAsDouble(sample);
    }
}

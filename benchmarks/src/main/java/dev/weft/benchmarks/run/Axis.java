package dev.weft.benchmarks.run;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a value stands in a picture.
 *
 * @param low the least value
 * @param high the greatest
 * @param from where the least stands
 * @param to where the greatest stands
 * @param logarithmic whether each step multiplies; else it adds
 */
record Axis(double low, double high, double from, double to, boolean logarithmic) {

    private static final double[] STEPS = {1, 2, 5};

    /** From nothing to a round number above the value. */
    static Axis linear(double greatest, double from, double to) {
        double step = step(greatest);
        return new Axis(0, Math.max(step, Math.ceil(greatest / step) * step), from, to, false);
    }

    /** From one to another positive value. */
    static Axis logarithmic(double least, double greatest, double from, double to) {
        if (least <= 0 || greatest < least) {
            throw new IllegalArgumentException("no logarithmic axis from " + least + " to " + greatest);
        }
        // A single value would have no room.
        return greatest > least
                ? new Axis(least, greatest, from, to, true)
                : new Axis(least / 2, greatest * 2, from, to, true);
    }

    double at(double value) {
        double share = logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
        return from + share * (to - from);
    }

    /** Round values within its range: some five of them, or 1, 2 and 5 of every power of ten. */
    List<Double> ticks() {
        var ticks = new ArrayList<Double>();
        if (!logarithmic) {
            double step = step(high);
            for (int i = 0; i * step <= high * (1 + 1e-9); i++) {
                ticks.add(i * step);
            }
            return ticks;
        }
        for (double power = Math.pow(10, Math.floor(Math.log10(low))); power <= high; power *= 10) {
            for (double step : STEPS) {
                double tick = power * step;
                if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }

    /** A round number that goes four to eight times into the value. */
    private static double step(double value) {
        if (value <= 0) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(value / 4)));
        double best = power;
        for (double step : STEPS) {
            if (value / (power * step) >= 4) {
                best = power * step;
            }
        }
        return best;
    }
}

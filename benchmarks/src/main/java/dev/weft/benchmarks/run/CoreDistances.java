package dev.weft.benchmarks.run;

import dev.weft.benchmarks.Cores;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How far apart a machine's two cores are, over some looks: how long a word takes from one to the other and back.
 *
 * @param leastNanos when they were nearest
 * @param mostNanos when they were farthest
 */
record CoreDistances(double leastNanos, double mostNanos) {

    private static final int LOOKS = 40;

    /** A difference that is chance, and not a change of place. */
    private static final double CHANCE = 2;

    /** This machine's; null if it has not two cores. */
    static @Nullable CoreDistances here() throws InterruptedException {
        if (!Cores.areTwo()) {
            return null;
        }
        var least = Double.MAX_VALUE;
        var most = 0.0;
        for (var look = 0; look < LOOKS; look++) {
            var nanos = Cores.roundTripNanosAfterRest();
            least = Math.min(least, nanos);
            most = Math.max(most, nanos);
        }
        return new CoreDistances(least, most);
    }

    /** The longest round trip of cores that are near; empty if the cores stay where they are. */
    OptionalDouble near() {
        return mostNanos > CHANCE * leastNanos
                ? OptionalDouble.of(Math.sqrt(leastNanos * mostNanos))
                : OptionalDouble.empty();
    }

    /**
     * Those samples that were taken while the cores were near; all of them if none were, or it is all one.
     *
     * @param distances the round trip at each of the samples
     */
    List<Double> nearOf(List<Double> samples, List<Double> distances) {
        if (near().isEmpty() || samples.size() != distances.size()) {
            return samples;
        }
        var taken = new ArrayList<Double>();
        for (var i = 0; i < samples.size(); i++) {
            if (distances.get(i) <= near().getAsDouble()) {
                taken.add(samples.get(i));
            }
        }
        return taken.isEmpty() ? samples : taken;
    }
}

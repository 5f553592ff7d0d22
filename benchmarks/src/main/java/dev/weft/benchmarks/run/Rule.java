package dev.weft.benchmarks.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A limit that Weft has set itself, and how it is judged. */
sealed interface Rule {

    /**
     * The outcome of a row.
     *
     * @param measured in words, beside what it is compared with
     */
    record Verdict(String measured, Mark mark) {
        static final Verdict NONE = new Verdict("–", Mark.NOT_MEASURED);
    }

    /** The limit in words. */
    String limit();

    /** Judges what was measured of one peer, at the cases of a row. */
    Verdict judge(Results results, Peer ours, List<Workload.Case> cases, String metric);

    /** At most so many times what the fastest of some peers takes. */
    record Beside(List<Peer> peers, double factor) implements Rule {

        /** A peer's figure. */
        private record Rival(Peer peer, double median) {}

        @Override
        public String limit() {
            return "≤ " + Numbers.ratio(factor) + " × "
                    + (peers.size() == 1 ? peers.getFirst().title() : "the fastest peer on threads");
        }

        @Override
        public Verdict judge(Results results, Peer ours, List<Workload.Case> cases, String metric) {
            var at = cases.getFirst();
            var median = median(results, at, ours, metric);
            var rivals = new ArrayList<Rival>();
            for (var peer : peers) {
                median(results, at, peer, metric).ifPresent(value -> rivals.add(new Rival(peer, value)));
            }
            if (median.isEmpty() || rivals.isEmpty()) {
                return Verdict.NONE;
            }
            var fastest = rivals.stream()
                    .min(Comparator.comparingDouble(Rival::median))
                    .orElseThrow();
            double ratio = median.get() / fastest.median;
            return new Verdict(
                    Numbers.ratio(ratio) + " × " + fastest.peer.title() + without(rivals), Mark.of(ratio <= factor));
        }

        /** Which of the peers had no figure, so that nobody takes the row for more than it is. */
        private String without(List<Rival> rivals) {
            var there = rivals.stream().map(Rival::peer).toList();
            var absent = peers.stream().filter(peer -> !there.contains(peer)).toList();
            return absent.isEmpty() ? "" : " (no figure of " + titles(absent) + ")";
        }

        private static String titles(List<Peer> peers) {
            return peers.stream().map(Peer::title).collect(Collectors.joining(", "));
        }
    }

    /** At most so many of a unit; told beside a peer's figure of the same run. */
    record AtMost(double most, String unit, Peer beside) implements Rule {

        @Override
        public String limit() {
            return "≤ " + Numbers.figure(most) + " " + unit;
        }

        @Override
        public Verdict judge(Results results, Peer ours, List<Workload.Case> cases, String metric) {
            var at = cases.getFirst();
            var median = median(results, at, ours, metric);
            var other = median(results, at, beside, metric);
            if (median.isEmpty() || other.isEmpty()) {
                return Verdict.NONE;
            }
            return new Verdict(
                    Numbers.figure(median.get()) + " " + unit + "; " + beside.title() + " "
                            + Numbers.figure(other.get()),
                    Mark.of(median.get() <= most));
        }
    }

    /** The same at every size, give or take a share, as measured from the smallest. */
    record Flat(double tolerance) implements Rule {

        @Override
        public String limit() {
            return Numbers.ratio(1 - tolerance) + " to " + Numbers.ratio(1 + tolerance) + " × the smallest size";
        }

        @Override
        public Verdict judge(Results results, Peer ours, List<Workload.Case> cases, String metric) {
            var smallest = median(results, cases.getFirst(), ours, metric);
            if (smallest.isEmpty()) {
                return Verdict.NONE;
            }
            var parts = new ArrayList<String>();
            boolean flat = true;
            for (var at : cases.subList(1, cases.size())) {
                var median = median(results, at, ours, metric);
                if (median.isEmpty()) {
                    return Verdict.NONE;
                }
                double ratio = median.get() / smallest.get();
                flat &= Math.abs(ratio - 1) <= tolerance;
                parts.add(Numbers.ratio(ratio) + " × at "
                        + Numbers.whole(at.size().orElseThrow()));
            }
            return new Verdict(String.join(", ", parts), Mark.of(flat));
        }
    }

    /** The largest size costs at most so many times the smallest. */
    record Growth(double factor) implements Rule {

        @Override
        public String limit() {
            return "≤ " + Numbers.ratio(factor) + " × the smaller size";
        }

        @Override
        public Verdict judge(Results results, Peer ours, List<Workload.Case> cases, String metric) {
            var small = median(results, cases.getFirst(), ours, metric);
            var large = median(results, cases.getLast(), ours, metric);
            if (small.isEmpty() || large.isEmpty()) {
                return Verdict.NONE;
            }
            double ratio = large.get() / small.get();
            return new Verdict(Numbers.ratio(ratio) + " ×", Mark.of(ratio <= factor));
        }
    }

    private static Optional<Double> median(Results results, Workload.Case at, Peer peer, String metric) {
        return results.summary(at, peer, at.metric(metric)).map(Summary::median);
    }
}

package dev.weft.benchmarks.cluster;

import dev.weft.benchmarks.cluster.ClusterLimit.Figure;
import dev.weft.benchmarks.run.Mark;
import dev.weft.benchmarks.run.Markdown;
import dev.weft.benchmarks.run.Numbers;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** The report of a run, in Markdown. */
final class ClusterPage {

    /** With fewer samples than that, one in a hundred is none. */
    private static final int ENOUGH = 100;

    private final ClusterResults results;
    private final Markdown page = new Markdown();

    private ClusterPage(ClusterResults results) {
        this.results = results;
    }

    static String of(ClusterResults results) {
        var made = new ClusterPage(results);
        made.introduction();
        made.limits();
        for (var row : ClusterRow.values()) {
            made.row(row);
        }
        made.gaps();
        return made.page.toString().stripTrailing() + "\n";
    }

    private void introduction() {
        var conduct = results.conduct();
        var extent = conduct.extent();
        page.line("# Calls to other members of a cluster");
        page.line("");
        page.line("The [cluster](../cluster.md) of Weft beside bare JGroups, which carries it, and beside Hazelcast's"
                + " `IExecutorService`: the same calls, on the same machine, in one run. This page is made by"
                + " [`benchmarks/run cluster`](../../benchmarks/README.md#clusters); the raw samples are in"
                + " [cluster-results.json](cluster-results.json).");
        page.line("");
        page.row("", "");
        page.row("---", "---");
        page.row("command", "`" + conduct.command() + "`");
        page.row("begun", conduct.date());
        page.row("took", Numbers.duration(Duration.ofSeconds(conduct.tookSeconds())));
        results.machine().describe(page);
        page.line("");
        if (results.machine().busy()) {
            page.line("**The machine was not at rest when the run began** (see the load average): take these figures"
                    + " with care.");
            page.line("");
        }
        page.line("## How to read it");
        page.line("");
        page.line("A caller and two members are processes of their own, with `-Xmx512m`, on the loopback address. The"
                + " caller's side is the same for all: virtual threads that call and wait. Bare JGroups is its"
                + " `MessageDispatcher` on the same stack of protocols, which answers in the thread that delivers"
                + " the request. Hazelcast has no TLS in its open edition; its heartbeats are set as JGroups' are"
                + " here, each second, and lost after 5 s.");
        page.line("");
        page.line("Each peer had " + extent.rounds() + (extent.rounds() == 1 ? " round" : " rounds")
                + " of calls, in turn with the others and each in new processes: "
                + Numbers.whole(extent.warmUps()) + " round trips and " + extent.warmBatches()
                + " batches of 10,000 calls to warm up. Members were killed, and so on, " + extent.losses()
                + (extent.losses() == 1 ? " time" : " times") + " each.");
        page.line("");
        page.line("**Ratios are what counts.** That of a peer is its p50 divided by Weft's: of times, above 1 is"
                + " slower than Weft. Peers with TLS stand beside Weft with TLS.");
        page.line("");
    }

    private void limits() {
        var marks = ClusterLimit.ALL.stream()
                .map(limit -> limit.judge(results).mark())
                .toList();
        page.line("## Limits");
        page.line("");
        page.line("Those that Weft has set itself, and this run: " + count(marks, Mark.MET) + " met, "
                + count(marks, Mark.NOT_MET) + " not met, " + count(marks, Mark.NOT_MEASURED) + " not measured.");
        page.line("");
        page.row("what", "of", "figure", "limit", "measured", "");
        page.row("---", "---", "---", "---", "---", "---");
        for (var limit : ClusterLimit.ALL) {
            var verdict = limit.judge(results);
            page.row(
                    limit.row().title(),
                    limit.peer().title(),
                    limit.figure().title(),
                    limit.text(),
                    verdict.measured(),
                    verdict.mark().text());
        }
        page.line("");
    }

    private static int count(List<Mark> marks, Mark mark) {
        return Collections.frequency(marks, mark);
    }

    private void row(ClusterRow row) {
        var measured = Stream.of(ClusterPeer.values())
                .filter(peer -> results.samples(row, peer).isPresent())
                .toList();
        if (measured.isEmpty()) {
            return;
        }
        page.line("## " + row.title());
        page.line("");
        if (!row.note().isEmpty()) {
            page.line(row.note());
            page.line("");
        }
        page.row(row.unit(), "p50", "p99", "least – most", "samples", "ratio");
        page.row("---", "---:", "---:", "---:", "---:", "---");
        for (var peer : measured) {
            var samples = results.samples(row, peer).orElseThrow();
            page.row(
                    peer.isOurs() ? "**" + peer.title() + "**" : peer.title(),
                    Numbers.figure(Figure.P50.of(samples)),
                    samples.size() < ENOUGH ? "–" : Numbers.figure(Figure.P99.of(samples)),
                    Numbers.figure(Figure.LEAST.of(samples)) + " – " + Numbers.figure(Figure.MOST.of(samples)),
                    Numbers.whole(samples.size()),
                    ratio(row, peer, samples));
        }
        page.line("");
    }

    private String ratio(ClusterRow row, ClusterPeer peer, List<Double> samples) {
        var ours = peer.ours();
        return ours == peer
                ? "–"
                : results.samples(row, ours)
                        .map(own -> Numbers.ratio(Figure.P50.of(samples) / Figure.P50.of(own)) + " × " + ours.title())
                        .orElse("–");
    }

    private void gaps() {
        if (results.gaps().isEmpty()) {
            return;
        }
        page.line("## Not measured");
        page.line("");
        page.row("what", "of", "why");
        page.row("---", "---", "---");
        for (var gap : results.gaps()) {
            page.row(
                    gap.what(),
                    ClusterPeer.find(gap.peer()).map(ClusterPeer::title).orElse(gap.peer()),
                    (gap.isFailure() ? "failed: " : "skipped: ") + gap.message());
        }
    }
}

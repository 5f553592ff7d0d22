package dev.weft.benchmarks.run;

import dev.weft.benchmarks.run.Results.Gap;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The report of a run, in Markdown. */
final class Page {

    private final Results results;
    private final Markdown text = new Markdown();

    private Page(Results results) {
        this.results = results;
    }

    static String of(Results results) {
        var page = new Page(results);
        page.introduction();
        page.budget();
        for (var workload : Workload.ALL) {
            page.workload(workload);
        }
        return page.text.toString();
    }

    private void introduction() {
        var machine = results.machine();
        var conduct = results.conduct();
        var settings = conduct.settings();
        line("# Performance");
        line("");
        line("Weft beside what it competes with: the same work, on the same machine, in one run. This page is made"
                + " by [`benchmarks/run`](../../benchmarks/README.md); the raw samples are in"
                + " [results.json](results.json). The run, the method and all other work are"
                + " below. Calls to other members of a cluster have [a page of their own](cluster.md).");
        line("");
        new Overview(results).markdown().forEach(this::line);
        line("## The run");
        line("");
        row("", "");
        row("---", "---");
        row("command", "`" + conduct.command() + "`");
        row("begun", conduct.date());
        row("took", Numbers.duration(Duration.ofSeconds(conduct.tookSeconds())));
        machine.describe(text);
        line("");
        if (machine.busy()) {
            line("**The machine was not at rest when the run began** (see the load average): take these figures with"
                    + " care.");
            line("");
        }
        line("## How to read it");
        line("");
        line("Every peer had " + plural(settings.rounds(), "round") + " in turn with the others, each round in a new"
                + " process: " + settings.warmups() + " iterations of " + settings.iterationMillis()
                + " ms to warm up, then " + settings.iterations()
                + " that count, each a sample; its heap is there from the start. Callers are virtual"
                + " threads. The **median** is that of all samples of all rounds; the **quartiles** are those between"
                + " which the middle half of them lies (the whiskers of the plots). Start-up and memory are measured"
                + " once a round, in a fresh process.");
        line("");
        machine.near().ifPresent(near -> {
            line("The two cores are virtual, and their host moves them: a word that one has written reaches the"
                    + " other and comes back in the times above, whatever runs on them. Samples of near and of far"
                    + " cores say nothing beside each other. So each iteration began when the cores were near, and"
                    + " counts only if they still were at its end (within " + Numbers.figure(near)
                    + " ns), unless a peer has no such sample.");
            line("");
        });
        line("**Ratios are what counts**; a time means nothing without its neighbours'. The ratio of a peer is its"
            + " median divided by that of Weft's runtime on the same side: above 1 a peer needs more than Weft, where"
            + " less is better. Weft's own ratio is to the fastest peer of its side. The parallel runtime stands"
            + " beside those that use all cores, the event loop beside those that run one task at a time.");
        line("");
    }

    private void budget() {
        line("## The budget");
        line("");
        var marks =
                Budget.ROWS.stream().map(each -> each.verdict(results).mark()).toList();
        line("The limits that Weft has set itself, and this run: " + count(marks, Mark.MET) + " met, "
                + count(marks, Mark.NOT_MET) + " not met, " + count(marks, Mark.NOT_MEASURED)
                + " not measured. The peers on threads are "
                + Budget.THREADS.stream().map(Peer::title).collect(Collectors.joining(", "))
                + ": what a virtual thread costs is the floor for all of these. Coroutines have another, and stand in"
                + " the table above.");
        line("");
        row("workload", "runtime", "limit", "measured", "");
        row("---", "---", "---", "---", "---");
        for (var each : Budget.ROWS) {
            var verdict = each.verdict(results);
            row(
                    each.subject(),
                    each.ours().title(),
                    each.rule().limit(),
                    verdict.measured(),
                    verdict.mark().text());
        }
        line("");
    }

    private static int count(List<Mark> marks, Mark mark) {
        return Collections.frequency(marks, mark);
    }

    private void workload(Workload workload) {
        var cases = results.cases(workload);
        if (cases.isEmpty()) {
            return;
        }
        line("## " + workload.title());
        line("");
        line("Workload `" + workload.id() + "`.");
        line("");
        line("![" + workload.title() + "](" + workload.id() + ".svg)");
        line("");
        for (var at : cases) {
            for (var metric : at.metrics()) {
                table(at, metric);
            }
        }
    }

    private void table(Workload.Case at, Metric metric) {
        var heading = at.size().isPresent()
                ? "size " + Numbers.whole(at.size().getAsLong()) + ", " + metric.unit()
                : metric.unit();
        row(heading, "median", "quartiles", "ratio");
        row("---", "---:", "---:", "---");
        for (var side : Peer.Side.values()) {
            for (var peer : side.peers()) {
                var summary = results.summary(at, peer, metric);
                if (summary.isPresent()) {
                    row(
                            name(peer),
                            Numbers.figure(summary.get().median()),
                            Numbers.figure(summary.get().lower()) + " – "
                                    + Numbers.figure(summary.get().upper()),
                            ratio(at, peer, metric, summary.get().median()).orElse("–"));
                } else {
                    results.gap(at, peer).ifPresent(gap -> row(name(peer), "–", "–", said(gap)));
                }
            }
        }
        line("");
    }

    /** The ratio of a figure to the one that it is compared with; empty if there is none. */
    private Optional<String> ratio(Workload.Case at, Peer peer, Metric metric, double median) {
        return peer.isOurs()
                ? fastest(at, peer, metric).map(bar -> beside(median, bar.summary(), bar.peer()) + " (the fastest)")
                : results.summary(at, peer.side().ours(), metric)
                        .map(ours -> beside(median, ours, peer.side().ours()));
    }

    private Optional<Chart.Bar> fastest(Workload.Case at, Peer ours, Metric metric) {
        var byMedian =
                Comparator.<Chart.Bar>comparingDouble(bar -> bar.summary().median());
        return Chart.bars(results, at, metric).stream()
                .filter(bar -> bar.peer().side() == ours.side() && !bar.peer().isOurs())
                .min(metric.lessIsBetter() ? byMedian : byMedian.reversed());
    }

    private static String beside(double median, Summary other, Peer peer) {
        return Numbers.ratio(median / other.median()) + " × " + peer.title();
    }

    private static String name(Peer peer) {
        return peer.isOurs() ? "**" + peer.title() + "**" : peer.title();
    }

    private static String said(Gap gap) {
        return gap.reason().name().toLowerCase(Locale.ROOT) + ": " + gap.message();
    }

    private static String plural(int number, String word) {
        return number + " " + word + (number == 1 ? "" : "s");
    }

    private void row(String... cells) {
        text.row(cells);
    }

    private void line(String line) {
        text.line(line);
    }
}

package dev.weft.cli.check;

import dev.weft.cli.console.Output;
import dev.weft.cli.console.Style;
import dev.weft.cli.model.Ending;
import dev.weft.cli.model.Verdict;
import dev.weft.cli.text.DurationText;
import dev.weft.cli.text.Shown;
import java.util.List;
import java.util.Locale;

/** Writes a line for each link, and at the end what is not ok once more, document by document. */
final class HumanCheckReporter implements CheckReporter {

    private final Style out;
    private final Style err;

    HumanCheckReporter(Style out, Style err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public void finding(Finding finding, Output output) {
        output.result(line(finding));
    }

    String line(Finding finding) {
        var text = new StringBuilder(coloured(out, finding.verdict(), String.format("%-9s", finding.verdict())))
                .append(String.format(Locale.ROOT, "  %-8s  ", finding.code()))
                .append(Shown.harmless(finding.place().toString()));
        if (!finding.place().isWhole()) {
            text.append("  ").append(Shown.harmless(finding.link()));
        }
        if (finding.message() != null) {
            text.append("  ").append(out.faint(Shown.harmless(finding.message())));
        }
        return text.toString();
    }

    private static String coloured(Style style, Verdict verdict, String text) {
        return switch (verdict) {
            case OK -> style.green(text);
            case FAILED, ERROR -> style.red(text);
            case TIMEOUT, CUT -> style.yellow(text);
            case UNSTARTED -> style.faint(text);
        };
    }

    @Override
    public void end(CheckSummary summary, List<Finding> notOk, Output output) {
        var document = "";
        for (var finding : notOk) {
            if (!finding.place().document().equals(document)) {
                document = finding.place().document();
                output.result("");
                output.result("In " + Shown.harmless(document) + ":");
            }
            output.result(line(finding));
        }
        if (!notOk.isEmpty()) {
            output.result("");
        }
        output.note(text(summary));
        if (summary.run().hint() != null) {
            output.note(err.faint(summary.run().hint()));
        }
    }

    /** As in {@code 7 links in 2 documents, 0.31s: 6 ok, 1 failed, …; 1 skipped}. */
    private String text(CheckSummary summary) {
        var run = summary.run();
        var counts = new StringBuilder();
        for (var verdict : Verdict.values()) {
            var count = run.tally().of(verdict);
            var part = count + " " + verdict;
            counts.append(counts.isEmpty() ? "" : ", ").append(count == 0 ? part : coloured(err, verdict, part));
        }
        return count(run.tally().total(), "link") + " in " + count(summary.documents(), "document") + ", "
                + DurationText.seconds(run.elapsed()) + ": " + counts + "; " + summary.skipped() + " skipped"
                + (summary.cached() == 0 ? "" : ", " + summary.cached() + " from the cache")
                + ending(summary);
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static String ending(CheckSummary summary) {
        var run = summary.run();
        if (run.ending() == Ending.DEADLINE && run.deadline() != null) {
            return " (deadline of " + DurationText.format(run.deadline()) + " hit)";
        }
        return run.stop() == null ? "" : " (stopped by " + run.stop().name() + ")";
    }
}

package dev.weft.cli.report;

import dev.weft.cli.console.Output;
import dev.weft.cli.console.Style;
import dev.weft.cli.model.Outcome;
import dev.weft.cli.model.Rest;
import dev.weft.cli.model.Result;
import dev.weft.cli.model.SourceLocation;
import dev.weft.cli.model.Summary;
import dev.weft.cli.model.Transfer;
import dev.weft.cli.model.Verdict;
import dev.weft.cli.text.ByteText;
import dev.weft.cli.text.DurationText;
import dev.weft.cli.text.Shown;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes columns: the verdict, its detail, the time, the size, the URL; then, of what is not ok, why and where it was
 * found.
 */
final class HumanReporter implements Reporter {

    /** The beginning of a continued line. */
    private static final String BEGIN = " ".repeat(11);

    /** A shorter wait for a permit is not worth a word. */
    private static final Duration QUEUED_LONG = Duration.ofMillis(100);

    private final Style out;
    private final Style err;
    private final int columns;

    /** In lines of any length. */
    HumanReporter(Style out, Style err) {
        this(out, err, Integer.MAX_VALUE);
    }

    /** In lines of so many columns, if that can be done. */
    HumanReporter(Style out, Style err, int columns) {
        this.columns = columns;
        this.out = out;
        this.err = err;
    }

    @Override
    public void result(Result result, Output output) {
        output.document(line(result));
    }

    @Override
    public void rest(Rest rest, Output output) {
        output.result(coloured(out, Verdict.UNSTARTED, String.format("%-9s", Verdict.UNSTARTED)) + "  "
                + String.format(Locale.ROOT, "%-8s %8s %9s  %s", "-", "-", "-", Shown.harmless(inWords(rest))));
    }

    /** As in {@code 99000 URLs of urls.txt, in lines 1001 to 100000}. */
    static String inWords(Rest rest) {
        return rest.count() + " URLs of " + rest.source() + ", in lines " + rest.first() + " to " + rest.last();
    }

    String line(Result result) {
        var times = result.transfer();
        var verdict = result.verdict();
        var facts = String.format(
                Locale.ROOT,
                "%-8s %8s %9s  %s",
                detail(result.outcome()),
                times == null ? "-" : DurationText.seconds(times.took()),
                times == null ? "-" : ByteText.format(times.bytes()),
                Shown.harmless(result.url()));
        var remarks = remarks(result);
        var begin = coloured(out, verdict, String.format("%-9s", verdict)) + "  " + facts;
        if (remarks.isEmpty()) {
            return begin;
        }
        var isTooLong = BEGIN.length() + facts.length() + 2L + remarks.length() > columns;
        return begin + (isTooLong ? inLines(remarks) : "  " + out.faint(remarks));
    }

    /** On lines of their own, broken between words. */
    private String inLines(String remarks) {
        var text = new StringBuilder();
        var line = new StringBuilder();
        for (var word : remarks.split(" ", -1)) {
            if (!line.isEmpty() && BEGIN.length() + line.length() + 1L + word.length() > columns) {
                text.append('\n').append(BEGIN).append(out.faint(line.toString()));
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        return text.append('\n')
                .append(BEGIN)
                .append(out.faint(line.toString()))
                .toString();
    }

    private static String coloured(Style style, Verdict verdict, String text) {
        return switch (verdict) {
            case OK -> style.green(text);
            case FAILED, ERROR -> style.red(text);
            case TIMEOUT, CUT -> style.yellow(text);
            case UNSTARTED -> style.faint(text);
        };
    }

    private static String detail(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Ok(var status) -> String.valueOf(status);
            case Outcome.Failed(var status) -> String.valueOf(status);
            case Outcome.Broken(var kind, var cause) -> kind.toString();
            case Outcome.TimedOut(var phase, var limit) -> phase.toString();
            case Outcome.Cut(var phase) -> phase.toString();
            case Outcome.Unstarted unstarted -> "-";
        };
    }

    private static String remarks(Result result) {
        var remarks = new StringBuilder();
        add(remarks, result.outcome().reason());
        var transfer = result.transfer();
        if (transfer != null) {
            addAll(remarks, transfer);
        }
        if (result.resumed()) {
            add(remarks, "fetched by an earlier run");
        }
        add(remarks, locations(result));
        return Shown.harmless(remarks.toString());
    }

    private static void addAll(StringBuilder remarks, Transfer transfer) {
        var redirects = transfer.redirects().size();
        if (redirects > 0) {
            add(remarks, (redirects == 1 ? "" : redirects + " times ") + "redirected to " + transfer.finalUrl());
        }
        if (transfer.tries() > 1) {
            add(remarks, transfer.tries() + " tries");
        }
        if (transfer.remote() != null && transfer.remote().member() != null) {
            add(remarks, "by " + transfer.remote().member());
        }
        if (transfer.repeated() > 0) {
            add(remarks, "repeated " + (transfer.repeated() == 1 ? "once" : transfer.repeated() + " times"));
        }
        add(remarks, transfer.note());
        if (transfer.queued().compareTo(QUEUED_LONG) >= 0) {
            add(remarks, "queued " + DurationText.seconds(transfer.queued()));
        }
    }

    /** The fault, in a few words. */
    static String inWords(Result result) {
        var reason = result.outcome().reason();
        var remark = new StringBuilder(
                detail(result.outcome()).equals("-")
                        ? result.verdict().toString()
                        : result.verdict() + " " + detail(result.outcome()));
        if (reason != null) {
            remark.append(": ").append(reason);
        }
        if (result.transfer() != null) {
            addAll(remark, result.transfer());
        }
        return remark.toString();
    }

    /** Of what is not ok, the lines to mend; of what was listed more than once, all places. */
    private static @Nullable String locations(Result result) {
        var isOrdinary = result.verdict() == Verdict.OK || result.verdict() == Verdict.UNSTARTED;
        var isOneArgument =
                result.locations().size() == 1 && !result.locations().getFirst().inList();
        if (result.locations().size() == 1 && (isOrdinary || isOneArgument || isItsOwnLocation(result))) {
            return null;
        }
        return "in " + result.locations().stream().map(SourceLocation::text).collect(Collectors.joining(", "));
    }

    private static boolean isItsOwnLocation(Result result) {
        return result.locations().getFirst().text().equals(result.url());
    }

    private static void add(StringBuilder remarks, @Nullable String remark) {
        if (remark != null) {
            remarks.append(remarks.isEmpty() ? "" : "; ").append(remark);
        }
    }

    @Override
    public void summary(Summary summary, Output output) {
        var text = text(summary);
        var ending = ending(summary);
        if (text.length() > columns && !ending.isEmpty()) {
            output.note(text.substring(0, text.length() - ending.length()));
            output.note(ending.strip());
        } else {
            output.note(text);
        }
        if (summary.hint() != null) {
            output.note(err.faint(summary.hint()));
        }
    }

    /** As in {@code 10 URLs in 3.00s: 7 ok, 1 failed, …}, and what ended the run if it was not the last URL. */
    String text(Summary summary) {
        var total = summary.tally().total();
        var counts = new StringBuilder();
        for (var verdict : Verdict.values()) {
            var count = summary.tally().of(verdict);
            var part = count + " " + verdict;
            counts.append(counts.isEmpty() ? "" : ", ").append(count == 0 ? part : coloured(err, verdict, part));
        }
        if (summary.tally().repeated() > 0) {
            counts.append("; ").append(summary.tally().repeated()).append(" repeated");
        }
        return (total == 1 ? "1 URL" : total + " URLs") + " in " + DurationText.seconds(summary.elapsed()) + ": "
                + counts + ending(summary);
    }

    private static String ending(Summary summary) {
        return switch (summary.ending()) {
            case COMPLETE -> "";
            case DEADLINE ->
                summary.deadline() == null ? "" : " (deadline of " + DurationText.format(summary.deadline()) + " hit)";
            case STOPPED ->
                " (stopped"
                        + (summary.stop() == null ? "" : " by " + summary.stop().name()) + ")";
            case CANNOT_WRITE -> " (the results cannot be written)";
        };
    }
}

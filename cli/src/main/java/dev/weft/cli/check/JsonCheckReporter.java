package dev.weft.cli.check;

import dev.weft.cli.console.Output;
import dev.weft.cli.model.Ending;
import dev.weft.cli.model.Verdict;
import dev.weft.cli.text.JsonWriter;
import java.util.List;

/**
 * Writes a JSON object for each link and one for the summary: each on a line of its own, or all as one document.
 * {@code line} and {@code column} are left out where the document as a whole is meant.
 */
final class JsonCheckReporter implements CheckReporter {

    private final boolean isDocument;
    private boolean begun;

    JsonCheckReporter(boolean isDocument) {
        this.isDocument = isDocument;
    }

    @Override
    public void finding(Finding finding, Output output) {
        output.result((!isDocument ? "" : begun ? "," : "{\"results\":[") + json(finding));
        begun = true;
    }

    private static String json(Finding finding) {
        var place = finding.place();
        var json = JsonWriter.shown().open('{').field("type", "result").field("document", place.document());
        if (!place.isWhole()) {
            json.field("line", place.line()).field("column", place.column());
        }
        json.field("link", finding.link()).field("outcome", finding.verdict().toString());
        if (finding.code().matches("\\d{3}")) {
            json.field("status", Integer.parseInt(finding.code()));
        } else {
            json.field("kind", finding.code());
        }
        if (finding.message() != null) {
            json.field("message", finding.message());
        }
        return json.close('}').toString();
    }

    @Override
    public void end(CheckSummary summary, List<Finding> notOk, Output output) {
        output.result(
                !isDocument ? json(summary) : (begun ? "" : "{\"results\":[") + "],\"summary\":" + json(summary) + "}");
    }

    private static String json(CheckSummary summary) {
        var run = summary.run();
        var json = JsonWriter.shown()
                .open('{')
                .field("type", "summary")
                .field("total", run.tally().total());
        for (var verdict : Verdict.values()) {
            json.field(verdict.toString(), run.tally().of(verdict));
        }
        json.field("skipped", summary.skipped())
                .field("documents", summary.documents())
                .field("urls", summary.urls())
                .field("cached", summary.cached())
                .field("elapsed_ms", run.elapsed().toMillis());
        if (run.deadline() != null) {
            json.field("deadline_ms", run.deadline().toMillis());
        }
        json.field("deadline_hit", run.ending() == Ending.DEADLINE);
        if (run.stop() != null) {
            json.field("stopped_by", run.stop().name());
        }
        if (run.hint() != null) {
            json.field("hint", run.hint());
        }
        return json.close('}').toString();
    }
}

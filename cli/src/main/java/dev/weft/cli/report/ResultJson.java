package dev.weft.cli.report;

import dev.weft.cli.model.Ending;
import dev.weft.cli.model.Outcome;
import dev.weft.cli.model.Rest;
import dev.weft.cli.model.Result;
import dev.weft.cli.model.SourceLocation;
import dev.weft.cli.model.Summary;
import dev.weft.cli.model.Transfer;
import dev.weft.cli.model.Verdict;
import dev.weft.cli.text.JsonWriter;
import java.net.URI;

/**
 * Results and summaries as JSON objects. Every result has {@code url}, {@code outcome}, {@code from}; the other fields
 * are there if they mean something. Times are whole milliseconds.
 */
final class ResultJson {

    private ResultJson() {}

    static String of(Result result) {
        var json = JsonWriter.shown()
                .open('{')
                .field("type", "result")
                .field("url", result.url())
                .field("outcome", result.verdict().toString());
        switch (result.outcome()) {
            case Outcome.Ok(var status) -> json.field("status", status);
            case Outcome.Failed(var status) -> json.field("status", status);
            case Outcome.Broken(var kind, var cause) ->
                json.field("kind", kind.toString()).field("message", cause);
            case Outcome.TimedOut(var phase, var limit) ->
                json.field("phase", phase.toString()).field("limit_ms", limit.toMillis());
            case Outcome.Cut(var phase) -> json.field("phase", phase.toString());
            case Outcome.Unstarted unstarted -> {}
        }
        if (result.transfer() != null) {
            addTo(json, result.transfer());
        }
        if (result.resumed()) {
            json.field("resumed", true);
        }
        return json.field(
                        "from",
                        result.locations().stream().map(SourceLocation::text).toList())
                .close('}')
                .toString();
    }

    static String of(Rest rest) {
        return JsonWriter.shown()
                .open('{')
                .field("type", "rest")
                .field("outcome", Verdict.UNSTARTED.toString())
                .field("count", rest.count())
                .field("from", rest.source())
                .field("first_line", rest.first())
                .field("last_line", rest.last())
                .close('}')
                .toString();
    }

    private static void addTo(JsonWriter json, Transfer transfer) {
        json.field("queued_ms", transfer.queued().toMillis())
                .field("took_ms", transfer.took().toMillis())
                .field("bytes", transfer.bytes());
        if (transfer.finalUrl() != null) {
            json.field(
                            "redirects",
                            transfer.redirects().stream().map(URI::toString).toList())
                    .field("final_url", transfer.finalUrl().toString());
        }
        if (transfer.tries() > 1) {
            json.field("tries", transfer.tries());
        }
        if (transfer.remote() != null) {
            if (transfer.remote().member() != null) {
                json.field("member", transfer.remote().member());
            }
            if (transfer.repeated() > 0) {
                json.field("repeated", transfer.repeated());
            }
        }
        if (transfer.file() != null) {
            json.field("file", transfer.file().toString());
        }
        if (transfer.note() != null) {
            json.field("note", transfer.note());
        }
    }

    static String of(Summary summary) {
        var json = JsonWriter.shown()
                .open('{')
                .field("type", "summary")
                .field("total", summary.tally().total());
        for (var verdict : Verdict.values()) {
            json.field(verdict.toString(), summary.tally().of(verdict));
        }
        if (summary.tally().repeated() > 0) {
            json.field("repeated", summary.tally().repeated());
        }
        json.field("elapsed_ms", summary.elapsed().toMillis());
        if (summary.deadline() != null) {
            json.field("deadline_ms", summary.deadline().toMillis());
        }
        json.field("deadline_hit", summary.ending() == Ending.DEADLINE);
        if (summary.stop() != null) {
            json.field("stopped_by", summary.stop().name());
        }
        if (summary.hint() != null) {
            json.field("hint", summary.hint());
        }
        return json.close('}').toString();
    }
}

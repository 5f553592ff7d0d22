package dev.weft.cli;

/**
 * Writes one JSON object a line: {@code "type":"result"} for each URL, then one {@code "type":"summary"}. Every result
 * has {@code url}, {@code outcome}, {@code from}; the other fields are there if they mean something. Times are whole
 * milliseconds.
 */
final class NdjsonReporter implements Reporter {

    @Override
    public void result(Result result, Output output) {
        output.result(line(result));
    }

    String line(Result result) {
        var json = new Json()
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
        var times = result.times();
        if (times != null) {
            json.field("queued_ms", times.queued().toMillis())
                    .field("took_ms", times.took().toMillis())
                    .field("bytes", result.bytes());
        }
        if (result.finalUrl() != null) {
            json.field("final_url", result.finalUrl().toString());
        }
        return json.field("from", result.places().stream().map(Place::text).toList())
                .toString();
    }

    @Override
    public void summary(Summary summary, Output output) {
        output.result(line(summary));
    }

    String line(Summary summary) {
        var json = new Json()
                .field("type", "summary")
                .field("total", summary.tally().total());
        for (var verdict : Verdict.values()) {
            json.field(verdict.toString(), summary.tally().of(verdict));
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
        return json.toString();
    }
}

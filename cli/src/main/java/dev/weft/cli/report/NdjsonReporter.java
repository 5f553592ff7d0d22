package dev.weft.cli.report;

import dev.weft.cli.console.Output;
import dev.weft.cli.model.Rest;
import dev.weft.cli.model.Result;
import dev.weft.cli.model.Summary;

/** Writes one JSON object a line: {@code "type":"result"} for each URL, then one {@code "type":"summary"}. */
final class NdjsonReporter implements Reporter {

    @Override
    public void result(Result result, Output output) {
        output.result(line(result));
    }

    String line(Result result) {
        return ResultJson.of(result);
    }

    @Override
    public void rest(Rest rest, Output output) {
        output.result(ResultJson.of(rest));
    }

    @Override
    public void summary(Summary summary, Output output) {
        output.result(line(summary));
    }

    String line(Summary summary) {
        return ResultJson.of(summary);
    }
}

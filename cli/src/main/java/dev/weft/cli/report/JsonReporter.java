package dev.weft.cli.report;

import dev.weft.cli.console.Output;
import dev.weft.cli.model.Rest;
import dev.weft.cli.model.Result;
import dev.weft.cli.model.Summary;

/**
 * Writes one JSON document: {@code results}, an array, and {@code summary}, of the objects that {@link NdjsonReporter}
 * writes. It grows as results come, and is whole with the summary.
 */
final class JsonReporter implements Reporter {

    private boolean begun;

    @Override
    public void result(Result result, Output output) {
        add(ResultJson.of(result), output);
    }

    @Override
    public void rest(Rest rest, Output output) {
        add(ResultJson.of(rest), output);
    }

    private void add(String json, Output output) {
        output.document((begun ? "," : "{\"results\":[\n") + json);
        begun = true;
    }

    @Override
    public void summary(Summary summary, Output output) {
        output.document((begun ? "" : "{\"results\":[") + "],\"summary\":" + ResultJson.of(summary) + "}");
    }
}

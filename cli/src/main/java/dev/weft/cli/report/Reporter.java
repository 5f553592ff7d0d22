package dev.weft.cli.report;

import dev.weft.cli.console.Output;
import dev.weft.cli.model.Rest;
import dev.weft.cli.model.Result;
import dev.weft.cli.model.Summary;

/** Says what became of the URLs. */
public interface Reporter {

    /** One line. */
    void result(Result result, Output output);

    /** Many that were not begun, in one line. */
    void rest(Rest rest, Output output);

    /** The end. */
    void summary(Summary summary, Output output);
}

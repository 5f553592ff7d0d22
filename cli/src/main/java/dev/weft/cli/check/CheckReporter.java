package dev.weft.cli.check;

import dev.weft.cli.console.Output;
import java.util.List;

/** Says what became of the links. */
interface CheckReporter {

    /** One link, as soon as it is known; what is ok only if that is wanted. */
    void finding(Finding finding, Output output);

    /**
     * The end.
     *
     * @param notOk in the order of their places
     */
    void end(CheckSummary summary, List<Finding> notOk, Output output);
}

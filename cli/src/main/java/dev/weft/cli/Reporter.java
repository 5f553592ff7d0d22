package dev.weft.cli;

/** Says what became of the URLs. */
sealed interface Reporter permits HumanReporter, JsonReporter, JunitReporter, NdjsonReporter {

    /** One line. */
    void result(Result result, Output output);

    /** The end. */
    void summary(Summary summary, Output output);
}

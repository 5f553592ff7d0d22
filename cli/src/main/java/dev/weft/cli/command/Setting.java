package dev.weft.cli.command;

import java.util.List;

/**
 * A line of a file of settings, as it would be written on the command line.
 *
 * @param option its name; empty for what is no option
 * @param isRepeatable whether the command line may add to it
 * @param words as the command line has them
 */
record Setting(String option, boolean isRepeatable, List<String> words) {

    boolean isOption() {
        return !option.isEmpty();
    }
}

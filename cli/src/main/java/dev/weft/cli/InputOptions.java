package dev.weft.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Where URLs come from. */
final class InputOptions {

    @Option(
            names = {"-i", "--input"},
            paramLabel = "FILE",
            description = "A list of URLs, one a line; blank lines and lines with # are skipped. - for standard input."
                    + " May be repeated.")
    private List<String> files = new ArrayList<>();

    List<String> files() {
        return files;
    }
}

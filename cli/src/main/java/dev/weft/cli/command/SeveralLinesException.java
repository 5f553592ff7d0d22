package dev.weft.cli.command;

import picocli.CommandLine;

/** Wrong usage that takes several lines to tell; what comes from outside in them has no line ends. */
public final class SeveralLinesException extends CommandLine.ParameterException {

    private static final long serialVersionUID = 1L;

    SeveralLinesException(CommandLine line, String text) {
        super(line, text);
    }
}

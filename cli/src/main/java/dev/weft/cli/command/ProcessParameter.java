package dev.weft.cli.command;

import picocli.CommandLine.Parameters;

/** The process that a command looks into. */
final class ProcessParameter {

    @Parameters(
            arity = "1",
            paramLabel = "PID",
            converter = Converters.Pid.class,
            description = "The process to look into; 'weft ps' lists those that use Weft.")
    private long pid;

    long pid() {
        return pid;
    }
}

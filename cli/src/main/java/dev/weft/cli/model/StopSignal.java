package dev.weft.cli.model;

import dev.weft.CancelledException;

/**
 * Why the program was asked to stop before its end.
 *
 * @param name as in {@code SIGINT}
 * @param exitCode what a shell shows for a program that this has ended
 */
public record StopSignal(String name, int exitCode) {

    public static StopSignal of(InterruptedException e) {
        if (e instanceof CancelledException cancelled
                && "SIGTERM".equals(cancelled.cancellation().reason())) {
            return new StopSignal("SIGTERM", ExitCode.TERMINATED);
        }
        // whoever interrupts the main thread means the same as Ctrl-C
        return new StopSignal("SIGINT", ExitCode.INTERRUPTED);
    }
}

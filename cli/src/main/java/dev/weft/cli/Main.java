package dev.weft.cli;

import dev.weft.cli.console.StandardIo;
import dev.weft.cli.model.Stopwatch;

/** Where the program begins. */
public final class Main {

    private Main() {}

    /** Runs the program, and exits with its code. */
    public static void main(String[] args) {
        var sinceStart = Stopwatch.ofProcess();
        System.exit(new Program(StandardIo.ofProcess(), sinceStart).run(args));
    }
}

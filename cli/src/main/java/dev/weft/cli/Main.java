package dev.weft.cli;

import dev.weft.cli.console.StandardIo;

/** Where the program begins. */
public final class Main {

    private Main() {}

    /** Runs the program, and exits with its code. */
    public static void main(String[] args) {
        System.exit(new Program(StandardIo.ofProcess()).run(args));
    }
}

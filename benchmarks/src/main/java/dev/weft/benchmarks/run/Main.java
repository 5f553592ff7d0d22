package dev.weft.benchmarks.run;

/** Where {@code benchmarks/run} begins. */
public final class Main {

    private Main() {}

    /**
     * Runs the benchmarks that the arguments name, and exits with 0, 1 if one failed, or 2 if there is nothing to run.
     */
    public static void main(String[] args) {
        System.exit(RunCommand.execute(World.ofProcess(), args));
    }
}

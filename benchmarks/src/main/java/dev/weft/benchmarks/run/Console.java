package dev.weft.benchmarks.run;

import java.io.PrintStream;
import java.util.Locale;

/** The output of a run on the terminal: one line per result, as it comes. */
public final class Console {

    private final String program;
    private final PrintStream out;
    private final PrintStream err;

    Console(PrintStream out, PrintStream err) {
        this("benchmarks/run", out, err);
    }

    /** Names the program that complaints begin with. */
    public Console(String program, PrintStream out, PrintStream err) {
        this.program = program;
        this.out = out;
        this.err = err;
    }

    /** One line, as it comes. */
    public void line(String line) {
        out.println(line);
        out.flush();
    }

    /** Something that is not as it should be. */
    public void warn(String line) {
        err.println(program + ": " + line);
        err.flush();
    }

    void result(Workload.Case at, Peer peer, int round, Settings settings, Metric metric, Summary summary) {
        line(String.format(
                Locale.ROOT,
                "%-24s %-20s round %d of %d  %12s %s",
                at.name(),
                peer.id(),
                round,
                settings.rounds(),
                Numbers.figure(summary.median()),
                metric.unit()));
    }

    void gap(Workload.Case at, Peer peer, Results.Reason reason, String message) {
        line(String.format(
                Locale.ROOT,
                "%-24s %-20s %s: %s",
                at.name(),
                peer.id(),
                reason.name().toLowerCase(Locale.ROOT),
                message));
    }
}

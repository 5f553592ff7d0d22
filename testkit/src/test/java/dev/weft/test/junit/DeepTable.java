package dev.weft.test.junit;

import static java.util.Locale.ROOT;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import samples.bugs.Bug;

/** The table of {@code docs/testing-deep.md}: each program in {@code samples.bugs}, with and without switch points. */
final class DeepTable {

    private static final int PLAIN = 200;
    private static final int REPLAYS = 100;

    private final int schedules;
    private final long mostSeconds;

    DeepTable(int schedules) {
        this.schedules = schedules;
        this.mostSeconds = 120 + schedules / 2;
    }

    String of(List<Class<?>> programs) throws InterruptedException {
        var lines = new ArrayList<String>();
        lines.add("| program | reported as | switches at | plain: found, first seed | with switch points | traces of "
                + REPLAYS + " replays | reports on the mended | schedules/s, plain, with points |");
        lines.add("|---|---|---|---|---|---|---|---|");
        for (var program : programs) {
            var line = row(program);
            System.out.println(line);
            lines.add(line);
        }
        return String.join("\n", lines);
    }

    private String row(Class<?> program) throws InterruptedException {
        var row = new FutureTask<>(() -> measure(program));
        Thread.ofPlatform().daemon().start(row);
        try {
            return row.get(mostSeconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return head(program) + " | took longer than " + mostSeconds + " s | | | | |";
        } catch (ExecutionException e) {
            return head(program) + " | " + e.getCause() + " | | | | |";
        }
    }

    private static String head(Class<?> program) {
        var bug = program.getAnnotation(Bug.class);
        return "| " + program.getSimpleName() + " | " + bug.report() + " | "
                + bug.needs().name().toLowerCase(ROOT);
    }

    private String measure(Class<?> program) throws InterruptedException {
        var broken = BugPrograms.broken(program);
        var plain = Measured.plain(broken).run(Math.min(PLAIN, schedules));
        var rewritten = Measured.rewritten(broken).run(schedules);
        var mended = Measured.rewritten(BugPrograms.mended(program)).run(schedules);
        mended.findings.forEach((finding, count) -> System.out.println(count + " x MENDED " + finding));
        var traces = rewritten.firstSchedule == null ? "–" : rewritten.traces(rewritten.firstSchedule, REPLAYS);
        return head(program) + " | " + found(plain) + " | " + found(rewritten) + " | " + traces + " | "
                + (mended.failures == 0 ? "none" : "**" + mended.failures + "**") + " of " + mended.schedules + " | "
                + String.format(ROOT, "%.0f, %.0f |", plain.perSecond(), rewritten.perSecond());
    }

    private static String found(Measured measured) {
        return measured.first == 0
                ? "0 of " + measured.schedules
                : String.format(
                        ROOT, measured.share() < 10 ? "%.1f %%, %d" : "%.0f %%, %d", measured.share(), measured.first);
    }

    /** Schedules per second of one program, in the simulation of Weft's tasks and in a deep one. */
    static String speed(int schedules) throws Exception {
        var lines = new ArrayList<String>();
        lines.add("| a relay of | Weft's tasks | deep, plain | deep, with switch points |");
        lines.add("|---|---|---|---|");
        lines.add("| 6 | " + speeds(6, "six", schedules));
        lines.add("| 1,000 | " + speeds(1_000, "thousand", Math.max(2, schedules / 50)));
        return String.join("\n", lines);
    }

    private static String speeds(int tasks, String method, int schedules) throws Exception {
        var test = Class.forName("samples.deep.Relay$Tests").getDeclaredMethod(method);
        var inWeft = Class.forName("samples.deep.Relay").getDeclaredMethod("inWeft", int.class);
        inWeft.setAccessible(true);
        var text = new StringBuilder();
        for (var measured : List.of(
                Measured.shallow(world -> inWeft.invoke(null, tasks)),
                Measured.plain(test),
                Measured.rewritten(test))) {
            measured.run(Math.max(2, schedules / 5)); // warm-up
            var again = measured.again().run(schedules);
            text.append(String.format(ROOT, again.perSecond() < 10 ? "%.1f/s | " : "%,.0f/s | ", again.perSecond()));
        }
        return text.toString().strip();
    }
}

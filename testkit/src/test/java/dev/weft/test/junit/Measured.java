package dev.weft.test.junit;

import dev.weft.test.Schedule;
import dev.weft.test.ScheduleFailedError;
import dev.weft.test.Simulation;
import dev.weft.test.VoidWorldBody;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How one test does under many schedules: the event loop's order, then those of the three strategies in turn. */
final class Measured {

    private static final Pattern NUMBERS = Pattern.compile("@?[0-9a-fx/]*\\d[0-9a-fx]*");
    private static final int MOST_HANGS = 3;

    int schedules;
    int failures;

    /** Which schedule was the first to fail, 1 for the first of all; 0 if none has. */
    int first;

    @Nullable
    Schedule firstSchedule;

    @Nullable
    ScheduleFailedError firstFailure;

    /** First lines of what was found, and how often. */
    final Map<String, Integer> findings = new TreeMap<>();

    long nanos;

    private final Simulation simulation;
    private final VoidWorldBody<Exception> body;

    private Measured(Simulation simulation, VoidWorldBody<Exception> body) {
        this.simulation = simulation;
        this.body = body;
    }

    /** A program of Weft's tasks. */
    static Measured shallow(VoidWorldBody<Exception> body) {
        return new Measured(Simulation.create(), body);
    }

    /** The same test, nothing being measured yet. */
    Measured again() {
        return new Measured(simulation, body);
    }

    static Measured rewritten(Method test) {
        return new Measured(Simulation.create().deep(), DeepTestMethod.of(test));
    }

    /** Without switch points: static fields stay from schedule to schedule. */
    static Measured plain(Method test) {
        test.setAccessible(true);
        return new Measured(Simulation.create().deep(), world -> {
            try {
                var constructor = test.getDeclaringClass().getDeclaredConstructor();
                constructor.setAccessible(true);
                test.invoke(constructor.newInstance());
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                throw e.getCause() instanceof Exception exception ? exception : e;
            }
        });
    }

    Measured run(int number) throws InterruptedException {
        var begin = System.nanoTime();
        var length = 100L;
        var hangs = 0;
        for (var i = 0; i < number && hangs < MOST_HANGS; i++) {
            var schedule = schedule(i, length);
            schedules++;
            try {
                length = Math.max(1, simulation.replay(schedule, body).count());
            } catch (ScheduleFailedError e) {
                length = Math.max(1, e.trace().count());
                failures++;
                if (first == 0) {
                    first = i + 1;
                    firstSchedule = schedule;
                    firstFailure = e;
                }
                var finding = firstLine(e);
                hangs += finding.contains("held turn") || finding.contains("from outside") ? 1 : 0;
                findings.merge(finding, 1, Integer::sum);
            }
        }
        nanos = System.nanoTime() - begin;
        return this;
    }

    private static Schedule schedule(int number, long length) {
        if (number == 0) {
            return Schedule.FIFO;
        }
        return Schedule.of(
                switch (number % 3) {
                    case 1 -> "random:" + number;
                    case 2 -> "pct:" + number + ":" + (1 + number % 4) + ":" + length;
                    default -> "pos:" + number;
                });
    }

    static String firstLine(ScheduleFailedError error) {
        var text = String.valueOf(error.getCause());
        return NUMBERS.matcher(text.lines().findFirst().orElse("")).replaceAll("#");
    }

    /** How many different traces so many executions under one schedule have. */
    int traces(Schedule schedule, int number) throws InterruptedException {
        var digests = new HashSet<Long>();
        for (var i = 0; i < number; i++) {
            try {
                digests.add(simulation.replay(schedule, body).digest());
            } catch (ScheduleFailedError e) {
                digests.add(e.trace().digest());
            }
        }
        return digests.size();
    }

    double share() {
        return 100.0 * failures / schedules;
    }

    double perSecond() {
        return schedules * 1e9 / nanos;
    }
}

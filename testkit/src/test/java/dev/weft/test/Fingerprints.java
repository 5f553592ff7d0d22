package dev.weft.test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** What programs do under schedules, in a line for each: to be compared with what they do in another process. */
final class Fingerprints {

    private static final List<String> SCHEDULES =
            List.of("fifo", "random:1", "random:2", "pct:3:2:50", "pct:4:3:50", "pos:5", "pos:6", "order:2=1,5=2");

    private Fingerprints() {}

    public static void main(String... arguments) throws InterruptedException {
        all().forEach(System.out::println);
    }

    static List<String> all() throws InterruptedException {
        var lines = new ArrayList<String>();
        for (var canary : Canary.values()) {
            if (canary != Canary.FOREIGN_LOCK && canary != Canary.UNCONTROLLED) {
                for (var schedule : SCHEDULES) {
                    lines.add(line(canary.simulation(), canary + " " + schedule, schedule, canary::run));
                }
            }
        }
        for (var schedule : SCHEDULES) {
            lines.add(line(Simulation.create(), "program " + schedule, schedule, world -> {
                RealTimeTest.program(world, () -> {});
            }));
        }
        return lines;
    }

    private static String line(Simulation simulation, String name, String schedule, VoidWorldBody<?> body)
            throws InterruptedException {
        Trace trace;
        var failure = "";
        try {
            trace = simulation.replay(Schedule.of(schedule), body);
        } catch (ScheduleFailedError e) {
            trace = e.trace();
            failure = " " + checksum(e.getMessage());
        }
        return name + " " + trace.count() + " " + Long.toHexString(trace.digest()) + " " + checksum(trace.toString())
                + failure;
    }

    private static String checksum(String text) {
        var sum = new CRC32();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(sum.getValue());
    }
}

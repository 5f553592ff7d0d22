package dev.weft.benchmarks.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * The processor time that a JVM has used, by what it was used for, from a flight recording.
 *
 * @param nanos processor time, by what for
 * @param innermost processor time, by what for and by the innermost frames
 */
record Profile(Map<Spent, Double> nanos, Map<Spent, Map<String, Double>> innermost) {

    /** The options for the JVM; the recording's settings are in {@code settings}. */
    static List<String> options(Path recording, Path settings) {
        return List.of("-XX:StartFlightRecording:filename=" + recording + ",settings=" + settings);
    }

    /** Processor time is sampled, on all threads that run Java: unlike time, a thread that sleeps has none of it. */
    static void writeSettings(Path file) throws IOException {
        Files.writeString(file, """
            <?xml version="1.0" encoding="UTF-8"?>
            <configuration version="2.0" label="processor time">
              <event name="jdk.CPUTimeSample">
                <setting name="enabled">true</setting><setting name="throttle">1ms</setting>
              </event>
              <event name="jdk.CPUTimeSamplesLost"><setting name="enabled">true</setting></event>
              <event name="jdk.GCCPUTime"><setting name="enabled">true</setting></event>
              <event name="dev.weft.Task"><setting name="enabled">false</setting></event>
              <event name="dev.weft.TaskStart"><setting name="enabled">false</setting></event>
              <event name="dev.weft.Wait"><setting name="enabled">false</setting></event>
            </configuration>
            """);
    }

    /** The events in the last part of a recording, which is as long as {@code part}. */
    static Profile read(Path recording, Duration part) throws IOException {
        var events = RecordingFile.readAllEvents(recording);
        var end = events.stream()
                .map(RecordedEvent::getStartTime)
                .max(Instant::compareTo)
                .orElseThrow(() -> new IOException("nothing was recorded: is there jdk.CPUTimeSample on this system?"));
        var profile = new Profile(new EnumMap<>(Spent.class), new EnumMap<>(Spent.class));
        var lost = 0.0;
        var samples = 0;
        for (var event : events) {
            if (event.getStartTime().isBefore(end.minus(part))) {
                continue;
            }
            switch (event.getEventType().getName()) {
                case "jdk.CPUTimeSample" -> {
                    samples++;
                    profile.add(event);
                }
                case "jdk.CPUTimeSamplesLost" -> lost += event.getLong("lostSamples");
                case "jdk.GCCPUTime" ->
                    profile.nanos.merge(
                            Spent.COLLECT,
                            (double) event.getDuration("userTime")
                                    .plus(event.getDuration("systemTime"))
                                    .toNanos(),
                            Double::sum);
                default -> {}
            }
        }
        // those that were lost are like the others
        var factor = samples == 0 ? 1 : 1 + lost / samples;
        profile.nanos.replaceAll((spent, nanos) -> spent == Spent.COLLECT ? nanos : nanos * factor);
        return profile;
    }

    private void add(RecordedEvent sample) {
        var frames = new ArrayList<String>();
        if (sample.getStackTrace() != null) {
            for (var frame : sample.getStackTrace().getFrames()) {
                var method = frame.getMethod();
                frames.add(method.getType().getName() + "." + method.getName());
            }
        }
        var spent = Spent.of(frames);
        double period = sample.getDuration("samplingPeriod").toNanos();
        nanos.merge(spent, period, Double::sum);
        innermost
                .computeIfAbsent(spent, _ -> new HashMap<>())
                .merge(String.join(" < ", frames.subList(0, Math.min(3, frames.size()))), period, Double::sum);
    }

    double total() {
        return nanos.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}

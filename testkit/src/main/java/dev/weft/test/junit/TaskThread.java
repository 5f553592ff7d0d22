package dev.weft.test.junit;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A thread that runs a task, as it stands in a thread dump: the one way to find virtual threads that the JDK offers.
 *
 * @param number the thread's number
 * @param name the thread's name, which is the task's
 * @param frames its stack, innermost first
 */
record TaskThread(long number, String name, List<String> frames) {

    private static final Pattern HEADER = Pattern.compile("#(\\d+) \"(.*)\".*");

    /** At the bottom of each task's stack, with or without its module's name. */
    private static final Pattern LIFE_OF_TASK =
            Pattern.compile("(.*/)?dev\\.weft\\.internal\\.task\\.TaskImpl\\.live\\(.*");

    /** Those that run tasks now. */
    static List<TaskThread> all() {
        return parse(dump());
    }

    static List<TaskThread> parse(List<String> dump) {
        var threads = new ArrayList<TaskThread>();
        for (var line : dump) {
            var header = HEADER.matcher(line);
            if (header.matches()) {
                threads.add(new TaskThread(Long.parseLong(header.group(1)), header.group(2), new ArrayList<>()));
            } else if (line.startsWith(" ") && !threads.isEmpty()) {
                threads.getLast().frames.add(line.strip().replaceFirst("^at ", ""));
            }
        }
        threads.removeIf(thread -> thread.frames.stream()
                .noneMatch(frame -> LIFE_OF_TASK.matcher(frame).matches()));
        return threads;
    }

    private static List<String> dump() {
        try {
            var folder = Files.createTempDirectory("weft-dump");
            var file = folder.resolve("threads.txt");
            try {
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                        .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
                return Files.readAllLines(file);
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot dump the threads", e);
        }
    }

    /** For people. */
    static String print(List<TaskThread> threads) {
        return threads.stream().map(TaskThread::toString).collect(Collectors.joining());
    }

    @Override
    public String toString() {
        var text = new StringBuilder("  task '").append(name).append("'\n");
        frames.forEach(frame -> text.append("      at ").append(frame).append('\n'));
        return text.toString();
    }
}

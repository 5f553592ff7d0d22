package dev.weft.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import javax.management.JMException;
import javax.management.ObjectName;

/** What the heap is full of, as {@code jcmd PID GC.class_histogram} tells it. */
public final class ClassHistogram {

    /** What the names of the figures begin with: the class's follows. */
    public static final String METRIC = "class:";

    private ClassHistogram() {}

    /** Reports the bytes per item of each class of which there is at least one byte an item. */
    static void report(int items) {
        var bytes = new HashMap<String, Long>();
        histogram().lines().forEach(line -> {
            var words = line.strip().split("\\s+");
            if (words.length >= 4 && words[0].endsWith(":")) {
                // the class of a lambda has a number that is another in each process
                bytes.merge(words[3].replaceFirst("/0x.*", ""), Long.parseLong(words[2]), Long::sum);
            }
        });
        bytes.forEach((name, size) -> {
            if (size >= items) {
                Extras.report(METRIC + name, (double) size / items);
            }
        });
    }

    private static String histogram() {
        try {
            return (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
        } catch (JMException e) {
            throw new IllegalStateException("the JVM tells no histogram of its classes", e);
        }
    }
}

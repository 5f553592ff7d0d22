package dev.weft.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import javax.management.JMException;
import javax.management.ObjectName;

/** The classes on the heap, as {@code jcmd PID GC.class_histogram} counts them. */
public final class ClassHistogram {

    /** The prefix of the names of the figures: the class's name follows. */
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

package dev.weft.benchmarks.run;

import com.sun.management.OperatingSystemMXBean;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a run was made, and with what.
 *
 * @param processor the model, as the system calls it
 * @param cores how many the JVM may use
 * @param memoryBytes how much there is
 * @param loadAverage of the last minute, when the run began; negative where the system does not tell
 * @param os the operating system
 * @param jdk the Java that ran it
 * @param distances how far apart its two cores are; null if it has not two
 * @param versions of everything that was measured, and of what measured it
 */
public record Machine(
        String processor,
        int cores,
        long memoryBytes,
        double loadAverage,
        String os,
        String jdk,
        @Nullable CoreDistances distances,
        Map<String, String> versions) {

    /** The load of a core from which on the machine is not at rest. */
    private static final double BUSY = 0.5;

    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final Pattern MODEL = Pattern.compile("model name\\s*:\\s*(.*)");
    private static final Pattern AVAILABLE = Pattern.compile("MemAvailable:\\s*(\\d+) kB");
    private static final Pattern JAR = Pattern.compile("(.+?)-(\\d[^-]*(?:-[A-Za-z0-9.]+)*)\\.jar");

    /** The jars whose versions are told, and what they are called. */
    private static final Map<String, String> NAMED = Map.of(
            "jmh-core", "JMH",
            "kotlinx-coroutines-core-jvm", "kotlinx.coroutines",
            "kotlin-stdlib", "Kotlin",
            "structured", "Jox structured",
            "channels", "Jox channels");

    private static final Map<String, String> CLUSTERS = Map.of("jgroups", "JGroups", "hazelcast", "Hazelcast");

    /** This one, now. */
    static Machine here(String weft, Python python) throws InterruptedException {
        var versions = new LinkedHashMap<String, String>();
        versions.put("Weft", weft);
        versions.putAll(versions(System.getProperty("java.class.path"), NAMED));
        versions.put("CPython (asyncio)", python.found() ? python.text() : "not there: " + python.text());
        return with(versions);
    }

    private static Machine with(Map<String, String> versions) throws InterruptedException {
        var system = system();
        return new Machine(
                first(PROCESSORS, MODEL, System.getProperty("os.arch")),
                system.getAvailableProcessors(),
                system.getTotalMemorySize(),
                system.getSystemLoadAverage(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version"),
                CoreDistances.here(),
                versions);
    }

    /** Whether something else ran on it when the run began, by which the figures are blurred. */
    public boolean busy() {
        return loadAverage > cores * BUSY;
    }

    /** The longest round trip of cores that are near, in nanoseconds; empty if it is all one where they are. */
    OptionalDouble near() {
        return distances == null ? OptionalDouble.empty() : distances.near();
    }

    /** How much memory a new process could have at this moment, in bytes. */
    static long freeMemory() {
        var kilobytes = first(MEMORY, AVAILABLE, "");
        return kilobytes.isEmpty() ? system().getFreeMemorySize() : Long.parseLong(kilobytes) << 10;
    }

    /** This one, now, for the benchmarks of clusters. */
    public static Machine ofClusters(String weft) throws InterruptedException {
        var versions = new LinkedHashMap<String, String>();
        versions.put("Weft", weft);
        versions.putAll(versions(System.getProperty("java.class.path"), CLUSTERS));
        return with(versions);
    }

    /** Writes it into a table of two columns. */
    public void describe(Markdown page) {
        page.row("processor", processor + ", " + cores + (cores == 1 ? " core" : " cores"));
        page.row("memory", Numbers.gibibytes(memoryBytes));
        page.row("load average at the start", loadAverage < 0 ? "not told by the system" : Numbers.ratio(loadAverage));
        if (distances != null) {
            page.row(
                    "from core to core and back",
                    Numbers.figure(distances.leastNanos()) + " to " + Numbers.figure(distances.mostNanos()) + " ns");
        }
        page.row("operating system", os);
        page.row("Java", jdk);
        page.row(
                "versions",
                versions.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(version -> version.getKey() + " " + version.getValue())
                        .collect(Collectors.joining(", ")));
    }

    /** The versions in the names of the jars on a class path, of those that have a name here. */
    static Map<String, String> versions(String classPath, Map<String, String> named) {
        var versions = new LinkedHashMap<String, String>();
        for (var entry : List.of(classPath.split(Pattern.quote(File.pathSeparator)))) {
            var jar = JAR.matcher(entry.substring(entry.lastIndexOf(File.separatorChar) + 1));
            if (jar.matches() && named.get(jar.group(1)) instanceof String name) {
                versions.put(name, jar.group(2));
            }
        }
        return versions;
    }

    private static String first(Path file, Pattern pattern, String otherwise) {
        try {
            return Arrays.stream(Files.readString(file).split("\n"))
                    .map(pattern::matcher)
                    .filter(matcher -> matcher.matches() || matcher.find())
                    .map(matcher -> matcher.group(1).strip())
                    .findFirst()
                    .orElse(otherwise);
        } catch (IOException e) {
            return otherwise; // not a Linux: what Java itself tells
        }
    }

    private static OperatingSystemMXBean system() {
        return (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    }
}

package dev.weft.benchmarks.run;

import dev.weft.benchmarks.Cores;
import dev.weft.benchmarks.Extras;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures the peers on the JVM with JMH. The calling thread of each benchmark is virtual. */
final class JmhBench implements Bench {

    /** A single iteration that takes longer is given up. */
    private static final TimeValue PATIENCE = TimeValue.minutes(3);

    private final Settings settings;
    private final OptionalDouble near;
    private final List<String> moreOptions;
    private final OutputFormat log;

    /**
     * Writes all that JMH says to the log.
     *
     * @param near the longest round trip, in nanoseconds, of cores that are near, as those that are measured should be
     */
    JmhBench(Settings settings, OptionalDouble near, PrintStream log) {
        this(settings, near, log, List.of());
    }

    /** With {@code moreOptions} for the JVM that is measured. */
    JmhBench(Settings settings, OptionalDouble near, PrintStream log, List<String> moreOptions) {
        this.settings = settings;
        this.near = near;
        this.moreOptions = List.copyOf(moreOptions);
        this.log = OutputFormatFactory.createFormatInstance(log, VerboseMode.NORMAL);
    }

    @Override
    public boolean has(Workload workload, Peer peer) {
        return methods(workload).contains(peer.method());
    }

    @Override
    public Optional<String> unavailable() {
        return Optional.empty();
    }

    /** The benchmark methods of a workload's class: one a peer, and none if there is no such class. */
    static Set<String> methods(Workload workload) {
        try {
            return Arrays.stream(Class.forName(workload.className(), false, JmhBench.class.getClassLoader())
                            .getMethods())
                    .filter(method -> method.isAnnotationPresent(Benchmark.class))
                    .map(Method::getName)
                    .collect(Collectors.toSet());
        } catch (ClassNotFoundException e) {
            return Set.of();
        }
    }

    @Override
    public Map<String, List<Double>> measure(Workload.Case at, Peer peer) throws BenchmarkFailedException {
        try {
            var extras = Files.createTempFile("weft-benchmark-", ".txt");
            try {
                var results = new Runner(options(at, peer, extras), log).run();
                var samples = new HashMap<>(ExtrasFile.read(extras));
                var times = times(results);
                samples.put(Metric.TIME, times);
                samples.computeIfPresent(
                        Cores.METRIC,
                        (_, all) -> all.subList(all.size() - times.size(), all.size())); // after the warm-up
                return samples;
            } finally {
                Files.deleteIfExists(extras);
            }
        } catch (RunnerException e) {
            throw new BenchmarkFailedException(innermost(e), e);
        } catch (IOException e) {
            throw new BenchmarkFailedException("the figures it reports could not be read: " + e, e);
        }
    }

    private Options options(Workload.Case at, Peer peer, Path extras) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + Pattern.quote(at.workload().className() + "." + peer.method()) + "$")
                .forks(1)
                .warmupForks(0)
                .threads(1)
                .timeUnit(TimeUnit.NANOSECONDS)
                .timeout(PATIENCE)
                .shouldFailOnError(true)
                .jvmArgs(
                        "--enable-preview",
                        "--sun-misc-unsafe-memory-access=allow", // JMH itself uses it
                        "-Xmx" + at.heapBytes(),
                        "-Djmh.executor=VIRTUAL",
                        "-D" + Extras.FILE_PROPERTY + "=" + extras)
                .jvmArgsAppend(Stream.of(
                                near.stream().mapToObj(nanos -> "-D" + Cores.NEAR_PROPERTY + "=" + nanos),
                                peer.options().stream(),
                                moreOptions.stream())
                        .flatMap(Function.identity())
                        .toArray(String[]::new));
        at.size().ifPresent(size -> options.param("size", Long.toString(size)));
        if (at.workload().kind() == Workload.Kind.ONCE) {
            options.mode(Mode.SingleShotTime).warmupIterations(0).measurementIterations(1);
        } else {
            var time = TimeValue.milliseconds(settings.iterationMillis());
            options.mode(Mode.AverageTime)
                    .jvmArgsPrepend("-Xms" + at.heapBytes(), "-XX:+AlwaysPreTouch") // ADR 24
                    .warmupIterations(settings.warmups())
                    .warmupTime(time)
                    .measurementIterations(settings.iterations())
                    .measurementTime(time);
        }
        return options.build();
    }

    /** The score of each iteration, in nanoseconds per invocation. */
    private static List<Double> times(Iterable<RunResult> results) throws BenchmarkFailedException {
        var times = new ArrayList<Double>();
        for (var result : results) {
            for (var fork : result.getBenchmarkResults()) {
                fork.getIterationResults().stream()
                        .map(iteration -> iteration.getPrimaryResult())
                        .map(primary -> primary.getScore())
                        .forEach(times::add);
            }
        }
        if (times.isEmpty()) {
            throw new BenchmarkFailedException("JMH brought no result; its log tells more");
        }
        return times;
    }

    /** The final failure: the exception of the benchmark itself, or of its process. */
    private static String innermost(Throwable e) {
        var at = e;
        while (true) {
            if (at.getCause() != null) {
                at = at.getCause();
            } else if (at.getSuppressed().length > 0) {
                at = at.getSuppressed()[0];
            } else {
                return at.toString();
            }
        }
    }
}

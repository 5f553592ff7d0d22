import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherConstants;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs the tests of core against mutants of it: plausible mistakes, one patch each in {@code core/src/test/mutants}. A
 * patch begins with a line {@code AREA: TEST CLASSES} and one that says what is wrong; {@code *} stands for all test
 * classes of core. Prints a table for each area: killed by a test, killed because the tests hung, survived, and stale,
 * which is a patch that does not apply, or does not compile, any more: it counts against the tests as a survivor does.
 *
 * <p>{@code mvn -pl core -Pmutants} does it, and {@code -Dmutants=…} with parts of names of patches or areas, separated
 * by commas, for some; {@code -Dmutants.all} runs all of core's tests against each. Not part of the default build: it
 * takes about three seconds for each mutant, and the time limit for each that hangs. Ends with status 1 unless all are
 * killed.
 *
 * <p>Only the patched files are compiled, on top of the classes that Maven has compiled; each mutant has a JVM of its
 * own, which ends at the first test that fails.
 */
final class Mutants {
    private static final Path REPOSITORY = Path.of("").toAbsolutePath();
    private static final Path FOLDER = REPOSITORY.resolve("core/src/test/mutants");
    private static final Path TEST_SOURCES = REPOSITORY.resolve("core/src/test/java");
    private static final String CLASS_PATH = System.getProperty("java.class.path");
    private static final int SECONDS_PER_MUTANT = Integer.getInteger("mutants.seconds", 60);
    private static final int SECONDS_FOR_ALL_TESTS = 900;
    private static final int AT_ONCE =
            Integer.getInteger("mutants.jobs", Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 8));
    private static final boolean ALL_TESTS = System.getProperty("mutants.all") != null;

    private Mutants() {}

    private enum Result {
        KILLED,
        HUNG,
        SURVIVED,
        STALE
    }

    private record Mutant(String id, String area, List<String> tests, String patch) {
        static Mutant read(Path file) throws IOException {
            var patch = Files.readString(file);
            var head = patch.lines().findFirst().orElse("").split(":", 2);
            if (head.length != 2) {
                throw new IllegalArgumentException(file + " must begin with a line AREA: TEST CLASSES");
            }
            var id = file.getFileName().toString().replace(".patch", "");
            return new Mutant(id, head[0].strip(), List.of(head[1].strip().split("\\s+")), patch);
        }

        List<String> files() {
            return patch.lines()
                    .filter(line -> line.startsWith("+++ b/"))
                    .map(line -> line.substring("+++ b/".length()).split("\t")[0])
                    .toList();
        }

        String what() {
            return patch.lines().skip(1).findFirst().orElse("");
        }
    }

    private record Report(Mutant mutant, Result result, String detail) {}

    /** The arguments are parts of the names of patches or areas; all are run if there are none. */
    public static void main(String[] args) throws Exception {
        if (args.length > 0 && args[0].equals("--tests")) {
            System.exit(Tests.run(Arrays.copyOfRange(args, 1, args.length)));
        }
        var mutants = new ArrayList<Mutant>();
        try (var files = Files.list(FOLDER)) {
            for (var file : files.filter(name -> name.toString().endsWith(".patch"))
                    .sorted()
                    .toList()) {
                mutants.add(Mutant.read(file));
            }
        }
        var wanted = Arrays.stream(args)
                .flatMap(arg -> Arrays.stream(arg.split(",")))
                .filter(arg -> !arg.isBlank())
                .toList();
        mutants.removeIf(mutant -> !wanted.isEmpty()
                && wanted.stream().noneMatch(part -> mutant.id.startsWith(part) || mutant.area.equals(part)));
        var work = Files.createTempDirectory("mutants");
        int status;
        try {
            var reports = run(mutants, work);
            print(reports);
            var left = reports.stream()
                    .anyMatch(report -> report.result == Result.SURVIVED || report.result == Result.STALE);
            status = left ? 1 : 0;
        } finally {
            delete(work);
        }
        System.exit(status);
    }

    private static List<Report> run(List<Mutant> mutants, Path work) throws Exception {
        compile(
                work.resolve("runner"),
                List.of(REPOSITORY.resolve("build-support/Mutants.java")),
                List.of("-cp", CLASS_PATH));
        var named = new TreeSet<String>();
        mutants.forEach(mutant -> named.addAll(testsOf(mutant)));
        System.out.printf("%d mutants, %d test classes; first the code as it is%n", mutants.size(), named.size());
        var before = test(work, work.resolve("none"), List.copyOf(named), SECONDS_FOR_ALL_TESTS);
        if (before.result != Result.SURVIVED) {
            throw new IllegalStateException("the tests must pass on the code as it is: " + before.detail);
        }
        var reports = new ArrayList<Report>();
        try (var pool = Executors.newFixedThreadPool(AT_ONCE)) {
            var futures = new ArrayList<Future<Report>>();
            for (var mutant : mutants) {
                Callable<Report> run = () -> run(mutant, work);
                futures.add(pool.submit(run));
            }
            for (var future : futures) {
                var report = future.get();
                reports.add(report);
                System.out.printf("%-8s %-6s %s%n", report.result, report.mutant.id, report.detail);
            }
        }
        return reports;
    }

    private static Report run(Mutant mutant, Path work) throws Exception {
        var tree = work.resolve(mutant.id);
        var sources = new ArrayList<Path>();
        for (var name : mutant.files()) {
            var copy = tree.resolve(name);
            Files.createDirectories(copy.getParent());
            if (!Files.exists(REPOSITORY.resolve(name))) {
                return new Report(mutant, Result.STALE, name + " is gone");
            }
            Files.copy(REPOSITORY.resolve(name), copy);
            sources.add(copy);
        }
        var patch = tree.resolve("patch");
        Files.writeString(patch, mutant.patch);
        var apply = new ProcessBuilder("git", "apply", "--recount", patch.toString()).directory(tree.toFile());
        apply.environment().put("GIT_CEILING_DIRECTORIES", work.toString());
        var applied = output(apply);
        if (applied.exit != 0) {
            return new Report(mutant, Result.STALE, "does not apply: " + firstLine(applied.text));
        }
        var classes = tree.resolve("classes");
        var complaint = compile(classes, sources, asPartOfTheModule(tree));
        if (!complaint.isEmpty()) {
            return new Report(mutant, Result.STALE, "does not compile: " + firstLine(complaint));
        }
        var run = test(
                work, classes, List.copyOf(testsOf(mutant)), ALL_TESTS ? SECONDS_FOR_ALL_TESTS : SECONDS_PER_MUTANT);
        return new Report(mutant, run.result, run.result == Result.SURVIVED ? mutant.what() : run.detail);
    }

    private static TreeSet<String> testsOf(Mutant mutant) {
        var tests = new TreeSet<String>();
        for (var name : mutant.tests) {
            if (ALL_TESTS || name.equals("*")) {
                tests.addAll(allTests());
            } else {
                tests.add("dev.weft." + name);
            }
        }
        return tests;
    }

    private static List<String> allTests() {
        try (var files = Files.walk(TEST_SOURCES)) {
            return files.map(TEST_SOURCES::relativize)
                    .map(Path::toString)
                    .filter(name -> name.endsWith("Test.java") && !name.endsWith("LincheckTest.java"))
                    .map(name -> name.replace(".java", "").replace(File.separatorChar, '.'))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Run(Result result, String detail) {}

    private static Run test(Path work, Path classes, List<String> tests, int seconds) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx1g",
                "-ea",
                "-cp",
                String.join(
                        File.pathSeparator,
                        classes.toString(),
                        work.resolve("runner").toString(),
                        CLASS_PATH),
                "Mutants",
                "--tests"));
        command.addAll(tests);
        var log = Files.createTempFile(work, "log", ".txt");
        var process = new ProcessBuilder(command)
                .directory(REPOSITORY.resolve("core").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
            return new Run(Result.HUNG, "no end after " + seconds + " s");
        }
        var text = Files.readString(log, StandardCharsets.UTF_8);
        var verdict = text.lines().filter(line -> line.startsWith(Tests.FAILED)).findFirst();
        return switch (process.exitValue()) {
            case 0 -> new Run(Result.SURVIVED, "");
            case 1 -> new Run(Result.KILLED, verdict.orElse("").replace(Tests.FAILED, ""));
            default -> throw new IllegalStateException("the tests could not be run: " + text);
        };
    }

    /** Sealed types of the API have their implementations in hidden packages, which only a module may have. */
    private static List<String> asPartOfTheModule(Path tree) {
        var modules = Arrays.stream(CLASS_PATH.split(File.pathSeparator))
                .filter(entry -> entry.contains("jspecify") || Files.exists(Path.of(entry, "module-info.class")))
                .collect(Collectors.joining(File.pathSeparator));
        return List.of("--module-path", modules, "--patch-module", "dev.weft=" + tree.resolve("core/src/main/java"));
    }

    /** @return what the compiler complains of; empty if nothing */
    private static String compile(Path target, List<Path> sources, List<String> where) throws IOException {
        Files.createDirectories(target);
        var arguments =
                new ArrayList<>(List.of("--release", "25", "-g", "-proc:none", "-nowarn", "-d", target.toString()));
        arguments.addAll(where);
        sources.forEach(source -> arguments.add(source.toString()));
        var complaint = new java.io.ByteArrayOutputStream();
        var status =
                ToolProvider.getSystemJavaCompiler().run(null, complaint, complaint, arguments.toArray(String[]::new));
        return status == 0 ? "" : complaint.toString(StandardCharsets.UTF_8);
    }

    private record Output(int exit, String text) {}

    private static Output output(ProcessBuilder builder) throws IOException, InterruptedException {
        var process = builder.redirectErrorStream(true).start();
        try (var stream = process.getInputStream()) {
            var text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return new Output(process.waitFor(), text);
        }
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private static void print(List<Report> reports) {
        var areas = new TreeMap<String, List<Report>>();
        reports.forEach(report -> areas.computeIfAbsent(report.mutant.area, area -> new ArrayList<>())
                .add(report));
        System.out.printf(
                "%n%-14s %7s %6s %8s %9s %6s%n", "area", "mutants", "killed", "of these", "survived", "stale");
        System.out.printf("%-14s %7s %6s %8s %9s %6s%n", "", "", "", "hung", "", "");
        areas.forEach(Mutants::printRow);
        printRow("all", reports);
    }

    private static void printRow(String area, List<Report> reports) {
        var hung = count(reports, Result.HUNG);
        var killed = count(reports, Result.KILLED) + hung;
        System.out.printf(
                "%-14s %7d %6d %8d %9d %6d   %3d %%%n",
                area,
                reports.size(),
                killed,
                hung,
                count(reports, Result.SURVIVED),
                count(reports, Result.STALE),
                reports.isEmpty() ? 0 : 100 * killed / reports.size());
    }

    private static long count(List<Report> reports, Result result) {
        return reports.stream().filter(report -> report.result == result).count();
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException exception) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** In the JVM of one mutant: runs test classes until one fails. */
    private static final class Tests {
        static final String FAILED = "failed: ";

        /** @return 0 if all pass; 2 if there are none. Does not return if one fails. */
        static int run(String[] classes) throws ClassNotFoundException {
            var selectors = new ArrayList<org.junit.platform.engine.discovery.ClassSelector>();
            for (var name : classes) {
                selectors.add(selectClass(Class.forName(name)));
            }
            selectors.sort(Comparator.comparing(org.junit.platform.engine.discovery.ClassSelector::getClassName));
            var request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(selectors)
                    .configurationParameter("junit.jupiter.execution.timeout.default", "30 s")
                    .configurationParameter(LauncherConstants.STACKTRACE_PRUNING_ENABLED_PROPERTY_NAME, "false")
                    .build();
            var passed = new java.util.concurrent.atomic.AtomicInteger();
            LauncherFactory.create().execute(request, new TestExecutionListener() {
                @Override
                public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                    if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                        var why = String.valueOf(result.getThrowable().orElse(null));
                        System.out.println(FAILED
                                + test.getUniqueId()
                                        .replaceAll(".*class:([^]]*)].*(?:method|test-template):([^](]*).*", "$1.$2")
                                + ": " + firstLine(why));
                        result.getThrowable().ifPresent(thrown -> thrown.printStackTrace(System.out));
                        System.out.flush();
                        Runtime.getRuntime().halt(1);
                    }
                    passed.incrementAndGet();
                }
            });
            return passed.get() > selectors.size() ? 0 : 2;
        }
    }
}

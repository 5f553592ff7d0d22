package dev.weft.test.internal.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/**
 * The classes of the class path: the JVM would accept them after rewriting. All of ours, and of others' every fourth;
 * {@code -Dweft.corpus.step=1} takes each of them.
 */
@Timeout(240)
class CorpusTest {

    private static final int STEP = Integer.getInteger("weft.corpus.step", 4);

    /** Why a class may have no switch points: it links to a library that is not there, or is for another JVM. */
    private static final List<String> REASONS = List.of(
            "Could not resolve class",
            "its class-file version is",
            "is an interface of before Java 8",
            "cannot be read: Unsupported");

    @Test
    void classesOfTheClassPath_areVerifiedAfterRewriting(TestReporter reporter) throws Exception {
        var rewriter = new ClassRewriter(CorpusTest::open);
        var left = new TreeMap<String, List<String>>();
        var counts = new LinkedHashMap<String, Integer>();
        var nanos = 0L;
        for (var entry : classPath()) {
            var classes = classes(entry);
            counts.put(entry.getFileName().toString(), classes.size());
            for (var each : classes.entrySet()) {
                var start = System.nanoTime();
                var result = rewriter.rewrite(each.getKey(), each.getValue());
                nanos += System.nanoTime() - start;
                result.left().stream()
                        .filter(unwritten -> !isExcused(unwritten, each.getValue()))
                        .forEach(unwritten -> left.computeIfAbsent(
                                        entry.getFileName().toString(), name -> new ArrayList<>())
                                .add(unwritten.toString()));
            }
        }
        var sum = counts.values().stream().mapToInt(Integer::intValue).sum();
        reporter.publishEntry(Map.of("classes", "" + sum, "microseconds each", "" + nanos / 1_000 / Math.max(1, sum)));
        assertThat(left).isEmpty();
        assertThat(sum).as("classes of %s", counts).isGreaterThan(1_500);
    }

    private static boolean isExcused(Unwritten unwritten, byte[] bytes) {
        return REASONS.stream().anyMatch(unwritten.reason()::startsWith)
                || unwritten.reason().startsWith("a serializable reference")
                || unwritten.reason().equals("is too large for switch points")
                || !ClassFile.of().verify(bytes).isEmpty();
    }

    private static InputStream open(String path) {
        return ClassLoader.getSystemResourceAsStream(path);
    }

    private static List<Path> classPath() {
        return Stream.of(System.getProperty("java.class.path").split(":"))
                .map(Path::of)
                .filter(Files::exists)
                .distinct()
                .toList();
    }

    private static Map<String, byte[]> classes(Path entry) throws IOException {
        if (Files.isDirectory(entry)) {
            return read(entry, 1);
        }
        try (var archive = FileSystems.newFileSystem(entry)) {
            return read(archive.getPath("/"), entry.getFileName().toString().startsWith("weft-") ? 1 : STEP);
        }
    }

    private static Map<String, byte[]> read(Path root, int step) throws IOException {
        var classes = new TreeMap<String, byte[]>();
        try (var files = Files.walk(root)) {
            files.filter(file -> file.toString().endsWith(".class")
                            && !file.toString().contains("META-INF")
                            && !file.endsWith("module-info.class")
                            && Math.floorMod(file.toString().hashCode(), step) == 0)
                    .forEach(file -> {
                        try {
                            classes.put(root.relativize(file).toString(), Files.readAllBytes(file));
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        }
        return classes;
    }
}

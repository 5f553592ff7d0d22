import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Formats every Java source below the current folder, or checks that all are formatted. Maven runs this file from its
 * source, on the JDK that compiles the project: the formatter parses with the compiler of the JDK it runs on.
 */
final class Format {
    private static final Formatter FORMATTER = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(Style.PALANTIR)
            .formatJavadoc(true)
            .build());

    /** How a source begins that is left as it is; the reason follows. */
    private static final String UNFORMATTED = "// Unformatted: ";

    private Format() {}

    /**
     * Takes one argument, {@code check} or {@code apply}. Ends with status 1 if a source is left as it should not be.
     */
    public static void main(String[] args) throws IOException {
        String mode = args[0];
        if (!mode.equals("check") && !mode.equals("apply")) {
            throw new IllegalArgumentException("expected check or apply, not " + mode);
        }
        boolean apply = mode.equals("apply");
        List<Path> sources = sourcesBelow(Path.of(""));
        LongAdder changed = new LongAdder();
        List<String> complaints = sources.parallelStream()
                .map(source -> format(source, apply, changed))
                .filter(complaint -> !complaint.isEmpty())
                .toList();
        complaints.forEach(System.err::println);
        if (sources.isEmpty() || !complaints.isEmpty()) {
            System.err.printf("%d of %d Java sources are not formatted.%n", complaints.size(), sources.size());
            System.err.println("To format them: mvn -N -Pformat");
            System.exit(1);
        }
        System.out.printf("%d Java sources, all formatted (%d changed now).%n", sources.size(), changed.sum());
    }

    /** Formats or checks one source. Returns the complaint about it, or an empty text. */
    private static String format(Path source, boolean apply, LongAdder changed) {
        try {
            String before = Files.readString(source);
            if (before.startsWith(UNFORMATTED)) {
                return "";
            }
            String after = FORMATTER.formatSourceAndFixImports(before);
            if (before.equals(after)) {
                return "";
            }
            if (!apply) {
                return source + ":" + firstDifference(before, after) + ": not formatted";
            }
            Files.writeString(source, after);
            changed.increment();
            return "";
        } catch (FormatterException e) {
            return source + ": " + e.getMessage();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> sourcesBelow(Path folder) throws IOException {
        List<Path> sources = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
                String name = dir.getFileName().toString();
                return name.equals("target") || name.startsWith(".")
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".java")) {
                    sources.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        sources.sort(null);
        return sources;
    }

    /** The number, from 1, of the first line in which the two texts differ. */
    private static long firstDifference(String before, String after) {
        int at = 0;
        while (at < Math.min(before.length(), after.length()) && before.charAt(at) == after.charAt(at)) {
            at++;
        }
        return 1 + before.substring(0, at).chars().filter(c -> c == '\n').count();
    }
}

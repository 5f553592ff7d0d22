package dev.weft.examples.guide;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The pages of {@code docs/guide} and the regions of source that they show. A region lies between {@code // snippet
 * name} and {@code // end}. A page names it in a comment, {@code <!-- snippet: Class#name -->}, above its block of Java
 * or Kotlin.
 */
final class Guide {

    /** A block of Java or Kotlin, with the name above it if there is one. */
    private static final Pattern BLOCK =
            Pattern.compile("(?:<!-- snippet: (\\w+#\\w+) -->\n)?```(java|kotlin)\n(.*?)```\n", Pattern.DOTALL);

    private final Path pages;
    private final Map<String, String> regions = new TreeMap<>();

    /** Reads all regions below {@code sources}. */
    Guide(Path pages, Path... sources) {
        this.pages = pages;
        for (var folder : sources) {
            files(folder, ".java").forEach(this::addRegions);
            files(folder, ".kt").forEach(this::addRegions);
        }
    }

    /** The pages, in the order of their names. */
    List<Path> pages() {
        return files(pages, ".md");
    }

    /** The names of all regions. */
    Set<String> regions() {
        return regions.keySet();
    }

    /** A region without its indent. */
    String region(String name) {
        var region = regions.get(name);
        if (region == null) {
            throw new IllegalArgumentException("no region '" + name + "'; there are " + regions.keySet());
        }
        return region;
    }

    /** The names above a page's blocks; "" for a block without a name. */
    static List<String> snippets(String page) {
        return BLOCK.matcher(page)
                .results()
                .map(block -> block.group(1) == null ? "" : block.group(1))
                .toList();
    }

    /** The page with the regions that it names in its blocks. */
    String render(String page) {
        return BLOCK.matcher(page)
                .replaceAll(block -> Matcher.quoteReplacement(
                        block.group(1) == null
                                ? block.group()
                                : "<!-- snippet: " + block.group(1) + " -->\n```" + block.group(2) + '\n'
                                        + region(block.group(1)) + "```\n"));
    }

    private void addRegions(Path source) {
        var type = source.getFileName().toString().replaceFirst("\\.\\w+$", "");
        var lines = new ArrayList<String>();
        var name = "";
        for (var line : read(source).lines().toList()) {
            var code = line.strip();
            if (code.startsWith("// snippet ")) {
                name = type + '#' + code.substring("// snippet ".length());
                lines.clear();
            } else if (code.equals("// end")) {
                if (regions.putIfAbsent(name, withoutIndent(lines)) != null) {
                    throw new IllegalArgumentException("two regions '" + name + "'");
                }
                name = "";
            } else if (!name.isEmpty()) {
                lines.add(line);
            }
        }
        if (!name.isEmpty()) {
            throw new IllegalArgumentException("region '" + name + "' has no line '// end'");
        }
    }

    private static String withoutIndent(List<String> lines) {
        return String.join("\n", lines).stripIndent().strip() + '\n'; // a line break at the end would keep the indent
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path folder, String suffix) {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

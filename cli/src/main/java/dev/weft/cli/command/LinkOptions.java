package dev.weft.cli.command;

import dev.weft.cli.check.Fragments;
import dev.weft.cli.check.LinkFilter;
import dev.weft.cli.files.BoundedLines;
import dev.weft.cli.files.Reason;
import dev.weft.cli.files.Sources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of {@code weft check}: which links are looked at, and how closely. */
final class LinkOptions {

    private static final int DEFAULT_DEPTH = 5;
    private static final int MAX_LINE = 10_000;

    @Option(names = "--offline", description = "Only look up links to files; those to the web are skipped.")
    private boolean offline;

    @Option(
            names = "--root",
            paramLabel = "DIR",
            converter = Converters.PathName.class,
            description = "What links that begin with / are below. Default: the nearest folder above the document with"
                    + " .git in it, or else the folder that was named.")
    private @Nullable Path root;

    @Option(
            names = "--fragments",
            paramLabel = "WHERE",
            converter = Converters.FragmentsWord.class,
            description = "Where the #place in a link is looked for: none, local (in files), all (pages of the web are"
                    + " read for it). Default: local.")
    private Fragments fragments = Fragments.LOCAL;

    @Option(
            names = "--exclude",
            paramLabel = "REGEX",
            converter = Converters.LinkPattern.class,
            description = "Skip links in which this is found, as written, or in the URL or path that they lead to. May"
                    + " be repeated.")
    private List<Pattern> excluded = new ArrayList<>();

    @Option(
            names = "--exclude-file",
            paramLabel = "FILE",
            converter = Converters.PathName.class,
            description = "The same, a pattern a line; blank lines and lines with # are skipped. May be repeated.")
    private List<Path> excludeFiles = new ArrayList<>();

    @Option(
            names = "--include",
            paramLabel = "REGEX",
            converter = Converters.LinkPattern.class,
            description = "Skip all links but those in which this is found. May be repeated.")
    private List<Pattern> included = new ArrayList<>();

    @Option(
            names = "--recurse",
            description = "Of a URL that is named: also check the pages of its site that it links to, and so on.")
    private boolean recurse;

    @Option(
            names = "--depth",
            paramLabel = "N",
            converter = Converters.NoneOrMore.class,
            description = "How many links away from the named one these are. Default: 5.")
    private @Nullable Integer depth;

    /**
     * Looks for what does not go together.
     *
     * @throws IllegalArgumentException with the remedy in its message
     */
    void check() {
        if (depth != null && !recurse) {
            throw new IllegalArgumentException("--depth is how far --recurse goes: give that too, or leave it out");
        }
        if (root != null && !Files.isDirectory(root)) {
            throw new IllegalArgumentException("--root " + root + ": there is no such folder");
        }
    }

    boolean isOffline() {
        return offline;
    }

    @Nullable
    Path root() {
        return root;
    }

    Fragments fragments() {
        return fragments;
    }

    int depth() {
        return !recurse ? 0 : depth == null ? DEFAULT_DEPTH : depth;
    }

    /**
     * All patterns.
     *
     * @throws IllegalArgumentException if a file cannot be read, or has a line that is no pattern
     */
    LinkFilter filter() {
        var all = new ArrayList<>(excluded);
        excludeFiles.forEach(file -> all.addAll(patterns(file)));
        return new LinkFilter(all, included);
    }

    private static List<Pattern> patterns(Path file) {
        var patterns = new ArrayList<Pattern>();
        try (var in = Sources.openFile(file)) {
            var lines = new BoundedLines(in, MAX_LINE);
            while (lines.next()) {
                var text = new String(lines.bytes(), StandardCharsets.UTF_8).strip();
                if (!text.isEmpty() && !text.startsWith("#")) {
                    patterns.add(pattern(file, lines.count(), text));
                }
            }
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("--exclude-file: there is no file " + file, e);
        } catch (IOException e) {
            throw new IllegalArgumentException("--exclude-file " + file + ": " + Reason.of(e), e);
        }
        return patterns;
    }

    private static Pattern pattern(Path file, long line, String text) {
        try {
            return LinkFilter.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--exclude-file " + file + ":" + line + ": " + e.getMessage(), e);
        }
    }
}

package dev.weft.cli.check;

import dev.weft.cli.files.BoundedLines;
import dev.weft.cli.files.Reason;
import dev.weft.cli.files.Sources;
import dev.weft.cli.files.Tree;
import dev.weft.cli.links.PageLinks;
import dev.weft.cli.text.UrlSyntax;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Looks up on disk where links to files lead. */
final class OnDiskCheck {

    private static final Pattern DOCUMENT =
            Pattern.compile(".*\\.(md|markdown|mdown|mkdn?|mdx|html?|shtml|xhtml|xht)", Pattern.CASE_INSENSITIVE);

    /** As GitHub marks lines of a file: {@code L10}, {@code L10-L20}, {@code L10C5-L20C3}. */
    private static final Pattern LINES = Pattern.compile("L(\\d{1,9})(?:C\\d{1,9})?(?:-L?(\\d{1,9})(?:C\\d{1,9})?)?");

    /** The files that stand for their folder, the first one that is there. */
    private static final List<String> FRONT = List.of("README.md", "readme.md", "index.md", "index.html", "index.htm");

    private static final String PREFIX = "user-content-";

    private final ParsedFiles parsed;

    /** Looks for places in these, which have been read. */
    OnDiskCheck(ParsedFiles parsed) {
        this.parsed = parsed;
    }

    /** The document in which the place is that a link names; null if it names none, or none that can be looked for. */
    static @Nullable Path documentOf(Destination.OnDisk to) {
        if (to.fragment() == null) {
            return null;
        }
        var shown = Files.isDirectory(to.path()) ? front(to.path()) : to.path();
        return shown != null && DOCUMENT.matcher(shown.toString()).matches() && Files.isRegularFile(shown)
                ? shown
                : null;
    }

    private static @Nullable Path front(Path folder) {
        return FRONT.stream()
                .map(folder::resolve)
                .filter(file -> Files.isRegularFile(file))
                .findFirst()
                .orElse(null);
    }

    /**
     * Looks it up.
     *
     * <p><b>Blocking:</b> as the disk is.
     *
     * @param withFragment whether the place in a document matters
     */
    Finding of(Place place, String link, Destination.OnDisk to, boolean withFragment) {
        if (!Files.exists(to.path())) {
            return Finding.broken(place, link, Finding.FILE, missing(to.path()));
        }
        if (to.isFolder() && !Files.isDirectory(to.path())) {
            return Finding.broken(
                    place, link, Finding.FILE, shown(to.path()) + " is a file: leave out the slash at the end");
        }
        if (!Tree.isInThisCase(to.path())) {
            return Finding.broken(
                    place, link, Finding.FILE, shown(to.path()) + " is written in another case on the disk");
        }
        var fragment = to.fragment();
        return fragment == null || !withFragment
                ? Finding.ok(place, link, Finding.FILE)
                : inDocument(place, link, to, fragment);
    }

    /** Says which part of it is missing, and what may be meant. */
    private static String missing(Path path) {
        var text = "there is no " + shown(path);
        var part = path;
        var folder = part.getParent();
        while (folder != null && !Files.isDirectory(folder)) {
            part = folder;
            folder = part.getParent();
        }
        var name = part.getFileName();
        if (folder == null || name == null) {
            return text;
        }
        var other = Tree.inOtherCase(folder, name.toString());
        if (other != null) {
            return text + ", but " + shown(folder.resolve(other)) + ": the case matters";
        }
        if (!part.equals(path)) {
            return text + ": there is no folder " + shown(part);
        }
        for (var suffix : List.of(".md", ".html")) {
            if (Files.exists(folder.resolve(name + suffix))) {
                return text + ", but " + shown(folder.resolve(name + suffix));
            }
        }
        return text;
    }

    /** Relative to the current folder, if it is below that. */
    private static String shown(Path path) {
        var here = Path.of("").toAbsolutePath();
        return path.startsWith(here) && !path.equals(here)
                ? here.relativize(path).toString()
                : path.toString();
    }

    private Finding inDocument(Place place, String link, Destination.OnDisk to, String fragment) {
        var document = documentOf(to);
        if (document == null) {
            return inLines(place, link, to.path(), fragment);
        }
        return switch (parsed.of(document)) {
            case ParsedFiles.Read(var page, var _) ->
                isIn(page, fragment)
                        ? Finding.ok(place, link, Finding.FILE)
                        : LINES.matcher(fragment).matches()
                                ? inLines(place, link, document, fragment)
                                : Finding.broken(
                                        place,
                                        link,
                                        Finding.FRAGMENT,
                                        noSuchPlace(page.anchors(), fragment, shown(document)));
            case ParsedFiles.Unreadable(var why) ->
                Finding.wrong(place, link, shown(document) + " cannot be searched for #" + fragment + ": it " + why);
            case null -> Finding.ok(place, link, Finding.FILE);
        };
    }

    /**
     * Whether a document has this place, as it is written or with its escapes undone. One that forwards to another may
     * have any: programs that make such pages put a script into them, which hands the place on.
     */
    static boolean isIn(PageLinks page, String fragment) {
        var anchors = page.anchors();
        var plain = UrlSyntax.unescaped(fragment);
        return page.isForward()
                || anchors.contains(fragment)
                || anchors.contains(plain)
                || (plain.startsWith(PREFIX) && anchors.contains(plain.substring(PREFIX.length())))
                || anchors.contains(PREFIX + plain);
    }

    /** Says that it has not, and what may be meant. */
    static String noSuchPlace(Set<String> anchors, String fragment, String document) {
        var plain = UrlSyntax.unescaped(fragment);
        var text = "there is no #" + plain + " in " + document;
        var same = anchors.stream().filter(plain::equalsIgnoreCase).sorted().findFirst();
        if (same.isPresent()) {
            return text + ", but #" + same.get() + ": the case matters";
        }
        var bare = bare(plain);
        return anchors.stream()
                .filter(anchor -> !bare.isEmpty() && bare(anchor).equals(bare))
                .sorted()
                .findFirst()
                .map(near -> text + ", but #" + near)
                .orElse(text);
    }

    private static String bare(String anchor) {
        return anchor.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }

    /** A line of a file; any other place in what is no document is for the program that shows it. */
    private static Finding inLines(Place place, String link, Path file, String fragment) {
        var lines = LINES.matcher(fragment);
        if (!lines.matches() || !Files.isRegularFile(file)) {
            return Finding.ok(place, link, Finding.FILE);
        }
        var last =
                Math.max(Long.parseLong(lines.group(1)), lines.group(2) == null ? 0 : Long.parseLong(lines.group(2)));
        try (var in = Sources.openFile(file)) {
            var reader = new BoundedLines(in, 0);
            var count = 0L;
            while (count < last && reader.next()) {
                count++;
            }
            return count >= last && last > 0
                    ? Finding.ok(place, link, Finding.FILE)
                    : Finding.broken(
                            place,
                            link,
                            Finding.FRAGMENT,
                            shown(file) + " has " + count + " lines, and no #" + fragment);
        } catch (IOException e) {
            return Finding.wrong(place, link, shown(file) + " cannot be read: " + Reason.of(e));
        }
    }
}

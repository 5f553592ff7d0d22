package dev.weft.cli.check;

import dev.weft.cli.files.Reason;
import dev.weft.cli.files.Tree;
import dev.weft.cli.text.PathGlob;
import dev.weft.cli.text.Shown;
import dev.weft.cli.text.UrlText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Finds the documents that arguments name: files, folders, patterns of these, and URLs. An argument that names none is
 * a finding, and stops no other. Not thread-safe.
 */
final class Documents {

    private static final Pattern URL = Pattern.compile("(?i)https?://.*", Pattern.DOTALL);
    private static final Pattern DOCUMENT = Pattern.compile(".*\\.(md|markdown|html?)", Pattern.CASE_INSENSITIVE);
    private static final Pattern HOST = Pattern.compile(
            "(?:localhost|[A-Za-z0-9-]++(?:\\.[A-Za-z0-9-]++)++(?<=\\.[A-Za-z]{2,63}))(?::\\d++)?+(?:/.*)?");
    private static final String KINDS = ".md, .markdown, .html or .htm";

    private final Map<Path, DocumentFile> files = new LinkedHashMap<>();
    private final List<UrlText.Url> pages = new ArrayList<>();
    private final List<Finding> problems = new ArrayList<>();

    private Documents() {}

    /**
     * Looks for them.
     *
     * <p><b>Blocking:</b> as the disk is.
     */
    static Documents of(List<String> arguments) {
        var documents = new Documents();
        arguments.forEach(documents::add);
        return documents;
    }

    /** In the order of the arguments, each once. */
    List<DocumentFile> files() {
        return List.copyOf(files.values());
    }

    List<UrlText.Url> pages() {
        return List.copyOf(pages);
    }

    List<Finding> problems() {
        return List.copyOf(problems);
    }

    private void add(String argument) {
        if (URL.matcher(argument).matches()) {
            switch (UrlText.parse(argument)) {
                case UrlText.Url url -> pages.add(url);
                case UrlText.NoUrl(var why) -> problem(Shown.address(argument), why);
            }
            return;
        }
        try {
            var path = Path.of(argument);
            if (Files.isDirectory(path)) {
                addFolder(argument, path);
            } else if (Files.exists(path)) {
                addFile(path, parent(path));
            } else if (PathGlob.isOne(argument)) {
                addGlob(argument, PathGlob.parse(argument));
            } else {
                var isHost = HOST.matcher(argument).matches()
                        && !DOCUMENT.matcher(argument).matches();
                problem(
                        argument,
                        "there is no such file or folder"
                                + (isHost ? "; a page on the web is written https://" + argument : ""));
            }
        } catch (InvalidPathException e) {
            problem(argument, "is not the name of a file: " + e.getReason());
        } catch (IllegalArgumentException e) {
            problem(argument, String.valueOf(e.getMessage()));
        }
    }

    private void problem(String argument, String why) {
        problems.add(Finding.unreadable(argument, why));
    }

    private static Path parent(Path file) {
        var parent = file.toAbsolutePath().normalize().getParent();
        return parent == null ? Path.of("/") : parent;
    }

    private void addFile(Path file, Path given) {
        var shown = file.normalize();
        files.putIfAbsent(shown.toAbsolutePath().normalize(), new DocumentFile(shown, given));
    }

    private void addFolder(String argument, Path folder) {
        var isDocument = (Predicate<Path>)
                file -> DOCUMENT.matcher(String.valueOf(file.getFileName())).matches();
        if (addBelow(folder, folder, isDocument) == 0) {
            problem(argument, "has no file that ends with " + KINDS + ": name the files, or another folder");
        }
    }

    private void addGlob(String argument, PathGlob glob) {
        var folder = Path.of(glob.folder());
        if (!Files.isDirectory(folder)) {
            problem(argument, "there is no folder " + glob.folder());
            return;
        }
        var begin = glob.folder().isEmpty() ? Path.of(".") : folder;
        var found = addBelow(
                begin,
                begin,
                file -> glob.names()
                        .matcher(begin.relativize(file).toString().replace('\\', '/'))
                        .matches());
        if (found == 0) {
            problem(
                    argument,
                    "no file has such a name: a pattern knows * and ?, ** for any folders, [a-z] and {md,html}");
        }
    }

    private int addBelow(Path folder, Path given, Predicate<Path> isWanted) {
        try {
            var found = Tree.below(folder, isWanted);
            found.files().forEach(file -> addFile(file, given));
            found.unreadable()
                    .forEach(one -> problem(one.path().normalize().toString(), "cannot be looked into: " + one.why()));
            return found.files().size() + found.unreadable().size();
        } catch (IOException e) {
            problem(folder.toString(), "cannot be looked into: " + Reason.of(e));
            return 1;
        }
    }
}

package dev.weft.cli.check;

import dev.weft.cli.links.LinkTarget;
import dev.weft.cli.text.UrlSyntax;
import dev.weft.cli.text.UrlText;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a link of a document leads. */
sealed interface Destination {

    /**
     * To something on disk.
     *
     * @param path without dots
     * @param isFolder whether it is written with a slash at its end
     * @param fragment as it is written; null for none
     */
    record OnDisk(Path path, boolean isFolder, @Nullable String fragment) implements Destination {}

    /**
     * To the web.
     *
     * @param fragment as it is written; null for none
     */
    record OnWeb(UrlText.Url url, @Nullable String fragment) implements Destination {}

    /** To something that is neither: a mail address, a script. */
    record Elsewhere() implements Destination {}

    /** Nowhere. */
    record Nowhere(String why) implements Destination {}

    Pattern FILE_SCHEME = Pattern.compile("\\s*file:(.*)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /**
     * Reads a link of a file.
     *
     * @param file which holds the link
     * @param base what the file says its links are relative to; null for its folder
     * @param root the folder that {@code /} stands for
     */
    static Destination inFile(String link, Path file, @Nullable String base, Path root) {
        @Nullable URI web = null;
        var from = new From(file, false);
        if (base != null) {
            switch (inFile(base, file, null, root)) {
                case OnWeb(var url, var _) -> web = url.uri();
                case OnDisk(var path, var isFolder, var _) -> from = new From(path, isFolder);
                case Elsewhere _, Nowhere _ -> {}
            }
        }
        var ofFile = FILE_SCHEME.matcher(link);
        if (ofFile.matches()) {
            return ofFileUrl(ofFile.group(1), LinkTarget.fragment(link), from);
        }
        return switch (LinkTarget.of(link, web)) {
            case LinkTarget.Web(var url) -> web(link, url);
            case LinkTarget.Relative(var reference) -> onDisk(reference, LinkTarget.fragment(link), from, root);
            case LinkTarget.SamePage _ -> from.itself(LinkTarget.fragment(link));
            case LinkTarget.Elsewhere _ -> new Elsewhere();
        };
    }

    /** The file or folder that links are relative to. */
    record From(Path path, boolean isFolder) {

        private OnDisk itself(@Nullable String fragment) {
            return new OnDisk(absolute(path), isFolder, fragment);
        }

        private Path folder() {
            var absolute = absolute(path);
            var parent = absolute.getParent();
            return isFolder || parent == null ? absolute : parent;
        }
    }

    /** Reads a link of a page of the web, which is relative to this URL. */
    static Destination inPage(String link, URI page, @Nullable String base) {
        var from = base != null
                        && LinkTarget.of(base, page) instanceof LinkTarget.Web(var text)
                        && UrlText.parse(text) instanceof UrlText.Url(var uri, var _)
                ? uri
                : page;
        return switch (LinkTarget.of(link, from)) {
            case LinkTarget.Web(var url) -> web(link, url);
            case LinkTarget.SamePage _ -> web(link, from.toString());
            case LinkTarget.Relative _, LinkTarget.Elsewhere _ -> new Elsewhere();
        };
    }

    private static Destination web(String link, String url) {
        if (link.indexOf('\ufffd') >= 0) {
            return new Nowhere("has bytes that are no text: save the document in UTF-8");
        }
        return switch (UrlText.parse(url)) {
            case UrlText.Url parsed -> new OnWeb(parsed, LinkTarget.fragment(link));
            case UrlText.NoUrl(var why) -> new Nowhere(why);
        };
    }

    private static Destination ofFileUrl(String rest, @Nullable String fragment, From from) {
        var hash = rest.indexOf('#');
        var text = UrlSyntax.slashes(hash < 0 ? rest : rest.substring(0, hash));
        if (!text.startsWith("//")) {
            return onDisk(text, fragment, from, Path.of("/"));
        }
        var slash = text.indexOf('/', 2);
        var host = slash < 0 ? text.substring(2) : text.substring(2, slash);
        return host.isEmpty() || host.equalsIgnoreCase("localhost")
                ? onDisk(slash < 0 ? "/" : text.substring(slash), fragment, from, Path.of("/"))
                : new Nowhere("is a file of another machine, " + host + ": write file:///path for one of this machine");
    }

    private static Destination onDisk(String reference, @Nullable String fragment, From from, Path root) {
        if (reference.indexOf('\ufffd') >= 0) {
            return new Nowhere("has bytes that are no text: save the document in UTF-8");
        }
        var query = reference.indexOf('?');
        var path = UrlSyntax.unescaped(query < 0 ? reference : reference.substring(0, query));
        if (path.isEmpty()) {
            return from.itself(fragment);
        }
        var isFolder = path.endsWith("/")
                || path.equals(".")
                || path.equals("..")
                || path.endsWith("/.")
                || path.endsWith("/..");
        try {
            var folder = path.startsWith("/") ? root : from.folder();
            return new OnDisk(absolute(folder.resolve(path.replaceFirst("^/+", ""))), isFolder, fragment);
        } catch (InvalidPathException e) {
            return new Nowhere("is not the name of a file: " + e.getReason());
        }
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }
}

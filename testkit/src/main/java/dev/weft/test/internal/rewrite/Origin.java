package dev.weft.test.internal.rewrite;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import org.jspecify.annotations.Nullable;

/** The folder or archive that a class comes from, by the address of its file. */
final class Origin {

    private Origin() {}

    /** The part of the address before the class's own path. */
    static String root(URL file, String path) {
        var text = file.toString();
        var archive = text.indexOf("!/");
        if (archive >= 0) {
            return text.substring(0, archive);
        }
        var end = text.lastIndexOf(path);
        return end < 0 ? text : text.substring(0, end);
    }

    static String root(Class<?> type) {
        var path = type.getName().replace('.', '/') + ".class";
        var file = type.getResource("/" + path);
        return file == null ? "" : root(file, path);
    }

    /** As a code source names it. */
    static @Nullable URL address(String root) {
        try {
            return URI.create(root.startsWith("jar:") ? root.substring(4) : root)
                    .toURL();
        } catch (MalformedURLException | IllegalArgumentException e) {
            return null;
        }
    }
}

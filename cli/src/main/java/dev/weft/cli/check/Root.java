package dev.weft.cli.check;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The folder that {@code /} stands for in the links of a file. Not thread-safe. */
final class Root {

    private final @Nullable Path given;
    private final Map<Path, Path> known = new HashMap<>();

    /** The one that was given for all; without it, each file's own. */
    Root(@Nullable Path given) {
        this.given = given;
    }

    /** The nearest folder above the file that holds {@code .git}; without one, the folder that was given to look in. */
    Path of(DocumentFile document) {
        if (given != null) {
            return given.toAbsolutePath().normalize();
        }
        var folder = document.path().toAbsolutePath().normalize().getParent();
        var fallback = document.given().toAbsolutePath().normalize();
        return folder == null ? fallback : known.computeIfAbsent(folder, from -> find(from, fallback));
    }

    private static Path find(Path from, Path fallback) {
        for (@Nullable Path folder = from; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(".git"))) {
                return folder;
            }
        }
        return fallback;
    }
}

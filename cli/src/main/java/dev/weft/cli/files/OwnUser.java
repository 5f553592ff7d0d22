package dev.weft.cli.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import org.jspecify.annotations.Nullable;

/** The user that this process runs as, as far as the system tells. */
final class OwnUser {

    /** Null if nobody tells: then {@link Folder} makes a file, to see whose it is. */
    static final @Nullable UserPrincipal NAME = find();

    private OwnUser() {}

    private static @Nullable UserPrincipal find() {
        try {
            return Files.getOwner(Path.of("/proc/self"));
        } catch (IOException | UnsupportedOperationException | SecurityException e) {
            return null;
        }
    }
}

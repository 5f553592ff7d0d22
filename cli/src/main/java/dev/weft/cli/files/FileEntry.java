package dev.weft.cli.files;

import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import org.jspecify.annotations.Nullable;

/**
 * The thing under a name. A link is a link, whatever it leads to.
 *
 * @param named its owner where the file system has owners and is not POSIX
 * @param posix null where the file system has none
 * @param key equal for the same file; null where the file system has none
 */
record FileEntry(
        Kind kind,
        @Nullable UserPrincipal named,
        @Nullable PosixFileAttributes posix,
        @Nullable Object key) {

    /** The kind of the entry. */
    enum Kind {
        FILE("a file"),
        FOLDER("a folder"),
        LINK("a symbolic link"),
        OTHER("a pipe, a socket or a device");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** As in {@code a file}. */
        @Override
        public String toString() {
            return words;
        }
    }

    /** Null where the file system has none. The system looks up its name, which costs more than all else here. */
    @Nullable
    UserPrincipal owner() {
        return posix == null ? named : posix.owner();
    }

    boolean isFile() {
        return kind == Kind.FILE;
    }
}

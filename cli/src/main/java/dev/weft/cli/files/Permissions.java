package dev.weft.cli.files;

import java.io.IOException;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** Gives a new file the permissions of the one that it takes the place of. */
final class Permissions {

    private static final Set<PosixFilePermission> GROUP = EnumSet.of(
            PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE, PosixFilePermission.GROUP_EXECUTE);

    private Permissions() {}

    /** Owner and group first: what was allowed to a group must not be to another one. */
    static void copy(PosixFileAttributes old, PosixFileAttributeView to) throws IOException {
        var made = to.readAttributes();
        var permissions = EnumSet.noneOf(PosixFilePermission.class);
        permissions.addAll(old.permissions());
        if (!made.group().equals(old.group()) && !succeeds(() -> to.setGroup(old.group()))) {
            permissions.removeAll(GROUP);
        }
        to.setPermissions(permissions);
        if (!made.owner().equals(old.owner())) {
            // only the administrator may; for others the new file is their own
            var _ = succeeds(() -> to.setOwner(old.owner()));
        }
    }

    private interface Change {
        void make() throws IOException;
    }

    private static boolean succeeds(Change change) {
        try {
            change.make();
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}

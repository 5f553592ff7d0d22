package dev.weft.cli.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether the name by which a folder was opened still leads to it. */
final class SamePlace {

    private SamePlace() {}

    /** @throws NotOursException if not; nothing is found out about a folder that is not held open */
    static void check(Path path, @Nullable SecureDirectoryStream<Path> opened) throws IOException {
        if (opened != null && !is(path, opened)) {
            throw replaced(path);
        }
    }

    static NotOursException replaced(Path path) {
        return new NotOursException("the folder " + path + " was replaced while this ran");
    }

    private static boolean is(Path path, SecureDirectoryStream<Path> opened) throws IOException {
        try {
            var there = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
            var here = opened.getFileAttributeView(BasicFileAttributeView.class)
                    .readAttributes()
                    .fileKey();
            return Objects.equals(there, here);
        } catch (NoSuchFileException e) {
            return false; // moved away
        }
    }
}

package dev.weft.cli.files;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Looks for files below a folder, and for names in one. Opens nothing. */
public final class Tree {

    /** Files that others have put there, or a build has made. */
    private static final Set<String> NOT_OURS = Set.of("node_modules", "target");

    private Tree() {}

    /**
     * The files found.
     *
     * @param files in the order of their names
     * @param unreadable folders that could not be looked into, each with the reason
     */
    public record Found(List<Path> files, List<Unreadable> unreadable) {}

    /** A folder that could not be looked into. */
    public record Unreadable(Path path, String why) {}

    /**
     * Finds the files below a folder. Hidden folders, {@code node_modules} and {@code target} below it are left out;
     * links to folders are not followed, so that none leads in a circle; a link to a file counts as a file.
     *
     * <p><b>Blocking:</b> as the disk is.
     *
     * @param isWanted decides on a file
     */
    public static Found below(Path folder, Predicate<Path> isWanted) throws IOException {
        var files = new ArrayList<Path>();
        var unreadable = new ArrayList<Unreadable>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path below, BasicFileAttributes attributes) {
                var isLeftOut = !below.equals(folder) && isLeftOut(String.valueOf(below.getFileName()));
                return isLeftOut ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                var isFile = attributes.isRegularFile() || (attributes.isSymbolicLink() && Files.isRegularFile(file));
                if (isFile && isWanted.test(file)) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                unreadable.add(new Unreadable(file, Reason.of(failure)));
                return FileVisitResult.CONTINUE;
            }
        });
        files.sort(Comparator.comparing(Path::toString));
        return new Found(files, unreadable);
    }

    private static boolean isLeftOut(String name) {
        return name.startsWith(".") || NOT_OURS.contains(name);
    }

    /**
     * A name in this folder that differs from another in its case alone; null if there is none, or that very name is
     * there.
     */
    public static @Nullable String inOtherCase(Path folder, String name) {
        try (var entries = Files.newDirectoryStream(folder)) {
            @Nullable String other = null;
            for (var entry : entries) {
                var there = String.valueOf(entry.getFileName());
                if (there.equals(name)) {
                    return null;
                }
                if (there.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
                    other = there;
                }
            }
            return other;
        } catch (IOException e) {
            return null; // then nobody can say
        }
    }

    /** Whether the name that a file has on disk is this one, in its case too; where a file system does not mind. */
    public static boolean isInThisCase(Path file) {
        try {
            var there = file.toRealPath(LinkOption.NOFOLLOW_LINKS);
            var wanted = file.toAbsolutePath().normalize();
            if (there.getNameCount() != wanted.getNameCount()) {
                return true;
            }
            for (var i = 0; i < there.getNameCount(); i++) {
                if (!there.getName(i).toString().equals(wanted.getName(i).toString())) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return true;
        }
    }
}

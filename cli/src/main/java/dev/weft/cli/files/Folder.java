package dev.weft.cli.files;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A folder in which the program makes files, held open: what others do to its name does not matter. No link in it is
 * followed, and nothing is opened that is not a real file or folder of the user's own. Where the platform cannot work
 * relative to an open folder, it goes by the name, and still follows no link at its end.
 *
 * <p>Names are those of things directly in it. Thread-safe.
 */
public final class Folder implements AutoCloseable {

    private static final Set<OpenOption> NEW =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, NOFOLLOW_LINKS);

    /** Both, because a pipe that has just been put there is then opened without waiting for its other end. */
    private static final Set<OpenOption> THERE =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, NOFOLLOW_LINKS);

    private final OpenDirectory directory;
    private @Nullable UserPrincipal ownerOfNew;

    private Folder(OpenDirectory directory) {
        this.directory = directory;
    }

    /**
     * Opens the folder that the user has named. Links on the way to it are followed, but for a last one that somebody
     * else has made.
     */
    public static Folder open(Path path) throws IOException {
        return open(path, true);
    }

    /** Makes a folder that the user has named, with those above it; does nothing if it is there. */
    public static void make(Path path) throws IOException {
        Files.createDirectories(path);
    }

    /** With {@code secure} false as on a platform that cannot work relative to an open folder. */
    static Folder open(Path path, boolean secure) throws IOException {
        if (!Files.isDirectory(path)) {
            // a pipe would hang
            throw Files.exists(path, NOFOLLOW_LINKS)
                    ? new NotOursException("it is no folder")
                    : new NoSuchFileException(path.toString(), null, "there is no such folder");
        }
        if (Files.isSymbolicLink(path)) {
            var maker = Files.getOwner(path, NOFOLLOW_LINKS);
            if (OwnUser.NAME != null && !maker.equals(OwnUser.NAME) && !maker.equals(Files.getOwner(Path.of("/")))) {
                throw new NotOursException("it is a symbolic link that another user (" + maker.getName()
                        + ") has made: give the folder that it leads to");
            }
        }
        return new Folder(OpenDirectory.open(path, secure));
    }

    // ---- Looking

    /** The entry there; null if there is none. */
    @Nullable
    FileEntry find(String name) throws IOException {
        try {
            var posix = directory.view(name, PosixFileAttributeView.class);
            if (posix != null) {
                var attributes = posix.readAttributes();
                return new FileEntry(kind(attributes), null, attributes, attributes.fileKey());
            }
            var attributes = Objects.requireNonNull(directory.view(name, BasicFileAttributeView.class))
                    .readAttributes();
            var owned = directory.view(name, FileOwnerAttributeView.class);
            return new FileEntry(kind(attributes), owned == null ? null : owned.getOwner(), null, attributes.fileKey());
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static FileEntry.Kind kind(BasicFileAttributes attributes) {
        if (attributes.isSymbolicLink()) {
            return FileEntry.Kind.LINK;
        }
        if (attributes.isDirectory()) {
            return FileEntry.Kind.FOLDER;
        }
        return attributes.isRegularFile() ? FileEntry.Kind.FILE : FileEntry.Kind.OTHER;
    }

    /** Whether anything stands there. */
    public boolean has(String name) throws IOException {
        return find(name) != null;
    }

    /** Whether a real file of the user's own stands there. */
    public boolean hasFile(String name) throws IOException {
        var found = find(name);
        return found != null && found.isFile() && isOwn(found);
    }

    /** The names of all that is in it and begins so. */
    public List<String> names(String prefix) throws IOException {
        return directory.names(prefix);
    }

    /**
     * Whether it belongs to the user. Some file systems give everything to one user, who need not be this one: so what
     * counts in the end is whose a new file would be.
     */
    private boolean isOwn(FileEntry found) throws IOException {
        var owner = found.owner();
        return owner == null || owner.equals(OwnUser.NAME) || owner.equals(ownerOfNew());
    }

    private synchronized @Nullable UserPrincipal ownerOfNew() throws IOException {
        if (ownerOfNew == null) {
            var name = ".weft-whose-" + UUID.randomUUID();
            create(name).close();
            try {
                var made = find(name);
                ownerOfNew = made == null ? null : made.owner();
            } finally {
                delete(name);
            }
        }
        return ownerOfNew;
    }

    /** The conditions for opening or overwriting. */
    private FileEntry own(String name, FileEntry.Kind wanted) throws IOException {
        return own(name, find(name), wanted);
    }

    private FileEntry own(String name, @Nullable FileEntry found, FileEntry.Kind wanted) throws IOException {
        if (found == null) {
            throw new NoSuchFileException(directory.at(name).toString());
        }
        if (found.kind() != wanted) {
            throw new NotOursException("it is " + found.kind() + ", not " + wanted);
        }
        if (!isOwn(found)) {
            throw new NotOursException("it belongs to another user ("
                    + Objects.requireNonNull(found.owner()).getName() + ")");
        }
        return found;
    }

    // ---- Folders

    /**
     * Opens a folder in it.
     *
     * @throws NotOursException if it is something else, or not the user's
     */
    public Folder folder(String name) throws IOException {
        return folder(name, own(name, FileEntry.Kind.FOLDER));
    }

    private Folder folder(String name, FileEntry found) throws IOException {
        return new Folder(directory.below(name, found.key()));
    }

    /** Opens a folder in it, and makes it if there is none. */
    public Folder folderMade(String name) throws IOException {
        var found = find(name);
        if (found == null) {
            try {
                createFolder(name);
            } catch (FileAlreadyExistsException e) {
                // just now: it is looked at like any other
            }
            return folder(name);
        }
        return folder(name, own(name, found, FileEntry.Kind.FOLDER));
    }

    /**
     * Whether a folder that was opened below this one is still there by its name. Its owner need not be asked for
     * again: the system looks up the name of an owner in a file, each time.
     */
    public boolean isStill(String name, Folder opened) throws IOException {
        var key = opened.directory.key();
        var found = key == null ? null : find(name);
        return found != null && found.kind() == FileEntry.Kind.FOLDER && Objects.equals(found.key(), key);
    }

    /**
     * Makes a folder that nobody else may look into, and opens it.
     *
     * @throws FileAlreadyExistsException if there is something
     */
    public Folder newFolder(String name) throws IOException {
        createFolder(name, ownersAlone("rwx------"));
        return folder(name);
    }

    private FileAttribute<?>[] ownersAlone(String permissions) {
        var isPosix =
                directory.path().getFileSystem().supportedFileAttributeViews().contains("posix");
        return isPosix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** Java makes folders by their paths alone: not where somebody has put a link in the way of this one. */
    private void createFolder(String name, FileAttribute<?>... attributes) throws IOException {
        var made = directory.at(name);
        directory.checkSamePlace();
        Files.createDirectory(made, attributes);
        if (find(name) == null) {
            Files.deleteIfExists(made); // just now; it is empty
            throw directory.replaced();
        }
    }

    /** Sets the time at which a file was last changed. */
    public void setModified(String name, Instant time) throws IOException {
        Objects.requireNonNull(directory.view(name, BasicFileAttributeView.class))
                .setTimes(FileTime.from(time), null, null);
    }

    /** Removes an empty folder. */
    public void deleteFolder(String name) throws IOException {
        directory.deleteDirectory(name);
    }

    // ---- Files

    /** Makes a file. */
    public FileChannel create(String name) throws IOException {
        return directory.channel(name, NEW);
    }

    /** Makes a file that nobody else may read. */
    public FileChannel createPrivate(String name) throws IOException {
        return directory.channel(name, NEW, ownersAlone("rw-------"));
    }

    /**
     * Opens a file that is there, to read and to write.
     *
     * @throws NotOursException if it is something else, or not the user's
     */
    public FileChannel openThere(String name) throws IOException {
        own(name, FileEntry.Kind.FILE);
        return directory.channel(name, THERE);
    }

    /**
     * A stream that appends to an existing file, and cannot be interrupted, which would leave half a line.
     *
     * @throws NotOursException if it is something else, or not the user's
     */
    public OutputStream appender(String name) throws IOException {
        var found = own(name, FileEntry.Kind.FILE);
        directory.checkSamePlace();
        // a channel relative to an open folder could be interrupted
        var stream = Files.newOutputStream(
                directory.at(name), StandardOpenOption.APPEND, StandardOpenOption.WRITE, NOFOLLOW_LINKS);
        if (!Objects.equals(own(name, FileEntry.Kind.FILE).key(), found.key())) {
            stream.close();
            throw new NotOursException("it was replaced just now");
        }
        return stream;
    }

    /** Deletes a file or a link, never what a link leads to; does nothing if there is none. */
    public void delete(String name) throws IOException {
        directory.delete(name);
    }

    /**
     * Whether a file may be put there: nothing is there, or a real file.
     *
     * @throws NotOursException if not
     */
    public void checkReplaceable(String name) throws IOException {
        replaceable(name);
    }

    private @Nullable FileEntry replaceable(String name) throws IOException {
        var found = find(name);
        if (found != null && !found.isFile()) {
            throw new NotOursException("it is " + found.kind() + ": give the name of a file");
        }
        return found;
    }

    /**
     * Moves a file of this folder into another one in one step, over one that is there already: the new one gets that
     * one's permissions, and as far as this user may give it away, its owner and group.
     *
     * @throws NotOursException if something else is there
     */
    public void replace(String name, Folder to, String newName) throws IOException {
        var old = to.replaceable(newName);
        if (old != null && old.posix() != null) {
            var part = directory.view(name, PosixFileAttributeView.class);
            if (part != null) {
                Permissions.copy(old.posix(), part);
            }
        }
        directory.move(name, to.directory, newName);
    }

    @Override
    public void close() throws IOException {
        directory.close();
    }
}

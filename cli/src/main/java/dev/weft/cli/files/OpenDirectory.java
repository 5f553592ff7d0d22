package dev.weft.cli.files;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A directory that is held open, so that replacing its name changes nothing. Where the platform cannot work relative to
 * an open directory, its operations go by the name. No operation follows a link. Knows nothing of owners:
 * {@link Folder} decides which entries may be used.
 *
 * <p>Thread-safe.
 */
final class OpenDirectory implements AutoCloseable {

    private final Path path;
    private final @Nullable SecureDirectoryStream<Path> handle;
    private final @Nullable Object key;

    private OpenDirectory(Path path, @Nullable SecureDirectoryStream<Path> handle, @Nullable Object key) {
        this.path = path;
        this.handle = handle;
        this.key = key;
    }

    /** With {@code secure} false as on a platform that cannot work relative to an open directory. */
    @SuppressWarnings("StreamResourceLeak") // the directory keeps it, and closes it
    static OpenDirectory open(Path path, boolean secure) throws IOException {
        var stream = Files.newDirectoryStream(path);
        if (secure && stream instanceof SecureDirectoryStream<Path> handle) {
            return new OpenDirectory(path, handle, null);
        }
        stream.close();
        return new OpenDirectory(path, null, null);
    }

    /**
     * The key of a directory that was opened below another one. As long as it is open, no other entry has that key.
     * Null for other directories, and where the platform cannot hold one open.
     */
    @Nullable
    Object key() {
        return key;
    }

    /** The name by which it was opened. */
    Path path() {
        return path;
    }

    /** The path of an entry, by the directory's name. */
    Path at(String name) throws IOException {
        return path.resolve(entry(name));
    }

    private Path entry(String name) throws IOException {
        var single = path.getFileSystem().getPath(name);
        if (name.isEmpty() || name.equals(".") || name.equals("..") || !single.equals(single.getFileName())) {
            throw new IOException("'" + name + "' is no name of a file");
        }
        return single;
    }

    <V extends FileAttributeView> @Nullable V view(String name, Class<V> type) throws IOException {
        return handle == null
                ? Files.getFileAttributeView(at(name), type, NOFOLLOW_LINKS)
                : handle.getFileAttributeView(entry(name), type, NOFOLLOW_LINKS);
    }

    /** The names of the entries that begin with {@code prefix}. */
    List<String> names(String prefix) throws IOException {
        var names = new ArrayList<String>();
        try (DirectoryStream<Path> all = handle == null
                ? Files.newDirectoryStream(path)
                : handle.newDirectoryStream(path.getFileSystem().getPath("."), NOFOLLOW_LINKS)) {
            for (var one : all) {
                var name = String.valueOf(one.getFileName());
                if (name.startsWith(prefix)) {
                    names.add(name);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    /**
     * Opens a directory in it, the one that was found with {@code key}.
     *
     * @throws NotOursException if another one is there now
     */
    OpenDirectory below(String name, @Nullable Object key) throws IOException {
        if (handle == null) {
            return new OpenDirectory(at(name), null, null);
        }
        var below = handle.newDirectoryStream(entry(name), NOFOLLOW_LINKS);
        var opened = below.getFileAttributeView(BasicFileAttributeView.class).readAttributes();
        if (!Objects.equals(opened.fileKey(), key)) {
            below.close();
            throw new NotOursException("it was replaced just now");
        }
        return new OpenDirectory(at(name), below, key);
    }

    FileChannel channel(String name, Set<OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        if (handle == null) {
            return FileChannel.open(at(name), options, attributes);
        }
        var channel = handle.newByteChannel(entry(name), options, attributes);
        if (channel instanceof FileChannel file) {
            return file;
        }
        channel.close();
        throw new IOException("the file system of " + path + " opens no files that can be locked");
    }

    /** Deletes a file or a link, never what a link leads to; does nothing if there is none. */
    void delete(String name) throws IOException {
        try {
            if (handle != null) {
                handle.deleteFile(entry(name));
            } else if (!Files.isDirectory(at(name), NOFOLLOW_LINKS)) {
                Files.deleteIfExists(at(name));
            }
        } catch (NoSuchFileException e) {
            // that was wanted
        }
    }

    /** Removes an empty directory. */
    void deleteDirectory(String name) throws IOException {
        if (handle != null) {
            handle.deleteDirectory(entry(name));
        } else if (Files.isDirectory(at(name), NOFOLLOW_LINKS)) {
            Files.deleteIfExists(at(name));
        }
    }

    /** Moves a file into another directory in one step, over one that is there already. */
    void move(String name, OpenDirectory to, String newName) throws IOException {
        if (handle != null && to.handle != null) {
            handle.move(entry(name), to.handle, to.entry(newName));
        } else {
            Files.move(at(name), to.at(newName), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * Checks that the name by which this was opened still leads to it. Finds nothing out where the directory is not
     * held open.
     *
     * @throws NotOursException if it does not
     */
    void checkSamePlace() throws IOException {
        if (handle != null && !isSamePlace(handle)) {
            throw replaced();
        }
    }

    NotOursException replaced() {
        return new NotOursException("the folder " + path + " was replaced while this ran");
    }

    private boolean isSamePlace(SecureDirectoryStream<Path> opened) throws IOException {
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

    @Override
    public void close() throws IOException {
        if (handle != null) {
            handle.close();
        }
    }
}

package dev.weft.cli.keep;

import dev.weft.cli.files.Folder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The folders of hosts, of which some stay open: to open one takes half of the system calls for a small body.
 *
 * <p>Thread-safe.
 */
final class HostFolders implements AutoCloseable {

    /** A run has few hosts, or few files of each. */
    private static final int MAX_OPEN = 64;

    private final Folder folder;
    private final Map<String, Folder> current = new HashMap<>();
    /** Also those that have lost their names, which other threads may still use. */
    private final List<Folder> open = new ArrayList<>();

    private boolean isClosed;

    /** None is open yet. */
    HostFolders(Folder folder) {
        this.folder = folder;
    }

    /** Moves a part to its place in the folder of a host, which is made if there is none. */
    void take(Folder parts, String part, FileNames.Name name) throws IOException {
        var kept = kept(name.folder());
        if (kept != null && folder.isStill(name.folder(), kept)) {
            parts.replace(part, kept, name.file());
            return;
        }
        var made = folder.folderMade(name.folder());
        try {
            parts.replace(part, made, name.file());
        } finally {
            if (!keep(name.folder(), made)) {
                made.close();
            }
        }
    }

    private synchronized @Nullable Folder kept(String name) {
        return current.get(name);
    }

    /** Keeps it open, if there is room, and it is another one than the one that is open already. */
    private synchronized boolean keep(String name, Folder made) throws IOException {
        var other = current.get(name);
        if (isClosed
                || open.size() == MAX_OPEN
                || !folder.isStill(name, made)
                || (other != null && folder.isStill(name, other))) {
            return false;
        }
        current.put(name, made);
        open.add(made);
        return true;
    }

    @Override
    public synchronized void close() throws IOException {
        isClosed = true;
        for (var each : open) {
            each.close();
        }
    }
}

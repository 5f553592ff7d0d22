package dev.weft.cli.keep;

import dev.weft.cli.files.Reason;
import dev.weft.cli.http.CannotSaveException;
import dev.weft.cli.http.StoredBody;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One body on its way into a file. Written by the client's threads, kept or closed by the task that fetches, which may
 * have given up while they still write: after that, they can do no more harm.
 */
final class Download implements StoredBody {

    private final Downloads downloads;
    private final String part;
    private final URI uri;
    private @Nullable FileChannel channel;
    private boolean closed;

    Download(Downloads downloads, String part, URI uri) {
        this.downloads = downloads;
        this.part = part;
        this.uri = uri;
    }

    @Override
    public synchronized void write(ByteBuffer bytes) throws IOException {
        var to = open();
        try {
            while (bytes.hasRemaining()) {
                to.write(bytes);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private FileChannel open() throws CannotSaveException {
        if (closed) {
            throw new CannotSaveException("it was given up", null);
        }
        try {
            var to = channel;
            if (to == null) {
                to = downloads.create(part);
                channel = to;
            }
            return to;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public synchronized Path keep(@Nullable Instant modified) throws CannotSaveException {
        try {
            open().close(); // also of a body that is empty
            return downloads.keep(part, uri, modified);
        } catch (CannotSaveException e) {
            throw e;
        } catch (IOException e) {
            throw failed(e);
        } finally {
            closed = true;
        }
    }

    private CannotSaveException failed(IOException e) {
        return new CannotSaveException("cannot write " + downloads.file(uri) + ": " + Reason.of(e), e);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (channel == null) {
            return;
        }
        try {
            channel.close();
            downloads.delete(part);
        } catch (IOException e) {
            // the folder that it is in is taken away at the end
        }
    }
}

package dev.weft.cluster.internal.jgroups;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** A connection of which the first bytes have been read; they are read again. */
final class AdmittedSocket extends WrappedSocket {

    private final InputStream in;
    private @Nullable Runnable onClose;

    AdmittedSocket(Socket socket, byte[] read) throws IOException {
        super(socket);
        this.in = new SequenceInputStream(new ByteArrayInputStream(read), socket.getInputStream());
    }

    /** {@code action} is run once, when this is closed. */
    synchronized void onClose(Runnable action) {
        onClose = action;
    }

    @Override
    public void close() throws IOException {
        Runnable action;
        synchronized (this) {
            action = onClose;
            onClose = null;
        }
        if (action != null) {
            action.run();
        }
        super.close();
    }

    @Override
    public InputStream getInputStream() {
        return in;
    }
}

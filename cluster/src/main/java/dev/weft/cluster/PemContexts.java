package dev.weft.cluster;

import dev.weft.cluster.PemFolder.Content;
import dev.weft.cluster.internal.engine.Transport.Receiver;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * A context from PEM files. The files are read again for each handshake: they are small, and handshakes are rare. If
 * they have changed, there is a new context, so that no session of the old one is resumed.
 */
final class PemContexts implements Supplier<SSLContext> {

    private final PemFolder folder;
    private final AllowedNames allowed;
    private final Receiver watch;
    private final ReentrantLock lock = new ReentrantLock();

    /** The content read last, usable or not. Guarded, as all that follows. */
    private Content content;

    private SSLContext context;
    private boolean isUnreadable;

    PemContexts(PemFolder folder, AllowedNames allowed, Content content, Receiver watch) throws IOException {
        this.folder = folder;
        this.allowed = allowed;
        this.watch = watch;
        this.content = content;
        this.context = context(content);
    }

    @Override
    public SSLContext get() {
        lock.lock();
        try {
            refresh();
            return context;
        } finally {
            lock.unlock();
        }
    }

    private void refresh() {
        try {
            var now = folder.read();
            isUnreadable = false;
            if (!now.isSame(content)) {
                content = now;
                context = context(now);
            }
        } catch (IOException e) {
            if (!isUnreadable) { // once, until they are others
                isUnreadable = true;
                watch.failed(
                        "the certificates in " + folder.folder() + " have changed, and the old ones stay in use", e);
            }
        }
    }

    private SSLContext context(Content read) throws IOException {
        var keys = folder.keys(read);
        try {
            var made = SSLContext.getInstance("TLSv1.3");
            made.init(keys.own(), new TrustManager[] {new NamedPeers(keys.trusted(), allowed, watch)}, null);
            return made;
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificates in " + folder.folder() + " cannot be used: " + e.getMessage(), e);
        }
    }
}

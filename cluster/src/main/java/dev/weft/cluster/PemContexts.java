package dev.weft.cluster;

import dev.weft.cluster.PemFolder.Content;
import dev.weft.cluster.PemFolder.Keys;
import dev.weft.cluster.internal.engine.Transport.Receiver;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A context from PEM files. The files are read again for each handshake: they are small, and handshakes are rare. If
 * they have changed, there is a new context, so that no session of the old one is resumed.
 */
final class PemContexts implements Supplier<SSLContext> {

    private final PemFolder folder;
    private final AllowedNames allowed;
    private final Receiver watch;
    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded, as all that follows. */
    private Content content;

    private SSLContext context;

    /** The member's own. */
    private X509Certificate certificate;

    /** Whether a fault of the files has been told of, and of which content; null if they could not be read. */
    private boolean isTold;

    private @Nullable Content told;

    /** Whether it has been told too that the certificate in use has expired. */
    private boolean isToldOutdated;

    private record Fault(String what, IOException why) {}

    PemContexts(PemFolder folder, AllowedNames allowed, Content content, Receiver watch) throws IOException {
        this.folder = folder;
        this.allowed = allowed;
        this.watch = watch;
        this.content = content;
        var keys = folder.keys(content);
        this.context = context(keys);
        this.certificate = keys.certificate();
    }

    @Override
    public SSLContext get() {
        Fault fault;
        SSLContext found;
        lock.lock();
        try {
            fault = refresh();
            found = context;
        } finally {
            lock.unlock();
        }
        if (fault != null) {
            watch.failed("the certificates in " + folder.folder() + fault.what, fault.why);
        }
        return found;
    }

    /**
     * Files that cannot be used are tried again each time: a certificate may only be valid from tomorrow on. One that
     * has expired stays in use for want of another; the peers that refuse it would be the only ones to tell of it.
     *
     * @return a fault that nobody was told of
     */
    private @Nullable Fault refresh() {
        Content now = null;
        try {
            now = folder.read();
            if (!now.isSame(content)) {
                var keys = folder.keys(now);
                context = context(keys);
                certificate = keys.certificate();
                content = now;
            }
            PemCheck.dates(certificate, folder.clock().instant());
            isTold = false;
            isToldOutdated = false;
        } catch (IOException e) {
            var isOutdated =
                    folder.clock().instant().isAfter(certificate.getNotAfter().toInstant());
            if (!isTold(now) || (isOutdated && !isToldOutdated)) { // once, until they are others
                isTold = true;
                told = now;
                isToldOutdated = isOutdated;
                return new Fault(fault(now, isOutdated), e);
            }
        }
        return null;
    }

    private String fault(@Nullable Content now, boolean isOutdated) {
        var isOwn = now != null && now.isSame(content);
        var changed = " have changed, and the old ones stay in use";
        if (!isOwn && !isOutdated) {
            return changed;
        }
        return (isOwn ? "" : changed + ", which") + " are not valid now: members take no new connection of this one";
    }

    private boolean isTold(@Nullable Content now) {
        var before = told;
        if (!isTold || now == null || before == null) {
            return isTold && now == before;
        }
        return now.isSame(before);
    }

    private SSLContext context(Keys keys) throws IOException {
        try {
            var made = SSLContext.getInstance("TLSv1.3");
            made.init(keys.own(), new TrustManager[] {new NamedPeers(keys.trusted(), allowed, watch)}, null);
            return made;
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificates in " + folder.folder() + " cannot be used: " + e.getMessage(), e);
        }
    }
}

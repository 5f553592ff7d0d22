package dev.weft.cluster;

import dev.weft.cluster.PemFolder.Content;
import dev.weft.cluster.internal.engine.Transport.Receiver;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Keys and certificates of a member. Members speak TLS 1.3 alone, and each asks the other for a certificate of the same
 * authority: a peer without one is not a member. {@link #allow} asks for certain names in addition. Host names are not
 * checked.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class Tls {

    /** How contexts come about, for one member. */
    private interface Source {
        Supplier<SSLContext> contexts(Receiver watch) throws IOException;
    }

    private final @Nullable Pem pem;
    private final Source source;

    private record Pem(PemFolder folder, Content content) {}

    private Tls(@Nullable Pem pem, Source source) {
        this.pem = pem;
        this.source = source;
    }

    private static Tls of(Pem pem, AllowedNames allowed) {
        return new Tls(pem, watch -> new PemContexts(pem.folder, allowed, pem.content, watch));
    }

    /**
     * Reads PEM files: {@code ca.pem}, the authority's certificates; {@code cert.pem}, this member's certificate and
     * those between it and the authority; {@code key.pem}, its private key in PKCS #8, not encrypted, of the kind EC,
     * RSA or EdDSA.
     *
     * <p>The files may be replaced while the member runs: each handshake uses them as they are then, and connections
     * that exist go on. Files that cannot be used, as in the moment when one of a pair has been replaced, change
     * nothing: the old ones stay in use, and a {@link dev.weft.Problem} tells of it.
     *
     * @param folder where the files are
     * @return keys and certificates
     * @throws NoSuchFileException if a file is missing
     * @throws IOException if a file is not what it should be; if the certificate is not valid today, not one that the
     *     authority vouches for, or not that of the key
     * @since 0.1.0
     */
    public static Tls fromPem(Path folder) throws IOException {
        var files = new PemFolder(folder, InstantSource.system());
        try {
            var content = files.read();
            files.keys(content);
            return of(new Pem(files, content), AllowedNames.ANY);
        } catch (NoSuchFileException e) {
            var missing = new NoSuchFileException(e.getFile(), null, "a member needs ca.pem, cert.pem and key.pem");
            missing.initCause(e);
            throw missing;
        }
    }

    /**
     * Uses a context made elsewhere. TLS 1.3 and certificates of clients are asked for all the same.
     *
     * @param context with keys and trust
     * @return keys and certificates
     * @since 0.1.0
     */
    public static Tls of(SSLContext context) {
        Objects.requireNonNull(context, "context");
        return new Tls(null, watch -> () -> context);
    }

    /**
     * Refuses peers whose certificates have none of these names among their subject alternative names: names of hosts,
     * addresses, URIs or mail addresses. Without this, each certificate of the authority will do.
     *
     * @param names as in {@code worker-1.acme}, {@code worker-*.acme} or {@code spiffe://acme/ns/jobs/sa/*}; a star
     *     stands for any characters but dots and slashes. Names of hosts are in lower case
     * @return the same keys with this list instead of another
     * @throws IllegalArgumentException if there are no names, or one is blank
     * @throws IllegalStateException if this was made {@link #of(SSLContext) of a context}, whose own trust manager has
     *     to do this
     * @since 0.1.0
     */
    public Tls allow(String... names) {
        if (names.length == 0) {
            throw new IllegalArgumentException(
                    "allow() without names would refuse everybody: name some, or leave it out");
        }
        var files = pem;
        if (files == null) {
            throw new IllegalStateException(
                    "allow() is for Tls.fromPem(folder): a context of your own checks names by its" + " trust manager");
        }
        return of(files, new AllowedNames(List.of(names)));
    }

    /** For one member; its receiver is told of peers that are refused, and of files that cannot be used. */
    Supplier<SSLContext> contexts(Receiver watch) throws IOException {
        return source.contexts(watch);
    }
}

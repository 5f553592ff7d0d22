package dev.weft.cli.http;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The body of each request.
 *
 * @param publisher sends it, as often as it is asked to
 * @param digest the same for the same bytes only, and does not tell them: they may be a secret
 */
public record Payload(BodyPublisher publisher, String digest) {

    /** These bytes. */
    public static Payload of(byte[] bytes) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return new Payload(
                    BodyPublishers.ofByteArray(bytes),
                    "sha256:" + HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}

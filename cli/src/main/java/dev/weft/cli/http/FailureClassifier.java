package dev.weft.cli.http;

import dev.weft.cli.files.Untrusted;
import dev.weft.cli.model.ErrorKind;
import dev.weft.cli.model.Outcome;
import dev.weft.cli.model.Phase;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Says of an exception what kind of error it is, and what has happened in words. The JDK's client often hides that in a
 * cause, under an exception without a message.
 */
public final class FailureClassifier {

    private static final int MAX_DEPTH = 10;
    private static final Pattern CLASS_NAME =
            Pattern.compile("\\b[a-z][\\w.]*\\.[A-Z]\\w*(?:Exception|Error)\\b(?:: ?)?");
    private static final Pattern TUNNEL = Pattern.compile("(?i)tunnel failed, got: (\\d+)");

    private FailureClassifier() {}

    static Outcome.Broken classify(IOException exception, Phase phase) {
        var refusal = proxyRefusal(messageOf(exception));
        if (refusal != null) {
            return broken(ErrorKind.CONNECT, refusal);
        }
        return first(exception, TooLargeException.class)
                .map(e -> broken(ErrorKind.SIZE, messageOf(e) + " (--max-bytes)"))
                .or(() -> first(exception, Untrusted.TooMuchException.class)
                        .map(e -> broken(ErrorKind.INPUT, messageOf(e))))
                .or(() -> first(exception, RedirectException.class).map(e -> broken(ErrorKind.REDIRECT, messageOf(e))))
                .or(() -> first(exception, CannotAskException.class).map(e -> broken(ErrorKind.URL, messageOf(e))))
                .or(() -> first(exception, CannotSaveException.class).map(e -> broken(ErrorKind.FILE, messageOf(e))))
                .or(() -> first(exception, UnknownHostException.class).map(e -> broken(ErrorKind.DNS, messageOf(e))))
                .or(() -> first(exception, UnresolvedAddressException.class)
                        .map(e -> broken(ErrorKind.DNS, "the host has no address")))
                .or(() -> first(exception, SSLException.class).map(e -> broken(ErrorKind.TLS, tls(exception, e))))
                .or(() -> first(exception, ConnectException.class)
                        .map(e -> broken(ErrorKind.CONNECT, connect(exception))))
                .or(() -> first(exception, NoRouteToHostException.class)
                        .map(e -> broken(ErrorKind.CONNECT, "no route to the host")))
                .or(() -> first(exception, PortUnreachableException.class)
                        .map(e -> broken(ErrorKind.CONNECT, "the port cannot be reached")))
                .orElseGet(() -> broken(ErrorKind.IO, io(exception, phase)));
    }

    /** The client's message on a proxy, for which it has no types; null if it is on something else. */
    private static @Nullable String proxyRefusal(String message) {
        var status = TUNNEL.matcher(message);
        if (status.find()) {
            return "does not connect to the server: status " + status.group(1);
        }
        return message.startsWith("too many authentication attempts")
                ? "does not accept the user name and password"
                : null;
    }

    /** Whether the connection went away, and nothing else is wrong. */
    static boolean isBroken(IOException exception) {
        var kind = classify(exception, Phase.ANSWER).kind();
        // what is closed in the middle of a handshake was no connection yet
        return kind == ErrorKind.IO && first(exception, ProtocolException.class).isEmpty();
    }

    /** Whether a body was longer than it may be. */
    static boolean isTooLarge(IOException exception) {
        return first(exception, TooLargeException.class).isPresent();
    }

    /** A fault of ours, which must not cost the other URLs. */
    public static Outcome.Broken internal(RuntimeException exception) {
        return broken(ErrorKind.INTERNAL, "a fault of weft itself, please report it: " + exception);
    }

    private static Outcome.Broken broken(ErrorKind kind, String cause) {
        return new Outcome.Broken(kind, cause);
    }

    private static String connect(IOException exception) {
        return chain(exception)
                .filter(e -> !(e instanceof ClosedChannelException))
                .flatMap(e -> Optional.ofNullable(e.getMessage()).stream())
                .filter(message -> !message.startsWith("java."))
                .findFirst()
                .map(FailureClassifier::connect)
                .orElse("cannot connect: nobody answers there");
    }

    private static String connect(String message) {
        var lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("refused")) {
            return "connection refused: nobody listens there; is the port right?";
        }
        return lower.contains("connection reset") ? "the server broke the connection" : decapitalized(message);
    }

    private static String tls(IOException exception, SSLException e) {
        if (first(exception, CertificateExpiredException.class).isPresent()) {
            return "the certificate has expired: -k accepts it nevertheless";
        }
        if (first(exception, CertificateNotYetValidException.class).isPresent()) {
            return "the certificate is not valid yet: is the clock right? -k accepts it nevertheless";
        }
        var message = messageOf(e);
        if (message.contains("PKIX path building failed")) {
            return "the certificate is not from an authority known here: --cacert FILE trusts one more, -k all";
        }
        if (message.contains("No subject alternative") || message.contains("No name matching")) {
            return "the certificate is for another host: -k accepts it nevertheless";
        }
        if (message.contains("unrecognized SSL message") || message.contains("plaintext connection")) {
            return "the server does not speak TLS on this port: is it http://?";
        }
        if (message.contains("protocol_version") || message.contains("protocol version")) {
            return "the server offers no version of TLS that is safe (" + decapitalized(message) + ")";
        }
        if (message.contains("Remote host terminated the handshake")) {
            return "the server broke the connection before it was secure";
        }
        return "no secure connection (" + decapitalized(message) + ")";
    }

    private static String io(IOException exception, Phase phase) {
        var message = messageOf(exception);
        var lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("connection reset") || lower.contains("broken pipe")) {
            return phase == Phase.BODY
                    ? "the server broke the connection in the middle of the body"
                    : "the server broke the connection";
        }
        // before what the client says of bodies: a broken body is a fixed length that was not reached, or a chunk that
        // did not end
        if (phase == Phase.BODY
                && (lower.contains("fixed content-length")
                        || lower.contains("chunked transfer")
                        || lower.contains("closed"))) {
            return "the server ended the connection in the middle of the body (" + decapitalized(message) + ")";
        }
        if (lower.contains("header parser received no bytes")
                || first(exception, EOFException.class).isPresent()) {
            return "the server ended the connection without an answer";
        }
        if (lower.contains("invalid status line")
                || lower.contains("invalid header")
                || lower.contains("chunk size")
                || lower.contains("chunk header")
                || lower.contains("content length header")
                || first(exception, ProtocolException.class).isPresent()) {
            return "the answer is not HTTP (" + decapitalized(message) + ")";
        }
        return decapitalized(message);
    }

    /** Without the names of Java's classes, which say nothing to who has not written them. */
    private static String messageOf(Throwable exception) {
        var message = chain(exception)
                .map(Throwable::getMessage)
                .filter(text -> text != null && !text.isBlank())
                .map(text -> CLASS_NAME.matcher(text).replaceAll(""))
                .filter(text -> !text.isBlank())
                .findFirst();
        return message.orElse("the connection broke");
    }

    private static String decapitalized(String message) {
        var startsWithWord = message.length() > 1
                && Character.isUpperCase(message.charAt(0))
                && Character.isLowerCase(message.charAt(1));
        return startsWithWord ? message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1) : message;
    }

    private static <T extends Throwable> Optional<T> first(Throwable exception, Class<T> type) {
        return chain(exception).filter(type::isInstance).map(type::cast).findFirst();
    }

    /** The exception and its causes; not all if they go in a circle. */
    private static Stream<Throwable> chain(Throwable exception) {
        return Stream.<@Nullable Throwable>iterate(exception, e -> e == null ? null : e.getCause())
                .takeWhile(Objects::nonNull)
                .limit(MAX_DEPTH)
                .map(Objects::requireNonNull);
    }
}

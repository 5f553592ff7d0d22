package dev.weft.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.model.ErrorKind;
import dev.weft.cli.model.Phase;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateExpiredException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureClassifierTest {

    private static <T extends Throwable> T causedBy(T exception, Throwable cause) {
        exception.initCause(cause);
        return exception;
    }

    static Stream<Arguments> causes() {
        return Stream.of(
                Arguments.of(new UnknownHostException("there is no host x"), ErrorKind.DNS, "there is no host x"),
                Arguments.of(
                        causedBy(new ConnectException(), new UnresolvedAddressException()),
                        ErrorKind.DNS,
                        "no address"),
                Arguments.of(new ConnectException("Connection refused"), ErrorKind.CONNECT, "nobody listens"),
                Arguments.of(
                        causedBy(
                                new ConnectException(), causedBy(new ConnectException(), new ClosedChannelException())),
                        ErrorKind.CONNECT,
                        "cannot connect: nobody answers there"),
                Arguments.of(
                        new ConnectException("Connection reset by peer"), ErrorKind.CONNECT, "broke the connection"),
                Arguments.of(
                        new SSLHandshakeException("(protocol_version) Received fatal alert: protocol_version"),
                        ErrorKind.TLS,
                        "no version of TLS that is safe"),
                Arguments.of(new SSLException("odd"), ErrorKind.TLS, "no secure connection (odd)"),
                Arguments.of(
                        new IOException("Illegal character in chunk size: 122"), ErrorKind.IO, "not HTTP (illegal"),
                Arguments.of(new NoRouteToHostException("No route to host"), ErrorKind.CONNECT, "no route"),
                Arguments.of(
                        new SSLHandshakeException("PKIX path building failed: x"),
                        ErrorKind.TLS,
                        "not from an authority"),
                Arguments.of(
                        causedBy(new SSLHandshakeException("x"), new CertificateExpiredException()),
                        ErrorKind.TLS,
                        "expired"),
                Arguments.of(
                        new SSLHandshakeException("No subject alternative DNS name matching a found."),
                        ErrorKind.TLS,
                        "another host"),
                Arguments.of(
                        new IOException("wrapped", new SSLException("Unsupported or unrecognized SSL message")),
                        ErrorKind.TLS,
                        "does not speak TLS"),
                Arguments.of(
                        new IOException("HTTP/1.1 header parser received no bytes"), ErrorKind.IO, "without an answer"),
                Arguments.of(new EOFException("EOF reached while reading"), ErrorKind.IO, "without an answer"),
                Arguments.of(new SocketException("Connection reset"), ErrorKind.IO, "broke the connection"),
                Arguments.of(new ProtocolException("Invalid status line: \"x\""), ErrorKind.IO, "not HTTP"),
                Arguments.of(new IOException("java.util.concurrent.SomeException: it is so"), ErrorKind.IO, "it is so"),
                Arguments.of(new IOException(), ErrorKind.IO, "the connection broke"));
    }

    @ParameterizedTest
    @MethodSource("causes")
    void of_anException_isItsKindInWords(IOException exception, ErrorKind kind, String words) {
        assertThat(FailureClassifier.classify(exception, Phase.ANSWER)).satisfies(broken -> {
            assertThat(broken.kind()).isEqualTo(kind);
            assertThat(broken.cause()).contains(words);
        });
    }

    @Test
    void of_aBrokenBody_saysThatItWasTheBody() {
        assertThat(FailureClassifier.classify(new SocketException("Connection reset"), Phase.BODY)
                        .cause())
                .contains("middle of the body");
        assertThat(FailureClassifier.classify(
                                new IOException("fixed content-length: 10, bytes received: 5"), Phase.BODY)
                        .cause())
                .contains("middle of the body")
                .contains("bytes received: 5");
    }

    @Test
    void of_exceptionsThatCauseEachOther_ends() {
        var first = new IOException("first");
        var second = new IOException("second", first);
        first.initCause(second);
        assertThat(FailureClassifier.classify(first, Phase.ANSWER).kind()).isEqualTo(ErrorKind.IO);
        var refused = new ConnectException();
        refused.initCause(new IOException(refused));
        assertThat(FailureClassifier.classify(refused, Phase.ANSWER).kind()).isEqualTo(ErrorKind.CONNECT);
    }
}

package dev.weft.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cli.http.Request;
import dev.weft.cli.model.Attempt;
import dev.weft.cli.model.ErrorKind;
import dev.weft.cli.model.FetchProgress;
import dev.weft.cli.model.Limits;
import dev.weft.cli.model.Outcome;
import dev.weft.cli.model.Phase;
import dev.weft.cli.model.StatusSet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes to members, and what comes back. */
class WireTest {

    private static final FetchCall CALL = new FetchCall(
            URI.create("https://example.org/a?b=%C3%A9"),
            true,
            "me:secret",
            new Request(
                    "HEAD", List.of(new Request.Header("X-A", "1"), new Request.Header("x-b", "")), true, true, null),
            new Limits(null, Duration.ofMillis(1_500), 7, 8, null, Long.MAX_VALUE, 3),
            StatusSet.parse("2xx,404"));

    private static FetchCall sent(FetchCall call) throws IOException {
        return FetchCall.CODEC.decode(FetchCall.CODEC.encode(call));
    }

    private static FetchAnswer sent(FetchAnswer answer) throws IOException {
        return FetchAnswer.CODEC.decode(FetchAnswer.CODEC.encode(answer));
    }

    private static FetchAnswer answer(Attempt made, FetchProgress progress) {
        return FetchAnswer.of("w1", 2, made, progress);
    }

    @Test
    void call_arrivesAsItWasSent() throws Exception {
        var arrived = sent(CALL);
        assertThat(arrived.uri()).isEqualTo(CALL.uri());
        assertThat(arrived.isNamed()).isTrue();
        assertThat(arrived.login()).isEqualTo("me:secret");
        assertThat(arrived.request()).isEqualTo(CALL.request());
        assertThat(arrived.limits().timeout()).isEqualTo(CALL.limits().timeout());
        assertThat(arrived.limits().maxBytes()).isEqualTo(Long.MAX_VALUE);
        assertThat(arrived.limits().maxRedirects()).isEqualTo(3);
        assertThat(arrived.accepted()).hasToString("2xx,404");
        assertThat(arrived.hasBody()).isFalse();
        assertThat(arrived.isRepeatable()).isTrue();
    }

    static Stream<Attempt> attempts() {
        return Stream.of(
                Attempt.of(new Outcome.Ok(200)),
                new Attempt(new Outcome.Failed(503), Duration.ofSeconds(5)),
                new Attempt(new Outcome.Failed(429), Duration.ZERO),
                Attempt.of(new Outcome.Broken(ErrorKind.TLS, "no é 漢")),
                Attempt.of(new Outcome.TimedOut(Phase.BODY, Duration.ofSeconds(20))));
    }

    @ParameterizedTest
    @MethodSource("attempts")
    void answer_arrivesAsItWasSent(Attempt made) throws Exception {
        var progress = new FetchProgress();
        progress.read(5_000_000_000L);
        progress.redirect(URI.create("https://example.org/1"));
        progress.redirect(URI.create("https://example.org/2"));
        progress.saved(Path.of("bodies", "a"));
        progress.note("so");
        var arrived = sent(answer(made, progress));
        assertThat(arrived.made()).isEqualTo(made);
        var told = new FetchProgress();
        arrived.tell(told);
        assertThat(told.bytes()).isEqualTo(progress.bytes());
        assertThat(told.redirects()).isEqualTo(progress.redirects());
        assertThat(told.file()).isEqualTo(progress.file());
        assertThat(told.note()).isEqualTo("so");
        assertThat(told.remote()).isNotNull();
        assertThat(told.remote().member()).isEqualTo("w1");
        assertThat(told.remote().repeated()).isEqualTo(1);
    }

    @Test
    void answer_ofAServerThatTalksMuch_fitsIntoAFrame() throws Exception {
        var progress = new FetchProgress();
        IntStream.range(0, 300)
                .forEach(i -> progress.redirect(URI.create("https://example.org/" + i + "x".repeat(8_000))));
        progress.note("n".repeat(1_000_000));
        var made = Attempt.of(new Outcome.Broken(ErrorKind.REDIRECT, "c".repeat(1_000_000)));
        var bytes = FetchAnswer.CODEC.encode(answer(made, progress));
        assertThat(bytes).hasSizeLessThan(500_000);
        assertThat(FetchAnswer.CODEC.decode(bytes).redirects().getLast())
                .isEqualTo(progress.redirects().getLast());
    }

    @Test
    void fieldsOfANewerVersion_areLeftUnread() throws Exception {
        var bytes = FetchCall.CODEC.encode(CALL);
        assertThat(FetchCall.CODEC
                        .decode(Arrays.copyOf(bytes, bytes.length + 10))
                        .uri())
                .isEqualTo(CALL.uri());
    }

    @Test
    void everyBeginning_isRefusedWithAnIOException() throws Exception {
        var call = FetchCall.CODEC.encode(CALL);
        for (var length = 0; length < call.length; length++) {
            var part = Arrays.copyOf(call, length);
            assertThatThrownBy(() -> FetchCall.CODEC.decode(part)).isInstanceOf(IOException.class);
        }
        var answer = FetchAnswer.CODEC.encode(answer(Attempt.of(new Outcome.Ok(200)), new FetchProgress()));
        for (var length = 0; length < answer.length; length++) {
            var part = Arrays.copyOf(answer, length);
            assertThatThrownBy(() -> FetchAnswer.CODEC.decode(part)).isInstanceOf(IOException.class);
        }
    }

    /** No other exception, and no memory for what a length promises. */
    @Test
    void changedBytes_giveARecordOrAnIOException() {
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++) {
            var call = FetchCall.CODEC;
            try {
                var bytes = i % 2 == 0 ? call.encode(CALL) : new byte[random.nextInt(60)];
                if (i % 2 == 0) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                } else {
                    random.nextBytes(bytes);
                }
                assertThat(call.decode(bytes)).isNotNull();
                assertThat(FetchAnswer.CODEC.decode(bytes)).isNotNull();
            } catch (IOException e) {
                assertThat(e).isExactlyInstanceOf(IOException.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "ftp://example.org/", "http:opaque", "/a"})
    void urlsThatAreNotOfTheWeb_areRefused(String url) {
        var call = new FetchCall(URI.create(url), false, null, CALL.request(), CALL.limits(), CALL.accepted());
        assertThatThrownBy(() -> sent(call)).isInstanceOf(IOException.class).hasMessageContaining(url);
    }
}

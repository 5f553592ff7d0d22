package dev.weft.cluster;

import static dev.weft.Weft.createTask;
import static dev.weft.Weft.run;
import static dev.weft.Weft.sleep;
import static dev.weft.cluster.SimulatedCluster.ECHO;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Weft;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Mistakes that one makes on the first day, and what one is told. */
class MistakesTest {

    private static final Handler<byte[], byte[]> BYTES = Handler.of("bytes", Codecs.bytes(), Codecs.bytes());

    private static Workers alone(UnaryOperator<WorkersBuilder> settings) throws Exception {
        return TestMembers.open(builder -> settings.apply(builder.name("w1").local(true)));
    }

    @Test
    @SuppressWarnings("NullAway")
    void cl39_nullArgument_saysWhichCodecTakesIt() throws Exception {
        run(() -> {
            try (var workers = alone(b -> b.serve(ECHO, text -> text).serve(BYTES, bytes -> bytes))) {
                assertThatThrownBy(() -> workers.call(ECHO, null))
                        .isInstanceOf(CodecException.class)
                        .hasMessageContaining("call of 'echo': the argument cannot be encoded: ")
                        .hasMessageEndingWith("null is not a value of Codecs.text(): Codecs.json takes it");
                assertThatThrownBy(() -> workers.call(BYTES, null))
                        .hasMessageEndingWith("null is not a value of Codecs.bytes(): Codecs.json takes it");
            }
        });
    }

    @Test
    @SuppressWarnings("NullAway")
    void cl39_nullResult_saysWhichCodecTakesIt() throws Exception {
        run(() -> {
            try (var workers = alone(b -> b.serve(ECHO, text -> null))) {
                assertThatThrownBy(() -> workers.call(ECHO, "x"))
                        .isInstanceOf(CodecException.class)
                        .hasMessageContaining("the result cannot be encoded there: ")
                        .hasMessageEndingWith("null is not a value of Codecs.text(): Codecs.json takes it");
            }
        });
    }

    /** It would arrive as a question mark. */
    @Test
    void cl39_textThatIsNotUnicode_isRefused() throws Exception {
        run(() -> {
            try (var workers = alone(b -> b.serve(ECHO, text -> text))) {
                assertThatThrownBy(() -> workers.call(ECHO, "a\ud800b"))
                        .isInstanceOf(CodecException.class)
                        .hasMessageContaining("the text is not Unicode");
                assertThat(workers.call(ECHO, "a\ud83d\ude00b")).isEqualTo("a\ud83d\ude00b");
                assertThat(workers.call(ECHO, "")).isEmpty();
            }
        });
    }

    @Test
    void cl6_noMember_isToldWithWhatMembersServe() throws Exception {
        run(() -> {
            try (var workers = alone(b -> b.serve(ECHO.version(3).accepts(2), text -> text))) {
                workers.call(ECHO.version(2), "x"); // until it is there
                var options = CallOptions.defaults().waitForMember(false);
                assertThatThrownBy(() -> workers.call(BYTES, new byte[0], options))
                        .isInstanceOf(NoMemberException.class)
                        .hasMessageMatching("no member serves 'bytes' version 1; members: \\[w1 \\([0-9a-f]+\\) serves"
                                + " \\['echo' versions 2 to 3]]");
            }
        });
    }

    @Test
    void cl33_callThatACloseEnds_saysSo() throws Exception {
        SimulatedCluster.explore(cluster -> {
            cluster.open(
                    "w1",
                    b -> b.serve(ECHO, text -> {
                        sleep(Weft.FOREVER);
                        return text;
                    }));
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 1);
            var call = createTask(() -> c1.call(ECHO, "x"));
            sleep(ofMillis(100));
            c1.close();
            assertThatThrownBy(call::await)
                    .isInstanceOf(CancellationException.class)
                    .hasMessageMatching("'echo' on w1 \\([0-9a-f]+\\) was cancelled: these workers are closed");
        });
    }
}

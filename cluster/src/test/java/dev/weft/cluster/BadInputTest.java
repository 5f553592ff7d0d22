package dev.weft.cluster;

import static dev.weft.Weft.createTask;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.cluster.SimulatedCluster.ECHO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Weft;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What users and their objects may do wrong, and where they are told. */
class BadInputTest {

    // ---- handlers

    @Test
    void handler_servedTwice_isRefusedAtOnce() {
        var builder = Workers.builder("x").serve(ECHO, text -> text);
        assertThatThrownBy(() -> builder.serve(ECHO.version(2), text -> text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'echo' is served already")
                .hasMessageContaining("Call.current().version()");
    }

    @Test
    void handlerThatNoMemberServes_isNamed_withTheMembersAndTheirs() throws Exception {
        SimulatedCluster.explore(5, cluster -> {
            cluster.open("w1", b -> b.serve(ECHO, text -> text));
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 1);
            var missing = Handler.of("ehco", Codecs.text(), Codecs.text());
            assertThatThrownBy(
                            () -> c1.call(missing, "x", CallOptions.defaults().waitForMember(false)))
                    .isInstanceOf(NoMemberException.class)
                    .hasMessageContaining("'ehco'")
                    .hasMessageContaining("w1")
                    .hasMessageContaining("echo");
            assertThatThrownBy(() -> timeout(ofSeconds(1), () -> c1.call(missing, "x")))
                    .isInstanceOf(TimeoutException.class);
            assertThat(c1.snapshot().expired()).isEqualTo(1);
        });
    }

    // ---- codecs

    /** Codecs are called in the task of the call, and of the handler. */
    @Test
    void codecThatTakesASecond_delaysItsOwnCallAlone() throws Exception {
        var slow = new Codec<String>() {
            @Override
            public byte[] encode(String value) throws IOException {
                dawdle();
                return Codecs.text().encode(value);
            }

            @Override
            public String decode(byte[] bytes) throws IOException {
                dawdle();
                return Codecs.text().decode(bytes);
            }
        };
        var handler = Handler.of("slow", slow, slow);
        SimulatedCluster.explore(5, cluster -> {
            cluster.open("w1", b -> b.serve(handler, text -> text).serve(ECHO, text -> text));
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 1);
            var begun = cluster.world.currentTime();
            var call = createTask(() -> c1.call(handler, "x"));
            for (var i = 0; i < 20; i++) {
                var before = cluster.world.currentTime();
                assertThat(c1.call(ECHO, "y")).isEqualTo("y");
                assertThat(cluster.world.currentTime().minus(before)).isLessThan(ofMillis(100));
                sleep(ofMillis(150));
            }
            assertThat(call.await()).isEqualTo("x");
            assertThat(cluster.world.currentTime().minus(begun)).isBetween(ofSeconds(4), ofSeconds(5));
        });
    }

    private static void dawdle() throws IOException {
        try {
            sleep(ofSeconds(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** A codec may throw what it does not declare, as one in Kotlin may; and errors. */
    @Test
    void cl8_codecThatThrowsAnythingElse_callIsCountedAsFailed() throws Exception {
        var odd = new Codec<String>() {
            @Override
            public byte[] encode(String value) throws IOException {
                return Codecs.text().encode(value);
            }

            @Override
            public String decode(byte[] bytes) throws IOException {
                var text = Codecs.text().decode(bytes);
                if (text.equals("checked")) {
                    throw BadInputTest.<RuntimeException>sneaky(new ClassNotFoundException("odd"));
                }
                throw new StackOverflowError(text);
            }
        };
        var out = Handler.of("out", Codecs.text(), odd);
        var in = Handler.of("in", odd, Codecs.text());
        SimulatedCluster.explore(5, cluster -> {
            cluster.open(
                    "w1",
                    b -> b.serve(out, text -> text).serve(in, text -> text).serve(ECHO, text -> text));
            var c1 = cluster.caller("c1");
            assertThatThrownBy(() -> c1.call(out, "checked"))
                    .isInstanceOf(CodecException.class)
                    .hasMessageContaining("cannot be decoded here");
            assertThatThrownBy(() -> c1.call(out, "error")).isInstanceOf(StackOverflowError.class);
            assertThatThrownBy(() -> c1.call(in, "checked"))
                    .isInstanceOf(CodecException.class)
                    .hasMessageContaining("there");
            assertThatThrownBy(() -> c1.call(in, "error"))
                    .isInstanceOf(RemoteFailureException.class)
                    .hasMessageContaining("StackOverflowError");
            assertThat(c1.call(ECHO, "x")).isEqualTo("x");
            assertThat(c1.snapshot().ok()).isEqualTo(1);
            assertThat(c1.snapshot().failed()).isEqualTo(4);
        });
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> X sneaky(Throwable e) throws X {
        throw (X) e;
    }

    // ---- arguments

    @Test
    void argument_changedAfterTheCall_isWhatItWas() throws Exception {
        var lengths = Handler.of("bytes", Codecs.bytes(), Codecs.text()).idempotent(1);
        SimulatedCluster.explore(cluster -> {
            cluster.open(
                    "w1",
                    b -> b.limit(1).serve(lengths, bytes -> {
                        sleep(ofMillis(50));
                        bytes[0]++; // its own
                        return String.valueOf(bytes[0]);
                    }));
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 1);
            var argument = new byte[] {1, 2, 3};
            var first = createTask(() -> c1.call(lengths, argument));
            var second = createTask(() -> c1.call(lengths, argument));
            sleep(ofMillis(10));
            assertThat(c1.snapshot().waiting()).isEqualTo(1);
            argument[0] = 77;
            assertThat(List.of(first.await(), second.await())).containsExactly("2", "2");
        });
    }

    public static final class Cyclic {
        public Map<String, Object> getSelf() {
            var map = new HashMap<String, Object>();
            map.put("self", map);
            return map;
        }
    }

    public static final class Throwing {
        public String getName() {
            throw new IllegalStateException("no name");
        }
    }

    @Test
    void hostileArgument_isTheCallersCodecException() throws Exception {
        var cyclic = Handler.of("c", Codecs.json(Cyclic.class), Codecs.text());
        var throwing = Handler.of("t", Codecs.json(Throwing.class), Codecs.text());
        SimulatedCluster.explore(2, cluster -> {
            var c1 = cluster.caller("c1");
            assertThatThrownBy(() -> c1.call(cyclic, new Cyclic()))
                    .isInstanceOf(CodecException.class)
                    .hasMessageContaining("the argument cannot be encoded");
            assertThatThrownBy(() -> c1.call(throwing, new Throwing()))
                    .isInstanceOf(CodecException.class)
                    .hasMessageContaining("no name");
            assertThat(c1.snapshot().failed()).isEqualTo(2);
        });
    }

    // ---- exceptions

    static final class Hostile extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String how;

        Hostile(String how) {
            super("x");
            this.how = how;
        }

        @Override
        public String getMessage() {
            return switch (how) {
                case "throws" -> throw new IllegalStateException("no message");
                case "error" -> throw new AssertionError("no message");
                case "null" -> none();
                case "huge" -> "m".repeat(3_000_000);
                default -> how;
            };
        }

        @Override
        public String toString() {
            return how.equals("toString") ? none() : super.toString();
        }

        @Override
        public void printStackTrace(PrintWriter writer) {
            if (how.equals("endless")) {
                for (; ; ) {
                    writer.println("at a.b.C");
                }
            }
            super.printStackTrace(writer);
        }
    }

    @SuppressWarnings("NullAway")
    private static String none() {
        return null;
    }

    private static Exception hostile(String how) {
        if (how.equals("cycle")) {
            var outer = new IllegalStateException("outer");
            outer.initCause(new IllegalStateException("inner", outer));
            outer.addSuppressed(new IOException(outer));
            return outer;
        }
        if (how.equals("many")) {
            var many = new IllegalStateException("many");
            for (var i = 0; i < 20_000; i++) {
                many.addSuppressed(new IOException("number " + i));
            }
            return many;
        }
        if (how.equals("deep")) {
            var deep = new IllegalStateException("deep");
            for (var i = 0; i < 20_000; i++) {
                deep = new IllegalStateException("deep", deep);
            }
            return deep;
        }
        return new Hostile(how);
    }

    @Test
    void cl10_hostileException_isAFailureOfTheCallAlone() throws Exception {
        SimulatedCluster.explore(2, cluster -> {
            cluster.open(
                    "w1",
                    b -> b.serve(ECHO, how -> {
                        throw hostile(how);
                    }));
            var c1 = cluster.caller("c1");
            for (var how :
                    List.of("throws", "error", "null", "huge", "toString", "endless", "cycle", "many", "deep", "odd")) {
                var thrown = new ArrayList<Throwable>();
                try {
                    c1.call(ECHO, how);
                } catch (RemoteFailureException e) {
                    thrown.add(e);
                    assertThat(e.type()).as(how).matches(".*(Hostile|IllegalStateException)");
                    assertThat(e.remoteMessage().length()).as(how).isLessThan(10_000);
                    assertThat(e.remoteStack().length()).as(how).isLessThan(20_000);
                    assertThat(e.remoteMessage()).as(how).isNotEqualTo("null");
                }
                assertThat(thrown).as(how).hasSize(1);
            }
            assertThat(c1.snapshot().failed()).isEqualTo(10);
        });
    }

    // ---- clocks

    /** Members never compare their clocks: each gets only its own time back. */
    @Test
    void cl19_clocksAnHourApart_changeNothing() throws Exception {
        SimulatedCluster.explore(cluster -> {
            var w1 = cluster.open("w1", b -> b.serve(ECHO, BadInputTest::slowly));
            cluster.end(w1).clock = Duration.ofHours(1);
            var c1 = cluster.caller("c1");
            var c2 = cluster.caller("c2");
            cluster.end(c2).clock = Duration.ofHours(9);
            cluster.awaitMembers(c1, 2);
            cluster.awaitMembers(c2, 2);
            for (var caller : List.of(c1, c2)) {
                assertThat(timeout(ofSeconds(20), () -> caller.call(ECHO, "5000")))
                        .isEqualTo("5000");
                assertThatThrownBy(() -> timeout(ofMillis(200), () -> caller.call(ECHO, "5000")))
                        .isInstanceOf(TimeoutException.class);
            }
            var lost = createTask(() -> c2.call(ECHO, "600000"));
            sleep(ofSeconds(1));
            cluster.network.cut(cluster.end(c2), cluster.end(w1));
            assertThatThrownBy(lost::await).isInstanceOf(MemberLostException.class);
            assertThat(w1.snapshot().running()).isZero();
            cluster.network.heal();
            cluster.network.updateViews();
            assertThat(c2.call(ECHO, "1")).isEqualTo("1");
        });
    }

    private static String slowly(String millis) throws InterruptedException {
        Weft.sleep(ofMillis(Long.parseLong(millis)));
        return millis;
    }
}

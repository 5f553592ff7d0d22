package dev.weft.cluster;

import static dev.weft.Weft.createTask;
import static dev.weft.Weft.settle;
import static dev.weft.Weft.sleep;
import static dev.weft.cluster.SimulatedCluster.ECHO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Task;
import dev.weft.cluster.internal.engine.PeerId;
import dev.weft.cluster.internal.wire.FrameHead;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LimitsContractTest {

    @Test
    void cl37_tooLarge_isTheCallsFailure_onBothSides() throws Exception {
        SimulatedCluster.explore(5, cluster -> {
            cluster.open("w1", b -> b.maxFrame(16 << 10).serve(ECHO, text -> text.repeat(3)));
            var c1 = cluster.open("c1", b -> b.maxFrame(16 << 10));
            assertThatThrownBy(() -> c1.call(ECHO, "x".repeat(20_000)))
                    .isInstanceOf(FrameTooLargeException.class)
                    .hasMessageContaining("argument of 'echo'")
                    .hasMessageContaining("20000");
            assertThatThrownBy(() -> c1.call(ECHO, "x".repeat(10_000)))
                    .isInstanceOf(FrameTooLargeException.class)
                    .hasMessageContaining("result of 'echo'")
                    .hasMessageContaining("30000");
            assertThat(c1.call(ECHO, "x")).isEqualTo("xxx");
        });
    }

    @Test
    void cl38_stuckMember_delaysNobodyElse() throws Exception {
        SimulatedCluster.explore(cluster -> {
            var stuck = cluster.open("stuck", b -> b.serve(ECHO, text -> "stuck"));
            cluster.open("w2", b -> b.serve(ECHO, text -> "w2"));
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 2);
            cluster.network.cut(cluster.end(c1), cluster.end(stuck));
            var onStuck = CallOptions.defaults().on(member -> member.name().equals("stuck"));
            var first = createTask(() -> c1.call(ECHO, "x", onStuck));
            sleep(ofMillis(10));
            var before = cluster.world.currentTime();
            for (var i = 0; i < 5; i++) {
                assertThat(c1.call(
                                ECHO,
                                "x",
                                CallOptions.defaults()
                                        .on(member -> member.name().equals("w2"))))
                        .isEqualTo("w2");
            }
            assertThat(cluster.world.currentTime().minus(before)).isLessThan(ofMillis(100));
            first.cancel();
            settle(first);
        });
    }

    @Test
    void cl39_codecFailure_isTheCalls_memberStays() throws Exception {
        var broken = new Codec<String>() {
            @Override
            public byte[] encode(String value) throws IOException {
                if (value.equals("null")) {
                    return missing();
                }
                if (value.equals("unwritable")) {
                    throw new IOException("cannot write");
                }
                return Codecs.text().encode(value);
            }

            @Override
            public String decode(byte[] bytes) throws IOException {
                var text = Codecs.text().decode(bytes);
                if (text.equals("unreadable")) {
                    throw new IllegalStateException("cannot read");
                }
                return text;
            }
        };
        var in = Handler.of("in", broken, Codecs.text());
        var out = Handler.of("out", Codecs.text(), broken);
        SimulatedCluster.explore(cluster -> {
            var ran = new ArrayList<String>();
            cluster.open(
                    "w1",
                    b -> b.serve(in, text -> {
                                ran.add(text);
                                return text;
                            })
                            .serve(out, text -> text));
            var c1 = cluster.caller("c1");
            for (var text : new String[] {"null", "unwritable"}) {
                assertThatThrownBy(() -> c1.call(in, text))
                        .isInstanceOf(CodecException.class)
                        .hasMessageContaining("the argument cannot be encoded");
                assertThatThrownBy(() -> c1.call(out, text))
                        .isInstanceOf(CodecException.class)
                        .hasMessageContaining("the result cannot be encoded")
                        .hasMessageContaining("w1");
            }
            assertThatThrownBy(() -> c1.call(in, "unreadable"))
                    .isInstanceOf(CodecException.class)
                    .hasMessageContaining("the argument cannot be decoded");
            assertThatThrownBy(() -> c1.call(out, "unreadable"))
                    .isInstanceOf(CodecException.class)
                    .hasMessageContaining("cannot be decoded here");
            assertThat(ran).isEmpty();
            assertThat(c1.call(in, "good")).isEqualTo("good");
            assertThat(c1.snapshot().ok()).isEqualTo(1);
        });
    }

    @SuppressWarnings("NullAway")
    private static byte[] missing() {
        return null;
    }

    @Test
    void cl40_queueIsTheCallersOwnThreads() throws Exception {
        SimulatedCluster.explore(5, cluster -> {
            cluster.open(
                    "w1",
                    b -> b.limit(2).serve(ECHO, text -> {
                        sleep(ofSeconds(1));
                        return text;
                    }));
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 1);
            var before = cluster.end(c1).sent.size();
            var calls = new ArrayList<Task<String>>();
            for (var i = 0; i < 100; i++) {
                calls.add(createTask(() -> c1.call(ECHO, "x")));
            }
            sleep(ofMillis(500));
            assertThat(c1.snapshot().waiting()).isEqualTo(98);
            assertThat(cluster.end(c1).sent.size() - before).isLessThan(40); // calls, beats, and what it wants
            calls.forEach(Task::cancel);
            settle(calls);
            assertThat(c1.snapshot().waiting()).isZero();
        });
    }

    @Test
    void cl44_garbage_isDropped_counted_andHarmsNoCall() throws Exception {
        SimulatedCluster.explore(5, cluster -> {
            var w1 = cluster.open("w1", b -> b.serve(ECHO, text -> text));
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 1);
            var random = new Random(cluster.world.draw(1000));
            for (var i = 0; i < 300; i++) {
                var bytes = new byte[random.nextInt(200)];
                random.nextBytes(bytes);
                if (i % 2 == 0 && bytes.length > 3) {
                    bytes[0] = 0x57;
                    bytes[1] = 1;
                    bytes[2] = (byte) random.nextInt(12);
                }
                cluster.end(w1).receiver.message(new PeerId(1, i), bytes);
            }
            for (var i = 0; i < 3_000; i++) { // a flood of strangers
                var type = 1 + random.nextInt(9);
                var head = FrameHead.write(type, 1 + random.nextInt(5), random.nextInt(3), random.nextInt(9), 1);
                var bytes = Arrays.copyOf(head, head.length + random.nextInt(8));
                cluster.end(w1).receiver.message(new PeerId(i, random.nextInt(2)), bytes);
            }
            assertThat(w1.snapshot().refused()).isPositive();
            assertThat(c1.call(ECHO, "x")).isEqualTo("x");
        });
    }
}

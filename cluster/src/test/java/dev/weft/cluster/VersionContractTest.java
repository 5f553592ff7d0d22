package dev.weft.cluster;

import static dev.weft.Weft.sleep;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cluster.internal.wire.Frame;
import dev.weft.cluster.internal.wire.FrameBodies;
import dev.weft.cluster.internal.wire.FrameFormatException;
import dev.weft.cluster.internal.wire.FrameHead;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class VersionContractTest {

    private static final Handler<String, String> V1 = Handler.of("h", Codecs.text(), Codecs.text());
    private static final Handler<String, String> V2 = V1.version(2).accepts(1);
    private static final Handler<String, String> V3 = V1.version(3);

    private static String served(String by) {
        return by + " speaks v" + Call.current().version();
    }

    @Test
    void cl34_newestCommonVersion_isPreferred() throws Exception {
        SimulatedCluster.explore(cluster -> {
            cluster.open("old", b -> b.serve(V1, text -> served("old")));
            var caller = cluster.caller("c1");
            cluster.awaitMembers(caller, 1);
            assertThat(caller.call(V1, "x")).isEqualTo("old speaks v1");
            assertThat(caller.call(V2, "x")).isEqualTo("old speaks v1");
            cluster.open("new", b -> b.serve(V2, text -> served("new")));
            cluster.awaitMembers(caller, 2);
            assertThat(caller.call(V2, "x")).isEqualTo("new speaks v2");
            assertThat(caller.call(V1, "x")).endsWith("speaks v1");
            assertThat(caller.members().getFirst().handlers()).containsExactly(new HandlerVersion("h", 1, 1));
        });
    }

    @Test
    void cl34_noCommonVersion_isNoMember() throws Exception {
        SimulatedCluster.explore(cluster -> {
            cluster.open("old", b -> b.serve(V2, text -> served("old")));
            var caller = cluster.caller("c1");
            cluster.awaitMembers(caller, 1);
            assertThatThrownBy(() -> caller.call(V3, "x", CallOptions.defaults().waitForMember(false)))
                    .isInstanceOf(NoMemberException.class)
                    .hasMessageMatching(
                            "no member serves \\S+ version 3; members: .* serves \\[\\S+ versions 1 to 2]]");
        });
    }

    record Size(int bytes) {}

    /** A rolling deploy in which the types have changed and the version has not. */
    @Test
    void cl39_membersWithAnotherCodec_failTheCall_namingTypeAndMember_andAVersionKeepsThemApart() throws Exception {
        var argument = Handler.of("h", Codecs.json(Size.class), Codecs.text());
        var result = Handler.of("r", Codecs.text(), Codecs.json(Size.class));
        SimulatedCluster.explore(cluster -> {
            cluster.open("w1", b -> b.serve(argument, size -> "x").serve(result, text -> new Size(1)));
            var caller = cluster.caller("c1");
            cluster.awaitMembers(caller, 1);
            assertThatThrownBy(() -> caller.call(V1, "text"))
                    .isInstanceOf(CodecException.class)
                    .hasMessageContaining("call of 'h' on w1 (")
                    .hasMessageContaining("the argument cannot be decoded there")
                    .hasMessageContaining("JSON of " + Size.class.getTypeName());
            var number = Handler.of("r", Codecs.text(), Codecs.json(Integer.class));
            assertThatThrownBy(() -> caller.call(number, "text"))
                    .isInstanceOf(CodecException.class)
                    .hasMessageContaining("call of 'r' on w1 (")
                    .hasMessageContaining("cannot be decoded here")
                    .hasMessageContaining("JSON of java.lang.Integer");
            cluster.open("w2", b -> b.serve(V3, text -> served("w2")));
            cluster.awaitMembers(caller, 2);
            assertThat(caller.call(V3, "text")).isEqualTo("w2 speaks v3");
        });
    }

    /** A member that says it serves a handler, and rejects its calls as unknown. */
    @Test
    void cl23_memberThatKnowsNoCallOfWhatItServes_isNotAskedAgain() throws Exception {
        SimulatedCluster.explore(5, cluster -> {
            cluster.open("old", b -> b.serve(V1, text -> served("old")));
            var caller = cluster.caller("c1");
            cluster.awaitMembers(caller, 1);
            cluster.end(caller).change = VersionContractTest::misspelt;
            assertThatThrownBy(() -> caller.call(V2, "x", CallOptions.defaults().waitForMember(false)))
                    .isInstanceOf(NoMemberException.class);
            assertThat(caller.snapshot().rejected()).isOne();
        });
    }

    private static byte[] misspelt(byte[] frame) {
        try {
            var head = FrameHead.read(frame);
            if (!(FrameBodies.read(head, frame) instanceof Frame.Invoke call)) {
                return frame;
            }
            var body = FrameBodies.write(new Frame.Invoke(
                    call.id(), "other", call.version(), call.remainingNanos(), 1, 1, call.callId(), call.argument()));
            var changed = Arrays.copyOf(frame, head.size() + body.length);
            System.arraycopy(body, 0, changed, head.size(), body.length);
            return changed;
        } catch (FrameFormatException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void cl35_otherMajorVersion_isNotAPeer_isCounted() throws Exception {
        SimulatedCluster.explore(cluster -> {
            var w1 = cluster.open("w1", b -> b.serve(V1, text -> served("w1")));
            var stranger = cluster.caller("stranger");
            cluster.awaitMembers(stranger, 1);
            var hello = new Frame.Hello("odd", 10, false, List.of(new HandlerVersion("h", 9, 1)));
            var head = FrameHead.write(FrameBodies.type(hello), 77, 0, 1, 0);
            head[1] = 2;
            cluster.end(stranger).send(cluster.end(w1).self(), head, FrameBodies.write(hello), true);
            cluster.await(() -> w1.snapshot().refused() == 1);
            sleep(ofSeconds(1));
            assertThat(w1.members()).extracting(Member::name).containsExactly("stranger");
            assertThat(stranger.call(V1, "x")).isEqualTo("w1 speaks v1");
        });
    }
}

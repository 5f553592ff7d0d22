package dev.weft.cluster;

import static dev.weft.Weft.createTask;
import static dev.weft.Weft.mapConcurrent;
import static dev.weft.Weft.settle;
import static dev.weft.Weft.sleep;
import static dev.weft.cluster.SimulatedCluster.ECHO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Weft;
import dev.weft.cluster.internal.wire.Frame;
import dev.weft.cluster.internal.wire.FrameBodies;
import dev.weft.cluster.internal.wire.FrameFormatException;
import dev.weft.cluster.internal.wire.FrameHead;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sessions end and begin, sides of a partition live on and meet again, and members are told apart. */
class PartitionContractTest {

    private static Code<String, String> sleeper(
            Duration duration, Map<String, Duration> ends, SimulatedCluster cluster) {
        return text -> {
            try {
                sleep(duration);
                return text;
            } finally {
                ends.put(text, cluster.world.currentTime());
            }
        };
    }

    private static CallOptions on(String name) {
        return CallOptions.defaults().on(member -> member.name().equals(name));
    }

    @Test
    void cl26_helloOfANewSession_cancelsWhatTheOneBeforeLeft_lateFramesAreDropped() throws Exception {
        SimulatedCluster.explore(cluster -> {
            var steps = new ArrayList<String>();
            var w1 = cluster.open(
                    "w1",
                    b -> b.serve(ECHO, text -> {
                        steps.add("begin");
                        try {
                            sleep(ofSeconds(60));
                        } finally {
                            steps.add("end");
                        }
                        return text;
                    }));
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 1);
            var task = createTask(() -> c1.call(ECHO, "x"));
            sleep(ofMillis(100));
            // only the caller is told of a loss and of a merge
            cluster.end(c1).receiver.view(Set.of(cluster.end(c1).self()));
            cluster.end(c1)
                    .receiver
                    .view(Set.of(cluster.end(c1).self(), cluster.end(w1).self()));
            cluster.await(() -> steps.contains("end"));
            assertThat(cluster.world.currentTime()).isLessThan(ofSeconds(6));
            assertThatThrownBy(task::await).isInstanceOf(MemberLostException.class);
            // a frame of the session that is over
            var before = w1.snapshot();
            var head = FrameHead.write(FrameBodies.type(new Frame.Beat(0)), 1, 1, 1, 1);
            cluster.end(c1).send(cluster.end(w1).self(), head, FrameBodies.write(new Frame.Beat(99)), true);
            cluster.await(() -> w1.snapshot().dropped() == before.dropped() + 1);
            // the new session works
            var second = createTask(() -> c1.call(ECHO, "y"));
            cluster.await(() -> steps.size() == 3);
            second.cancel();
            settle(second);
        });
    }

    @Test
    void cl27_cl28_bothSidesLiveOn_andMeetAgain() throws Exception {
        SimulatedCluster.explore(PartitionContractTest::partitionAndMerge);
    }

    @Test
    void cl27_partition_bothSidesLiveOn() throws Exception {
        SimulatedCluster.explore(5, PartitionContractTest::partitionAndMerge);
    }

    @Test
    void cl28_afterTheMerge_membersAreUsedAgain() throws Exception {
        SimulatedCluster.explore(5, PartitionContractTest::partitionAndMerge);
    }

    private static void partitionAndMerge(SimulatedCluster cluster) throws Exception {
        var w1 = cluster.open("w1", b -> b.serve(ECHO, text -> "w1"));
        var w2 = cluster.open("w2", b -> b.serve(ECHO, text -> "w2"));
        var c1 = cluster.caller("c1");
        var c2 = cluster.caller("c2");
        cluster.awaitMembers(c1, 3);
        var network = cluster.network;
        for (var one : List.of(c1, w1)) {
            for (var other : List.of(c2, w2)) {
                network.cut(cluster.end(one), cluster.end(other));
            }
        }
        sleep(ofSeconds(2));
        network.updateViews();
        sleep(ofSeconds(1));
        assertThat(mapConcurrent(List.of(1, 2, 3), 3, i -> c1.call(ECHO, "x"))).containsOnly("w1");
        assertThat(mapConcurrent(List.of(1, 2, 3), 3, i -> c2.call(ECHO, "x"))).containsOnly("w2");
        network.heal();
        sleep(ofMillis(cluster.world.draw(3) * 500L));
        for (var workers : List.of(w2, c1, w1, c2)) { // a merge is not told to all at once
            cluster.end(workers).updateView();
            sleep(ofMillis(cluster.world.draw(3) * 300L));
        }
        cluster.awaitMembers(c1, 3);
        assertThat(c1.call(ECHO, "x", on("w2"))).isEqualTo("w2");
        assertThat(c2.call(ECHO, "x", on("w1"))).isEqualTo("w1");
    }

    @Test
    void cl29_oneWayCut_memberIsLost_noCallHangs() throws Exception {
        SimulatedCluster.explore(cluster -> {
            var ends = new HashMap<String, Duration>();
            var w1 = cluster.open("w1", b -> b.serve(ECHO, sleeper(ofSeconds(600), ends, cluster)));
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 1);
            var task = createTask(() -> c1.call(ECHO, "x"));
            sleep(ofMillis(100));
            if (cluster.world.draw(2) == 0) {
                cluster.network.cutOneWay(cluster.end(w1), cluster.end(c1));
            } else {
                cluster.network.cutOneWay(cluster.end(c1), cluster.end(w1));
            }
            assertThatThrownBy(() -> Weft.timeout(ofSeconds(20), () -> task.await()))
                    .isInstanceOf(MemberLostException.class);
            assertThat(ends).containsKey("x");
        });
    }

    /** Each side has heard numbers of sessions that have never stood, and gives its own up at other times. */
    @Test
    void cl28_oneSideLosesTheOtherForAWhile_membersAreUsedAgain() throws Exception {
        SimulatedCluster.explore(cluster -> {
            var w1 = cluster.open("w1", b -> b.serve(ECHO, text -> text));
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 1);
            var caller = cluster.end(c1);
            caller.drops = true; // as an outbox for one that is not in the view
            cluster.network.cutOneWay(caller, cluster.end(w1));
            sleep(ofMillis(3_200 + cluster.world.draw(5) * 500L));
            caller.updateView();
            sleep(ofMillis(cluster.world.draw(6) * 500L));
            cluster.network.heal();
            caller.updateView();
            sleep(ofMillis(cluster.world.draw(20) * 500L));
            caller.drops = false;
            assertThat(Weft.timeout(ofSeconds(30), () -> c1.call(ECHO, "x"))).isEqualTo("x");
        });
    }

    @Test
    void cl30_identityIsTheIncarnation_notTheName() throws Exception {
        SimulatedCluster.explore(cluster -> {
            var first = cluster.open(
                    "same",
                    b -> b.serve(ECHO, text -> {
                        sleep(ofMillis(100));
                        return "1";
                    }));
            cluster.open(
                    "same",
                    b -> b.serve(ECHO, text -> {
                        sleep(ofMillis(100));
                        return "2";
                    }));
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 2);
            assertThat(c1.members()).extracting(Member::name).containsExactly("same", "same");
            assertThat(c1.members()).extracting(Member::id).doesNotHaveDuplicates();
            var seen = new HashSet<>(mapConcurrent(IntStream.range(0, 8).boxed().toList(), 8, i -> c1.call(ECHO, "x")));
            assertThat(seen).containsExactlyInAnyOrder("1", "2");
            first.close();
            assertThat(c1.call(ECHO, "x")).isEqualTo("2");
        });
    }

    /** A session lasts as long as the peer hears this side; a clock that is ahead is no sign of that. */
    @Test
    void cl29_echoOfATimeThatHasNotCome_keepsNoCallWaiting() throws Exception {
        SimulatedCluster.explore(cluster -> {
            var w1 = cluster.open("w1", b -> b.serve(ECHO, sleeper(ofSeconds(60), new HashMap<>(), cluster)));
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 1);
            var task = createTask(() -> c1.call(ECHO, "x"));
            sleep(ofMillis(500));
            cluster.end(w1).change = PartitionContractTest::withAnEchoOfLater;
            sleep(ofMillis(cluster.world.draw(10) * 100L));
            cluster.end(w1).dead = true; // and no view tells
            cluster.end(w1).wake();
            assertThatThrownBy(task::await).isInstanceOf(MemberLostException.class);
        });
    }

    private static byte[] withAnEchoOfLater(byte[] frame) {
        try {
            var head = FrameHead.read(frame);
            var later = Duration.ofDays(1).toNanos();
            var changed = FrameHead.write(head.type(), head.from(), head.to(), head.stamp(), head.echo() + later);
            var size = changed.length;
            var all = Arrays.copyOf(changed, size + frame.length - head.size());
            System.arraycopy(frame, head.size(), all, size, frame.length - head.size());
            return all;
        } catch (FrameFormatException e) {
            throw new AssertionError(e);
        }
    }
}

package dev.weft.cluster;

import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.mapConcurrent;
import static dev.weft.Weft.sleep;
import static dev.weft.cluster.SimulatedCluster.ECHO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Body;
import dev.weft.Weft;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlacementContractTest {

    private static List<String> texts(int count) {
        return IntStream.range(0, count).mapToObj(i -> "a" + i).toList();
    }

    @Test
    void cl1_callRunsOnOneMemberThatServes() throws Exception {
        SimulatedCluster.explore(cluster -> {
            var ran = new ArrayList<String>();
            cluster.open(
                    "w1",
                    b -> b.serve(ECHO, text -> {
                        ran.add("w1 " + text);
                        return text;
                    }));
            cluster.open("w2", b -> b.serve(Handler.of("other", Codecs.text(), Codecs.text()), text -> text));
            var c1 = cluster.caller("c1");
            assertThat(mapConcurrent(texts(5), 5, text -> c1.call(ECHO, text))).isEqualTo(texts(5));
            assertThat(ran).hasSize(5).allMatch(one -> one.startsWith("w1"));
        });
    }

    @Test
    void cl1_callerServesItselfOnlyIfLocalIsAllowed() throws Exception {
        SimulatedCluster.explore(cluster -> {
            var alone = cluster.open("alone", b -> b.serve(ECHO, text -> text));
            var options = CallOptions.defaults().waitForMember(false);
            sleep(ofSeconds(1));
            assertThatThrownBy(() -> alone.call(ECHO, "x", options)).isInstanceOf(NoMemberException.class);
        });
        SimulatedCluster.explore(cluster -> {
            var alone =
                    cluster.open("alone", b -> b.serve(ECHO, text -> text + "!").local(true));
            assertThat(alone.call(ECHO, "x")).isEqualTo("x!");
        });
    }

    @Test
    void cl2_callsWaitForCredits_firstComeFirstServed() throws Exception {
        SimulatedCluster.explore(cluster -> {
            var order = new ArrayList<String>();
            cluster.open(
                    "w1",
                    b -> b.limit(1).serve(ECHO, text -> {
                        order.add(text);
                        sleep(ofMillis(100));
                        return text;
                    }));
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 1);
            var tasks = new ArrayList<dev.weft.Task<String>>();
            for (var text : texts(5)) {
                tasks.add(createTask(() -> c1.call(ECHO, text)));
                sleep(ofMillis(1));
            }
            gather(tasks);
            assertThat(order).isEqualTo(texts(5));
        });
    }

    @Test
    void cl3_memberWithTheLargestFreeShare_isChosen() throws Exception {
        SimulatedCluster.explore(cluster -> {
            var count = new HashMap<String, Integer>();
            for (var name : List.of("w1", "w2")) {
                cluster.open(
                        name,
                        b -> b.limit(10).serve(ECHO, text -> {
                            count.merge(name, 1, Integer::sum);
                            sleep(ofSeconds(1));
                            return text;
                        }));
            }
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 2);
            sleep(ofMillis(100));
            mapConcurrent(texts(8), 8, text -> c1.call(ECHO, text));
            assertThat(count).containsEntry("w1", 4).containsEntry("w2", 4);
        });
    }

    @Test
    void cl3_sameAffinity_sameMember() throws Exception {
        SimulatedCluster.explore(cluster -> {
            var where = new HashMap<String, HashSet<String>>();
            for (var name : List.of("w1", "w2", "w3")) {
                cluster.open(
                        name,
                        b -> b.limit(1).serve(ECHO, text -> {
                            where.computeIfAbsent(text, key -> new HashSet<>()).add(name);
                            sleep(ofMillis(10));
                            return text;
                        }));
            }
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 3);
            mapConcurrent(
                    IntStream.range(0, 30).boxed().toList(),
                    30,
                    i -> c1.call(ECHO, "key" + i % 6, CallOptions.defaults().affinity("key" + i % 6)));
            assertThat(where)
                    .hasSize(6)
                    .allSatisfy((key, members) -> assertThat(members).hasSize(1));
            assertThat(where.values().stream().distinct().count()).isGreaterThan(1);
        });
    }

    @Test
    void cl3_conditionOnTheMember_isKept() throws Exception {
        SimulatedCluster.explore(cluster -> {
            var where = new HashSet<String>();
            for (var name : List.of("w1", "w2")) {
                cluster.open(
                        name,
                        b -> b.limit(2).serve(ECHO, text -> {
                            where.add(name);
                            return text;
                        }));
            }
            var c1 = cluster.caller("c1");
            var onSecond = CallOptions.defaults().on(member -> member.name().equals("w2"));
            mapConcurrent(texts(6), 6, text -> c1.call(ECHO, text, onSecond));
            assertThat(where).containsExactly("w2");
        });
    }

    @Test
    void cl4_allCallersTogether_neverExceedTheLimit() throws Exception {
        SimulatedCluster.explore(cluster -> {
            var running = new int[2];
            cluster.open(
                    "w1",
                    b -> b.limit(4).serve(ECHO, text -> {
                        running[1] = Math.max(running[1], ++running[0]);
                        try {
                            sleep(ofMillis(20));
                        } finally {
                            running[0]--;
                        }
                        return text;
                    }));
            var bodies = new ArrayList<Body<List<String>, RuntimeException>>();
            for (var i = 0; i < 3; i++) {
                var caller = cluster.caller("c" + i);
                bodies.add(() -> mapConcurrent(texts(15), 15, text -> caller.call(ECHO, text)));
            }
            gather(bodies);
            assertThat(running[1]).isBetween(1, 4);
        });
    }

    @Test
    void cl4_sharesFollowDemand_eachCallerKeepsOne() throws Exception {
        SimulatedCluster.explore(cluster -> {
            var most = new HashMap<String, Integer>();
            var now = new HashMap<String, Integer>();
            cluster.open(
                    "w1",
                    b -> b.limit(10).serve(ECHO, text -> {
                        var caller = Call.current().caller().name();
                        most.merge(caller, now.merge(caller, 1, Integer::sum), Math::max);
                        try {
                            sleep(ofMillis(50));
                        } finally {
                            now.merge(caller, -1, Integer::sum);
                        }
                        return text;
                    }));
            var busy = cluster.caller("busy");
            var idle = cluster.caller("idle");
            cluster.awaitMembers(busy, 2);
            cluster.awaitMembers(idle, 2);
            var load = createTask(() -> mapConcurrent(texts(200), 40, text -> busy.call(ECHO, text)));
            sleep(ofMillis(150)); // twice what a share may take to follow, less the frames' delays
            assertThat(now.get("busy")).isGreaterThanOrEqualTo(8);
            assertThat(Weft.timeout(ofMillis(300), () -> idle.call(ECHO, "x"))).isEqualTo("x");
            load.await();
            assertThat(most.get("idle")).isEqualTo(1);
        });
    }

    @Test
    void cl4_moreCallersThanPlaces_allAreServed() throws Exception {
        SimulatedCluster.explore(cluster -> {
            cluster.open(
                    "w1",
                    b -> b.limit(2).serve(ECHO, text -> {
                        sleep(ofMillis(10));
                        return text;
                    }));
            var bodies = new ArrayList<Body<List<String>, RuntimeException>>();
            for (var i = 0; i < 4; i++) {
                var caller = cluster.caller("c" + i);
                bodies.add(() -> mapConcurrent(texts(4), 4, text -> caller.call(ECHO, text)));
            }
            assertThat(gather(bodies)).hasSize(4).allMatch(texts(4)::equals);
        });
    }

    @Test
    void cl5_slowMember_getsFewCalls() throws Exception {
        SimulatedCluster.explore(cluster -> {
            var count = new HashMap<String, Integer>();
            Map.of("slow", 200, "fast", 20).forEach((name, millis) -> open(cluster, name, millis, count));
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 2);
            mapConcurrent(texts(100), 20, text -> c1.call(ECHO, text));
            assertThat(count.get("slow") * 3).isLessThanOrEqualTo(count.get("fast"));
        });
    }

    private static void open(SimulatedCluster cluster, String name, int millis, Map<String, Integer> count) {
        try {
            cluster.open(
                    name,
                    b -> b.limit(4).serve(ECHO, text -> {
                        count.merge(name, 1, Integer::sum);
                        sleep(ofMillis(millis));
                        return text;
                    }));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void cl6_noMember_waitsForOne_orFails() throws Exception {
        SimulatedCluster.explore(cluster -> {
            var c1 = cluster.caller("c1");
            var options = CallOptions.defaults().waitForMember(false);
            assertThatThrownBy(() -> c1.call(ECHO, "x", options))
                    .isInstanceOf(NoMemberException.class)
                    .hasMessageContaining("echo");
            var waiting = createTask(() -> c1.call(ECHO, "y"));
            sleep(ofSeconds(30));
            assertThat(waiting.isDone()).isFalse();
            cluster.open("w1", b -> b.serve(ECHO, text -> text));
            assertThat(waiting.await()).isEqualTo("y");
        });
    }

    @Test
    void cl6_lastServingMemberLeaves_callThatDoesNotWaitFails() throws Exception {
        SimulatedCluster.explore(cluster -> {
            var w1 = cluster.open(
                    "w1",
                    b -> b.limit(1).serve(ECHO, text -> {
                        sleep(ofSeconds(1));
                        return text;
                    }));
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 1);
            var first = createTask(() -> c1.call(ECHO, "1"));
            sleep(ofMillis(50));
            var options = CallOptions.defaults().waitForMember(false);
            var second = createTask(() -> c1.call(ECHO, "2", options));
            sleep(ofMillis(50));
            w1.close();
            assertThat(first.await()).isEqualTo("1");
            assertThatThrownBy(second::await).isInstanceOf(NoMemberException.class);
        });
    }
}

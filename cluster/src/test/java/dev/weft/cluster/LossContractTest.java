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

import dev.weft.CancelledException;
import dev.weft.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LossContractTest {

    private static final Handler<String, String> AGAIN =
            Handler.of("again", Codecs.text(), Codecs.text()).idempotent(2);

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

    @Test
    void cl21_lostMember_callsEnd_afterItsHandlersWereCancelled() throws Exception {
        SimulatedCluster.explore(cluster -> {
            var ends = new HashMap<String, Duration>();
            var w1 = cluster.open("w1", b -> b.serve(ECHO, sleeper(ofSeconds(60), ends, cluster)));
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 1);
            var task = createTask(() -> c1.call(ECHO, "x"));
            sleep(ofMillis(50 + cluster.world.draw(10) * 100L));
            var cutAt = cluster.world.currentTime();
            cluster.network.cut(cluster.end(c1), cluster.end(w1));
            cluster.network.later(ofMillis(cluster.world.draw(5) * 1000L), cluster.network::updateViews);
            assertThatThrownBy(task::await).isInstanceOfSatisfying(MemberLostException.class, lost -> {
                assertThat(lost.member().name()).isEqualTo("w1");
                assertThat(lost.attempts()).isEqualTo(1);
            });
            assertThat(ends.get("x")).isNotNull().isLessThan(cluster.world.currentTime());
            assertThat(cluster.world.currentTime().minus(cutAt)).isBetween(ofSeconds(2), ofSeconds(5));
        });
    }

    @Test
    void cl21_frozenBeats_lossIsSeenWithoutAView() throws Exception {
        SimulatedCluster.explore(cluster -> {
            var w1 = cluster.open(
                    "w1",
                    b -> b.serve(ECHO, text -> {
                        sleep(ofSeconds(60));
                        return text;
                    }));
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 1);
            var task = createTask(() -> c1.call(ECHO, "x"));
            sleep(ofMillis(2500));
            cluster.end(w1).dead = true; // and no view ever tells
            cluster.end(w1).wake();
            assertThatThrownBy(task::await)
                    .isInstanceOfSatisfying(
                            MemberLostException.class,
                            lost -> assertThat(lost.began()).isEqualTo(MemberLostException.Began.YES));
        });
    }

    @Test
    void cl21_atOnce_callsEndAtTheFirstNews() throws Exception {
        SimulatedCluster.explore(cluster -> {
            var w1 = cluster.open(
                    "w1",
                    b -> b.serve(ECHO, text -> {
                        sleep(ofSeconds(60));
                        return text;
                    }));
            var c1 = cluster.open("c1", b -> b.onLoss(OnLoss.AT_ONCE));
            cluster.awaitMembers(c1, 1);
            var task = createTask(() -> c1.call(ECHO, "x"));
            sleep(ofMillis(100));
            var killedAt = cluster.world.currentTime();
            cluster.kill(w1);
            assertThatThrownBy(task::await).isInstanceOf(MemberLostException.class);
            assertThat(cluster.world.currentTime().minus(killedAt)).isLessThan(ofSeconds(2));
        });
    }

    @Test
    void cl22_startedCall_isNotRunAgain_unlessIdempotent() throws Exception {
        SimulatedCluster.explore(cluster -> {
            var begun = new ArrayList<String>();
            var members = new ArrayList<Workers>();
            for (var name : List.of("w1", "w2")) {
                members.add(cluster.open(
                        name, b -> b.serve(ECHO, text -> run(begun, text)).serve(AGAIN, text -> run(begun, text))));
            }
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 2);
            var once = createTask(() -> c1.call(ECHO, "once", on("w1")));
            var again = createTask(() -> c1.call(AGAIN, "again", CallOptions.defaults()));
            sleep(ofMillis(200));
            cluster.kill(members.get(0));
            assertThatThrownBy(once::await).isInstanceOf(MemberLostException.class);
            assertThat(again.await()).startsWith("again ");
            assertThat(begun.stream().filter(one -> one.startsWith("once"))).hasSize(1);
            assertThat(begun.stream().filter(one -> one.startsWith("again")))
                    .hasSizeBetween(1, 2)
                    .doesNotHaveDuplicates();
        });
    }

    private static String run(List<String> begun, String text) throws InterruptedException {
        var call = Call.current();
        begun.add(text + " " + call.token());
        sleep(ofSeconds(10));
        return text + " " + call.attempt();
    }

    private static CallOptions on(String name) {
        return CallOptions.defaults().on(member -> member.name().equals(name));
    }

    @Test
    void cl22_retriesAreUsedUp_attemptsAreTold() throws Exception {
        SimulatedCluster.explore(cluster -> {
            var names = List.of("w1", "w2", "w3");
            var members = new HashMap<String, Workers>();
            for (var name : names) {
                members.put(
                        name,
                        cluster.open(
                                name,
                                b -> b.serve(AGAIN, text -> {
                                    cluster.kill(members.get(name));
                                    sleep(ofSeconds(60));
                                    return text;
                                })));
            }
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 3);
            assertThatThrownBy(() -> c1.call(AGAIN, "x"))
                    .isInstanceOfSatisfying(
                            MemberLostException.class,
                            lost -> assertThat(lost.attempts()).isEqualTo(3));
            assertThat(c1.snapshot().retried()).isEqualTo(2);
        });
    }

    @Test
    void cl23_rejectedCall_hasNotBegun_isPlacedAgain_uncounted() throws Exception {
        SimulatedCluster.explore(cluster -> {
            var first = cluster.open("w1", b -> b.serve(ECHO, text -> "w1"));
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 1);
            cluster.end(first).holdNews = true; // the caller does not hear of the drain
            var drained = createTask(() -> first.drain(ofSeconds(1)));
            sleep(ofMillis(20));
            var task = createTask(() -> c1.call(ECHO, "x"));
            sleep(ofMillis(50));
            cluster.open("w2", b -> b.serve(ECHO, text -> Call.current().attempt() + " w2"));
            cluster.end(first).holdNews = false;
            cluster.end(first).wake();
            assertThat(task.await()).isEqualTo("1 w2");
            drained.await();
            assertThat(c1.snapshot().retried()).isZero();
        });
    }

    @Test
    void cl24_lostCaller_itsHandlersAreCancelled() throws Exception {
        SimulatedCluster.explore(cluster -> {
            var ends = new HashMap<String, Duration>();
            cluster.open("w1", b -> b.serve(ECHO, sleeper(ofSeconds(600), ends, cluster)));
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 1);
            var task = createTask(() -> c1.call(ECHO, "x"));
            sleep(ofMillis(100));
            var killedAt = cluster.world.currentTime();
            cluster.kill(c1);
            cluster.await(() -> ends.containsKey("x"));
            assertThat(ends.get("x").minus(killedAt)).isLessThanOrEqualTo(ofSeconds(3));
            settle(task);
        });
    }

    @Test
    void cl25_thawedMember_firstCancelsWhatItRanForOthers_tokenGrows() throws Exception {
        SimulatedCluster.explore(cluster -> {
            var steps = new ArrayList<String>();
            var w1 = cluster.open(
                    "w1",
                    b -> b.serve(AGAIN, text -> {
                        var token = Call.current().token();
                        steps.add("begin " + token);
                        try {
                            sleep(ofSeconds(30));
                        } catch (CancelledException e) {
                            steps.add("cancelled " + token);
                            throw e;
                        }
                        return text;
                    }));
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 1);
            var task = createTask(() -> c1.call(AGAIN, "x"));
            sleep(ofMillis(100));
            cluster.end(w1).freeze(); // hears nothing, sends nothing, though its clock goes on
            sleep(ofSeconds(10));
            cluster.end(w1).thaw();
            cluster.await(() -> steps.size() >= 2);
            sleep(ofSeconds(2));
            cluster.open(
                    "w2", b -> b.serve(AGAIN, text -> "token " + Call.current().token()));
            task.cancel();
            settle(task);
            assertThat(steps.get(1)).startsWith("cancelled");
            var tokens = steps.stream()
                    .filter(step -> step.startsWith("begin"))
                    .map(step -> Long.parseLong(step.substring(6)))
                    .toList();
            assertThat(tokens).isSorted().doesNotHaveDuplicates();
        });
    }

    @Test
    void lossesUnderLoad_eachCallHasOneOutcome_nothingIsLeft() throws Exception {
        SimulatedCluster.explore(cluster -> {
            var begun = new HashMap<String, Integer>();
            var members = new ArrayList<Workers>();
            for (var i = 0; i < 3; i++) {
                members.add(cluster.open(
                        "w" + i,
                        b -> b.limit(3).serve(ECHO, text -> {
                            begun.merge(text, 1, Integer::sum);
                            sleep(ofMillis(cluster.world.draw(5) * 300L));
                            return text;
                        })));
            }
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 3);
            var storm = createTask(() -> {
                sleep(ofMillis(cluster.world.draw(6) * 300L));
                cluster.kill(members.get(0));
                sleep(ofMillis(cluster.world.draw(6) * 300L));
                cluster.network.cut(cluster.end(members.get(1)), cluster.end(c1));
                sleep(ofSeconds(cluster.world.draw(6)));
                cluster.network.updateViews();
                sleep(ofSeconds(1));
                cluster.network.heal();
                cluster.network.later(ofMillis(100), cluster.network::updateViews);
            });
            var outcomes = mapConcurrent(
                    IntStream.range(0, 30).mapToObj(i -> "call " + i).toList(),
                    10,
                    text -> settle(() -> c1.call(ECHO, text)).getFirst());
            storm.await();
            for (var outcome : outcomes) {
                if (outcome instanceof Outcome.Failure<String>(var failure)) {
                    assertThat(failure).isInstanceOf(MemberLostException.class);
                }
            }
            assertThat(begun.values()).allMatch(count -> count == 1); // not idempotent: never twice
            assertThat(c1.snapshot().called()).isEqualTo(30);
        });
    }
}

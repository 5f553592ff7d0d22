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

import dev.weft.Outcome;
import java.util.ArrayList;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DrainContractTest {

    @Test
    void cl31_drain_runningCallsEnd_othersGoElsewhere_noneIsLost() throws Exception {
        SimulatedCluster.explore(cluster -> {
            var where = new ArrayList<String>();
            var w1 = cluster.open(
                    "w1",
                    b -> b.limit(3).serve(ECHO, text -> {
                        where.add("w1");
                        sleep(ofMillis(100));
                        return text;
                    }));
            cluster.open(
                    "w2",
                    b -> b.limit(3).serve(ECHO, text -> {
                        where.add("w2");
                        sleep(ofMillis(100));
                        return text;
                    }));
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 2);
            var texts = IntStream.range(0, 20).mapToObj(i -> "a" + i).toList();
            var calls = createTask(() -> mapConcurrent(texts, 12, text -> c1.call(ECHO, text)));
            sleep(ofMillis(cluster.world.draw(5) * 60L));
            w1.drain(ofSeconds(5));
            var begunAtDrain = where.stream().filter("w1"::equals).count();
            assertThat(calls.await()).isEqualTo(texts);
            assertThat(where.stream().filter("w1"::equals).count()).isEqualTo(begunAtDrain);
            assertThat(c1.snapshot().lost()).isZero();
            assertThat(c1.members()).extracting(Member::name).doesNotContain("w1");
        });
    }

    @Test
    void cl31_afterTheGrace_runningCallsAreCancelled() throws Exception {
        SimulatedCluster.explore(cluster -> {
            var w1 = cluster.open(
                    "w1",
                    b -> b.serve(ECHO, text -> {
                        sleep(ofSeconds(600));
                        return text;
                    }));
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 1);
            var task = createTask(() -> c1.call(ECHO, "x"));
            sleep(ofMillis(50));
            var before = cluster.world.currentTime();
            w1.drain(ofSeconds(7));
            assertThat(cluster.world.currentTime().minus(before)).isBetween(ofSeconds(7), ofSeconds(9));
            assertThatThrownBy(task::await)
                    .isInstanceOf(CancellationException.class)
                    .hasMessageContaining("w1 leaves");
        });
    }

    @Test
    void cl32_cancelledMain_drainsOnItsWayOut() throws Exception {
        SimulatedCluster.explore(cluster -> {
            var member = createTask(() -> {
                try (var workers = cluster.open(
                        "w1",
                        b -> b.serve(ECHO, text -> {
                            sleep(ofSeconds(1));
                            return text;
                        }))) {
                    assertThat(workers.members()).isEmpty();
                    sleep(dev.weft.Weft.FOREVER);
                }
            });
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 1);
            var call = createTask(() -> c1.call(ECHO, "x"));
            sleep(ofMillis(100));
            member.cancel("SIGTERM"); // as a run does with its main
            assertThat(call.await()).isEqualTo("x");
            assertThat(settle(member).getFirst()).isInstanceOf(Outcome.Cancelled.class);
        });
    }

    @Test
    void cl33_closeOfACaller_cancelsAndJoinsItsCalls() throws Exception {
        SimulatedCluster.explore(cluster -> {
            var running = new int[1];
            cluster.open(
                    "w1",
                    b -> b.limit(2).serve(ECHO, text -> {
                        running[0]++;
                        try {
                            sleep(ofSeconds(600));
                        } finally {
                            sleep(ofMillis(20));
                            running[0]--;
                        }
                        return text;
                    }));
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 1);
            var calls = createTask(
                    () -> settle(() -> c1.call(ECHO, "1"), () -> c1.call(ECHO, "2"), () -> c1.call(ECHO, "waits")));
            sleep(ofMillis(50));
            assertThat(running[0]).isEqualTo(2);
            c1.close();
            assertThat(running[0]).isZero();
            assertThat(calls.await())
                    .allSatisfy(outcome -> assertThat(((Outcome.Failure<?>) outcome).exception())
                            .isInstanceOf(CancellationException.class));
            assertThatThrownBy(() -> c1.call(ECHO, "after"))
                    .isInstanceOf(CancellationException.class)
                    .hasMessageContaining("closed");
        });
    }
}

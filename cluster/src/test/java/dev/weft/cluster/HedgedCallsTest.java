package dev.weft.cluster;

import static dev.weft.Weft.createTask;
import static dev.weft.Weft.mapConcurrent;
import static dev.weft.Weft.settle;
import static dev.weft.Weft.sleep;
import static dev.weft.sync.Attempts.hedge;
import static dev.weft.sync.Attempts.retry;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Outcome;
import dev.weft.sync.RetryPolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Hedged and retried calls while members die, come back, and are cut off. */
class HedgedCallsTest {

    private static final int CALLS = 60;
    private static final int LIMIT = 4;
    private static final int HEDGES = 2;
    private static final int RETRIES = 2;
    private static final int ATTEMPTS = 3;

    private static final Handler<String, String> AGAIN =
            Handler.of("again", Codecs.text(), Codecs.text()).idempotent(RETRIES);

    /** What handlers have done. */
    private static final class Witness {
        final Map<String, Integer> begun = new HashMap<>();
        final Map<String, String> running = new HashMap<>();
        int most;
        int twiceOnOneMember;

        void begin(String member, Call call, String text) {
            begun.merge(text, 1, Integer::sum);
            running.put(member + " " + call.token(), member);
            most = Math.max(
                    most, (int) running.values().stream().filter(member::equals).count());
        }

        void end(String member, Call call) {
            if (running.remove(member + " " + call.token()) == null) {
                twiceOnOneMember++;
            }
        }
    }

    private static Workers member(SimulatedCluster cluster, String name, Witness witness) throws Exception {
        return cluster.open(
                name,
                b -> b.limit(LIMIT).serve(AGAIN, text -> {
                    var call = Call.current();
                    witness.begin(name, call, text);
                    try {
                        sleep(ofMillis(cluster.world.draw(6) * 200L));
                        return text;
                    } finally {
                        witness.end(name, call);
                    }
                }));
    }

    @Test
    void cl8_cl22_hedgedCalls_haveOneOutcomeEach_andHandlersAreBounded() throws Exception {
        SimulatedCluster.explore(cluster -> {
            var witness = new Witness();
            var first = member(cluster, "w0", witness);
            var second = member(cluster, "w1", witness);
            member(cluster, "w2", witness);
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 3);
            var storm = createTask(() -> {
                sleep(ofMillis(cluster.world.draw(6) * 200L));
                cluster.kill(first);
                sleep(ofMillis(cluster.world.draw(6) * 200L));
                member(cluster, "w3", witness);
                cluster.network.cut(cluster.end(second), cluster.end(c1));
                sleep(ofSeconds(cluster.world.draw(6)));
                cluster.network.updateViews();
                sleep(ofSeconds(1));
                cluster.network.heal();
                cluster.network.later(ofMillis(100), cluster.network::updateViews);
            });
            var returned = new AtomicInteger();
            var outcomes = mapConcurrent(
                    IntStream.range(0, CALLS).mapToObj(i -> "call " + i).toList(), 20, text -> {
                        var outcome = settle(() -> retry(
                                        RetryPolicy.attempts(ATTEMPTS).delay(ofMillis(100)),
                                        () -> hedge(ofMillis(400), c1.body(AGAIN, text), c1.body(AGAIN, text))))
                                .getFirst();
                        returned.incrementAndGet();
                        return outcome;
                    });
            storm.await();
            assertThat(returned).hasValue(CALLS);
            check(outcomes);
            assertThat(witness.begun.values()).allMatch(count -> count <= HEDGES * ATTEMPTS * (1 + RETRIES));
            assertThat(witness.most).isLessThanOrEqualTo(LIMIT);
            assertThat(witness.twiceOnOneMember).isZero();
        });
    }

    private static void check(List<Outcome<String>> outcomes) {
        for (var i = 0; i < CALLS; i++) {
            switch (outcomes.get(i)) {
                case Outcome.Success<String>(var value) -> assertThat(value).isEqualTo("call " + i);
                case Outcome.Failure<String>(var failure) ->
                    assertThat(failure).isInstanceOf(MemberLostException.class);
                case Outcome.Cancelled<String> cancelled -> throw new AssertionError(cancelled);
            }
        }
    }
}

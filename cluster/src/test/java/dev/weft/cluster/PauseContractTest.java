package dev.weft.cluster;

import static dev.weft.Weft.createTask;
import static dev.weft.Weft.sleep;
import static dev.weft.cluster.SimulatedCluster.ECHO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Pauses, as of a garbage collector, that are shorter than the silence after which a member is suspected. */
class PauseContractTest {

    @Test
    void cl21_pausedMember_keepsItsCalls() throws Exception {
        play(true);
    }

    @Test
    void cl24_pausedCaller_keepsItsCalls() throws Exception {
        play(false);
    }

    private static void play(boolean isMember) throws Exception {
        SimulatedCluster.explore(cluster -> {
            var w1 = cluster.open(
                    "w1",
                    b -> b.serve(ECHO, text -> {
                        sleep(ofSeconds(60));
                        return text;
                    }));
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 1);
            var call = createTask(() -> c1.call(ECHO, "x"));
            var paused = cluster.end(isMember ? w1 : c1);
            for (var i = 0; i < 10; i++) {
                sleep(ofMillis(2_000 + cluster.world.draw(20) * 50L));
                paused.freeze();
                sleep(ofSeconds(2));
                paused.thaw();
            }
            assertThat(call.await()).isEqualTo("x");
            assertThat(c1.snapshot().lost()).isZero();
            assertThat(w1.snapshot().ran()).isEqualTo(1);
        });
    }
}

package dev.weft.cluster;

import static dev.weft.Weft.createTask;
import static dev.weft.Weft.settle;
import static dev.weft.Weft.sleep;
import static dev.weft.cluster.SimulatedCluster.ECHO;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Task;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A member whose frames are broken on the way, in sessions that stand. */
class HostileMemberTest {

    @Test
    void cl44_brokenFramesOfAMember_harmNoCallOfOthers() throws Exception {
        var noticed = new AtomicLong(); // in a few schedules, all that is changed are times
        SimulatedCluster.explore(cluster -> {
            var w1 = cluster.open("w1", b -> b.limit(20).serve(ECHO, text -> text));
            var c1 = cluster.caller("c1");
            var evil = cluster.open("evil", b -> b.serve(ECHO.version(7), text -> text));
            cluster.awaitMembers(c1, 2);
            cluster.awaitMembers(evil, 2);
            cluster.end(evil).change = bytes -> changed(cluster, bytes);
            var calls = IntStream.range(0, 10)
                    .mapToObj(i -> createTask(() -> evil.call(ECHO, "e")))
                    .toList();
            for (var i = 0; i < 20; i++) {
                assertThat(c1.call(ECHO, "x" + i)).isEqualTo("x" + i);
                sleep(ofMillis(cluster.world.draw(100)));
            }
            assertThat(c1.snapshot().lost()).isZero();
            noticed.addAndGet(w1.snapshot().refused() + w1.snapshot().dropped());
            cluster.kill(evil); // what it waits for may have been broken
            calls.forEach(Task::cancel); // some wait for a place
            settle(calls);
        });
        assertThat(noticed).hasPositiveValue();
    }

    /** Two of three are changed in one byte, or cut. */
    private static byte[] changed(SimulatedCluster cluster, byte[] frame) {
        var changed = frame.clone();
        var at = cluster.world.draw(frame.length);
        switch (cluster.world.draw(3)) {
            case 0 -> changed[at] ^= (byte) (1 << cluster.world.draw(8));
            case 1 -> changed = Arrays.copyOf(frame, at);
            default -> {}
        }
        return changed;
    }
}

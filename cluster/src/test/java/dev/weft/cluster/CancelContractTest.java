package dev.weft.cluster;

import static dev.weft.Weft.createTask;
import static dev.weft.Weft.settle;
import static dev.weft.Weft.sleep;
import static dev.weft.cluster.SimulatedCluster.ECHO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.CancelledException;
import dev.weft.Outcome;
import dev.weft.Problem;
import dev.weft.Weft;
import dev.weft.test.Simulation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CancelContractTest {

    @Test
    void cl13_cancelledWhileQueued_leavesAtOnce_isNeverSent() throws Exception {
        SimulatedCluster.explore(cluster -> {
            var ran = new ArrayList<String>();
            cluster.open(
                    "w1",
                    b -> b.limit(1).serve(ECHO, text -> {
                        ran.add(text);
                        sleep(ofSeconds(1));
                        return text;
                    }));
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 1);
            var first = createTask(() -> c1.call(ECHO, "1"));
            sleep(ofMillis(20));
            var second = createTask(() -> c1.call(ECHO, "2"));
            sleep(ofMillis(20));
            second.cancel();
            var before = cluster.world.currentTime();
            settle(second);
            assertThat(cluster.world.currentTime()).isEqualTo(before);
            assertThat(first.await()).isEqualTo("1");
            assertThat(ran).containsExactly("1");
            assertThat(c1.snapshot().sent()).isEqualTo(1);
        });
    }

    @Test
    void cl14_cancelledWhileRunning_handlerIsCancelledWithTheReason_andJoined() throws Exception {
        SimulatedCluster.explore(cluster -> {
            var reasons = new ArrayList<String>();
            cluster.open(
                    "w1",
                    b -> b.serve(ECHO, text -> {
                        try {
                            sleep(ofSeconds(60));
                        } catch (CancelledException e) {
                            reasons.add(String.valueOf(e.cancellation().reason()));
                            throw e;
                        }
                        return text;
                    }));
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 1);
            var task = createTask(() -> c1.call(ECHO, "x"));
            sleep(ofMillis(50));
            task.cancel("enough");
            var outcome = settle(task).getFirst();
            assertThat(outcome).isInstanceOf(Outcome.Cancelled.class);
            assertThat(reasons).hasSize(1).allMatch(reason -> reason.contains("enough"));
        });
    }

    @Test
    void cl15_cancelAndEnd_passWaitingCalls() throws Exception {
        SimulatedCluster.explore(cluster -> {
            cluster.open(
                    "w1",
                    b -> b.limit(20).serve(ECHO, text -> {
                        sleep(ofSeconds(60));
                        return text;
                    }));
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 1);
            var first = createTask(() -> c1.call(ECHO, "first"));
            sleep(ofMillis(50));
            cluster.end(c1).holdCalls = true; // as flow control would stop them
            var second = createTask(() -> c1.call(ECHO, "second"));
            sleep(ofMillis(20));
            var third = createTask(() -> c1.call(ECHO, "third"));
            sleep(ofMillis(20));
            first.cancel();
            settle(first);
            third.cancel(); // waits behind the second, and is taken back
            settle(third);
            second.cancel(); // is being sent: the CANCEL must not pass it
            sleep(ofMillis(100));
            assertThat(second.isDone()).isFalse();
            cluster.end(c1).holdCalls = false;
            cluster.end(c1).wake();
            settle(second);
            assertThat(cluster.world.currentTime()).isLessThan(ofSeconds(10));
        });
    }

    @Test
    void cl16_handlerThatIgnoresCancellation_callerStays_bothSidesReport() throws Exception {
        var problems = new ArrayList<Problem>();
        Simulation.create()
                .cancellationGrace(ofSeconds(2))
                .allow(dev.weft.test.SimulationError.Kind.IGNORED_CANCELLATION)
                .run(world -> {
                    var registration = Weft.install(dev.weft.Defaults.builder()
                            .problemListener(problems::add)
                            .build());
                    try (registration) {
                        SimulatedCluster.play(world, cluster -> {
                            cluster.open(
                                    "w1",
                                    b -> b.serve(ECHO, text -> {
                                        Weft.uninterrupted(() -> sleep(ofSeconds(20)));
                                        return text;
                                    }));
                            var c1 = cluster.caller("c1");
                            cluster.awaitMembers(c1, 1);
                            var task = createTask("the caller", () -> c1.call(ECHO, "x"));
                            sleep(ofSeconds(1));
                            task.cancel();
                            sleep(ofSeconds(10));
                            assertThat(task.isDone()).isFalse();
                            settle(task);
                        });
                    }
                    return true;
                });
        assertThat(problems).extracting(Problem::kind).containsOnly(Problem.Kind.IGNORES_CANCELLATION);
        assertThat(problems)
                .extracting(problem -> String.valueOf(
                        problem.task() == null ? "" : problem.task().name()))
                .containsExactlyInAnyOrder("the caller", "echo#1 for c1");
    }

    @Test
    void cl17_valueThatCrossesACancel_isDropped() throws Exception {
        SimulatedCluster.explore(cluster -> {
            cluster.open("w1", b -> b.serve(ECHO, text -> text));
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 1);
            for (var i = 0; i < 8; i++) {
                var returned = new boolean[1];
                var task = createTask(() -> {
                    var value = c1.call(ECHO, "x");
                    returned[0] = true;
                    return value;
                });
                sleep(ofMillis(cluster.world.draw(8)));
                var wasDone = task.isDone();
                task.cancel();
                var outcome = settle(task).getFirst();
                assertThat(outcome instanceof Outcome.Success<?>).isEqualTo(wasDone || returned[0]);
            }
        });
    }

    @Test
    void cl18_cleanUpOfTheHandler_mayBlock() throws Exception {
        SimulatedCluster.explore(cluster -> {
            var steps = new ArrayList<String>();
            cluster.open(
                    "w1",
                    b -> b.serve(ECHO, text -> {
                        try {
                            sleep(ofSeconds(60));
                        } finally {
                            sleep(ofMillis(300));
                            steps.add("cleaned");
                        }
                        return text;
                    }));
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 1);
            var task = createTask(() -> c1.call(ECHO, "x"));
            sleep(ofMillis(50));
            task.cancel();
            settle(task);
            steps.add("returned");
            assertThat(steps).containsExactly("cleaned", "returned");
        });
    }

    @Test
    void cancelSweep_atEachWait_leavesNothing() throws Exception {
        var points = SimulatedCluster.sweep(cluster -> {
            var running = new int[1];
            cluster.open(
                    "w1",
                    b -> b.limit(2).serve(ECHO, text -> {
                        running[0]++;
                        try {
                            sleep(ofMillis(10));
                        } finally {
                            running[0]--;
                        }
                        return text;
                    }));
            var c1 = cluster.caller("c1");
            try {
                Weft.timeout(
                        ofSeconds(20),
                        () -> Weft.mapConcurrent(List.of("a", "b", "c", "d"), 4, text -> c1.call(ECHO, text)));
            } catch (java.util.concurrent.CancellationException
                    | MemberLostException
                    | java.util.concurrent.TimeoutException e) {
                // the sweep cancels handlers, members and the network, too
            } finally {
                assertThat(c1.snapshot().open()).isZero();
                assertThat(running[0]).isZero();
            }
        });
        assertThat(points).isGreaterThan(20);
    }
}

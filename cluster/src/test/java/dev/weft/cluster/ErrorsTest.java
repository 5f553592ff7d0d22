package dev.weft.cluster;

import static dev.weft.Weft.createTask;
import static dev.weft.Weft.run;
import static dev.weft.Weft.settle;
import static dev.weft.Weft.sleep;
import static dev.weft.cluster.SimulatedCluster.ECHO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.test.Simulation;
import dev.weft.test.SimulationError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Errors such as those of a full heap and a full stack: calls end, members go on, nothing is left. */
class ErrorsTest {

    /** Problems are expected here. */
    private static void explore(SimulatedCluster.Scenario scenario) throws Exception {
        Simulation.create()
                .cancellationGrace(ofMinutes(5))
                .allow(SimulationError.Kind.CALLBACK_FAILURE)
                .explore(SimulatedCluster.SEEDS, world -> SimulatedCluster.play(world, scenario));
    }

    private static String sleeper(String millis) throws InterruptedException {
        sleep(ofMillis(Long.parseLong(millis)));
        return millis;
    }

    /** The next frames of a member cannot be sent. */
    private static void failNext(MemoryNetwork.End end, int frames) {
        var left = new AtomicInteger(frames);
        end.beforeSend = () -> {
            if (left.getAndDecrement() > 0) {
                throw new OutOfMemoryError("on purpose");
            }
        };
    }

    @Test
    void cl21_clockThatHadNoMemory_goesOn() throws Exception {
        explore(cluster -> {
            var w1 = cluster.open("w1", b -> b.serve(ECHO, ErrorsTest::sleeper));
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 1);
            failNext(cluster.end(c1), 1); // a beat
            sleep(ofSeconds(8));
            assertThat(c1.call(ECHO, "1")).isEqualTo("1");
            var call = createTask(() -> c1.call(ECHO, "600000"));
            sleep(ofMillis(100));
            cluster.kill(w1);
            assertThatThrownBy(call::await).isInstanceOf(MemberLostException.class);
        });
    }

    @Test
    void cl8_endThatCannotBeSent_isALoss_andItsPlaceIsFree() throws Exception {
        explore(cluster -> {
            var w1 = cluster.open(
                    "w1",
                    b -> b.limit(1).serve(ECHO, text -> {
                        if (text.equals("first")) {
                            sleep(ofMillis(50));
                        }
                        return text;
                    }));
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 1);
            var call = createTask(() -> c1.call(ECHO, "first"));
            cluster.await(() -> w1.snapshot().running() == 1);
            failNext(cluster.end(w1), 1);
            assertThatThrownBy(call::await).isInstanceOf(MemberLostException.class);
            assertThat(c1.call(ECHO, "second")).isEqualTo("second");
            assertThat(w1.snapshot().running()).isZero();
        });
    }

    @Test
    void cl8_anyFrameMayFail_eachCallHasOneOutcome_membersAreUsedAgain() throws Exception {
        explore(cluster -> {
            var running = new AtomicInteger();
            var most = new AtomicInteger();
            var members = new ArrayList<Workers>();
            for (var i = 0; i < 2; i++) {
                members.add(cluster.open(
                        "w" + i,
                        b -> b.limit(2).serve(ECHO, text -> {
                            most.accumulateAndGet(running.incrementAndGet(), Math::max);
                            try {
                                return sleeper(text);
                            } finally {
                                running.decrementAndGet();
                            }
                        })));
            }
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 2);
            members.add(c1);
            for (var member : members) {
                cluster.end(member).beforeSend = () -> {
                    if (cluster.world.draw(12) == 0) {
                        throw new OutOfMemoryError("on purpose");
                    }
                };
            }
            var calls = IntStream.range(0, 20)
                    .mapToObj(i -> createTask(() -> c1.call(ECHO, "" + cluster.world.draw(4) * 50)))
                    .toList();
            sleep(ofSeconds(cluster.world.draw(3)));
            calls.subList(0, 3).forEach(Task::cancel);
            sleep(ofSeconds(cluster.world.draw(10)));
            members.forEach(member -> cluster.end(member).beforeSend = () -> {});
            settle(calls);
            cluster.awaitMembers(c1, 2);
            assertThat(running).hasValue(0);
            assertThat(most.get()).isLessThanOrEqualTo(4);
            for (var i = 0; i < 5; i++) {
                assertThat(c1.call(ECHO, "" + i)).isEqualTo("" + i);
            }
        });
    }

    /** A call at each depth of a stack that is nearly full, on the way back. */
    @SuppressWarnings("InfiniteRecursion")
    private static void down(Workers workers, AtomicInteger ok) throws InterruptedException {
        try {
            down(workers, ok);
        } catch (StackOverflowError e) {
            // one higher there is more
        }
        if (ok.get() < 5) {
            workers.snapshot();
            workers.call(ECHO, "x");
            ok.incrementAndGet();
        }
    }

    @Test
    void cl8_callAtTheEndOfAStack_failsBeforeItBegins() throws Exception {
        run(() -> {
            try (var workers = TestMembers.open(b -> b.name("w1").local(true).serve(ECHO, text -> text))) {
                workers.call(ECHO, "x");
                for (var i = 0; i < 5; i++) {
                    var ok = new AtomicInteger();
                    var failures = new ConcurrentLinkedQueue<Throwable>();
                    var thread = new Thread(
                            null,
                            () -> {
                                try {
                                    down(workers, ok);
                                } catch (Throwable e) {
                                    failures.add(e);
                                }
                            },
                            "deep",
                            400_000 + 1_000 * i);
                    thread.start();
                    assertThat(thread.join(ofSeconds(60))).isTrue();
                    assertThat(failures).isEmpty();
                    assertThat(ok).hasValue(5);
                }
                assertThat(workers.snapshot().calling()).isZero();
            }
        });
    }

    // ---- ends within ends

    @Test
    void cl31_handlerThatClosesItsOwnMember_isRefused() throws Exception {
        SimulatedCluster.explore(cluster -> {
            var own = new ArrayList<Workers>();
            own.add(cluster.open(
                    "w1",
                    b -> b.serve(ECHO, text -> {
                        if (text.equals("task")) {
                            createTask(() -> own.getFirst().close());
                        } else {
                            own.getFirst().close();
                        }
                        return text;
                    })));
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 1);
            assertThatThrownBy(() -> c1.call(ECHO, "x"))
                    .isInstanceOf(RemoteFailureException.class)
                    .hasMessageContaining("IllegalStateException: the handler of echo#1 for c1 closes its own member");
            assertThat(c1.call(ECHO, "task")).isEqualTo("task");
            cluster.await(() -> c1.members().isEmpty());
        });
    }

    @Test
    void cl33_runThatEndsDuringAClose_leavesNobodyWaiting() throws Exception {
        var stubborn = new CountDownLatch(1);
        var begun = new CountDownLatch(1);
        var outcomes = new ConcurrentLinkedQueue<Throwable>();
        var at = TestPorts.address();
        try (var run = Runner.builder().cancellationGrace(ofMinutes(5)).start();
                var w1 = member("w1", at)
                        .serve(ECHO, text -> {
                            begun.countDown();
                            return Weft.uninterrupted(() -> {
                                stubborn.await();
                                return text;
                            });
                        })
                        .open()) {
            var c1 = run.createTask(
                            () -> member("c1", TestPorts.address()).join(at).open())
                    .await();
            var caller = Thread.ofVirtual().start(() -> {
                try {
                    c1.call(ECHO, "x");
                } catch (Throwable e) {
                    outcomes.add(e);
                }
            });
            begun.await();
            var closer = Thread.ofVirtual().start(() -> drainNow(c1));
            assertThatThrownBy(() -> callUntilClosed(c1)).isInstanceOf(CancellationException.class);
            run.close();
            assertThat(caller.join(ofSeconds(60))).isTrue();
            assertThat(closer.join(ofSeconds(60))).isTrue();
            assertThat(outcomes).singleElement().isInstanceOf(MemberLostException.class);
            stubborn.countDown();
            assertThat(w1.snapshot().lost()).isZero();
        }
    }

    private static void callUntilClosed(Workers workers) throws InterruptedException {
        var nowhere = CallOptions.defaults().on(member -> false).waitForMember(false);
        for (; ; ) {
            try {
                workers.call(ECHO, "x", nowhere);
            } catch (NoMemberException e) {
                Thread.onSpinWait();
            }
        }
    }

    private static void drainNow(Workers workers) {
        try {
            workers.drain(Duration.ZERO);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static WorkersBuilder member(String name, String at) {
        return Workers.builder("errors").name(name).bind(at).insecure();
    }
}

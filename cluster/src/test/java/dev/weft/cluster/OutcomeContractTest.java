package dev.weft.cluster;

import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.settle;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.cluster.SimulatedCluster.ECHO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.CancelledException;
import dev.weft.Weft;
import dev.weft.cluster.internal.wire.FrameHead;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class OutcomeContractTest {

    private static final Codec<IOException> IO_CODEC = new Codec<>() {
        @Override
        public byte[] encode(IOException value) throws IOException {
            return Codecs.text().encode(String.valueOf(value.getMessage()));
        }

        @Override
        public IOException decode(byte[] bytes) throws IOException {
            return new IOException(Codecs.text().decode(bytes));
        }
    };

    @Test
    void cl7_ofOneCall_callBeforeCancelBeforeEnd() throws Exception {
        SimulatedCluster.explore(cluster -> {
            var w1 = cluster.open(
                    "w1",
                    b -> b.limit(10).serve(ECHO, text -> {
                        sleep(ofMillis(3));
                        return text;
                    }));
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 1);
            for (var i = 0; i < 6; i++) {
                var task = createTask(() -> c1.call(ECHO, "x"));
                sleep(ofMillis(i));
                task.cancel();
                settle(task);
            }
            var types = new ArrayList<Integer>();
            for (var frame : cluster.end(c1).sent) {
                types.add(FrameHead.read(frame).type());
            }
            assertThat(types).contains(4, 5); // a CALL and a CANCEL, at least
            // a CANCEL before its CALL would find nothing, and the call would end with a value and not be cancelled
            assertThat(w1.snapshot().running()).isZero();
            assertThat(c1.snapshot().open()).isZero();
        });
    }

    @Test
    void cl8_eachCallHasOneOutcome() throws Exception {
        SimulatedCluster.explore(cluster -> {
            cluster.open(
                    "w1",
                    b -> b.limit(3).serve(ECHO, text -> {
                        sleep(ofMillis(cluster.world.draw(3) * 10L));
                        if (text.equals("fail")) {
                            throw new IOException("no");
                        }
                        return text;
                    }));
            var c1 = cluster.caller("c1");
            var cancelled = createTask(() -> c1.call(ECHO, "cancel"));
            var outcomes = createTask(() -> settle(
                    () -> c1.call(ECHO, "ok"),
                    () -> c1.call(ECHO, "fail"),
                    () -> timeout(ofMillis(cluster.world.draw(3) * 8L), () -> c1.call(ECHO, "late"))));
            sleep(ofMillis(cluster.world.draw(4) * 5L));
            cancelled.cancel();
            settle(cancelled);
            outcomes.await();
            var numbers = c1.snapshot();
            assertThat(numbers.called()).isBetween(3L, 4L); // a task may be cancelled before it begins
            assertThat(numbers.ok() + numbers.failed() + numbers.cancelled() + numbers.expired() + numbers.lost())
                    .isEqualTo(numbers.called());
        });
    }

    @Test
    void cl9_whenACallReturns_itsHandlerHasEnded() throws Exception {
        SimulatedCluster.explore(cluster -> {
            var running = new int[1];
            cluster.open(
                    "w1",
                    b -> b.limit(2).serve(ECHO, text -> {
                        running[0]++;
                        try {
                            sleep(ofMillis(20));
                        } finally {
                            Weft.uninterrupted(() -> sleep(ofMillis(5)));
                            running[0]--;
                        }
                        return text;
                    }));
            var c1 = cluster.caller("c1");
            for (var i = 0; i < 3; i++) {
                var task = createTask(() -> c1.call(ECHO, "x"));
                sleep(ofMillis(cluster.world.draw(5) * 8L));
                task.cancel();
                settle(task);
                assertThat(running[0]).isZero();
            }
        });
    }

    @Test
    void cl10_declaredFailureKeepsItsType_othersAreText() throws Exception {
        SimulatedCluster.explore(cluster -> {
            var handler = Handler.of("fetch", Codecs.text(), Codecs.text()).fails(IOException.class, IO_CODEC);
            cluster.open(
                    "w1",
                    b -> b.serve(handler, text -> {
                        throw text.equals("io") ? new FileNotFoundException("gone") : new IllegalStateException("odd");
                    }));
            var c1 = cluster.caller("c1");
            assertThatThrownBy(() -> c1.call(handler, "io"))
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessage("gone");
            assertThatThrownBy(() -> c1.call(handler, "other"))
                    .isInstanceOfSatisfying(RemoteFailureException.class, failure -> {
                        assertThat(failure.type()).isEqualTo("java.lang.IllegalStateException");
                        assertThat(failure.remoteMessage()).isEqualTo("odd");
                        assertThat(failure.remoteStack()).contains("OutcomeContractTest");
                        assertThat(failure.member().name()).isEqualTo("w1");
                        assertThat(failure).hasMessageContaining("w1").hasMessageContaining("odd");
                    });
        });
    }

    @Test
    void cl11_handlerCancelledByItsOwnSide_isACancellation() throws Exception {
        SimulatedCluster.explore(cluster -> {
            cluster.open(
                    "w1",
                    b -> b.serve(ECHO, text -> {
                        Weft.currentTask().orElseThrow().cancel("the operator's wish");
                        sleep(ofSeconds(1));
                        return text;
                    }));
            var c1 = cluster.caller("c1");
            assertThatThrownBy(() -> c1.call(ECHO, "x"))
                    .isInstanceOf(CancellationException.class)
                    .hasMessageContaining("w1")
                    .hasMessageContaining("the operator's wish");
            assertThat(c1.snapshot().cancelled()).isEqualTo(1);
        });
    }

    @Test
    void cl12_errorOfAHandler_failsTheCallAlone() throws Exception {
        SimulatedCluster.explore(cluster -> {
            cluster.open(
                    "w1",
                    b -> b.serve(ECHO, text -> {
                        if (text.equals("error")) {
                            throw new StackOverflowError("deep");
                        }
                        return text;
                    }));
            var c1 = cluster.caller("c1");
            assertThatThrownBy(() -> c1.call(ECHO, "error"))
                    .isInstanceOf(RemoteFailureException.class)
                    .hasMessageContaining("StackOverflowError");
            assertThat(c1.call(ECHO, "x")).isEqualTo("x");
        });
    }

    @Test
    void cl19_deadlineTravelsAsTheTimeLeft() throws Exception {
        SimulatedCluster.explore(cluster -> {
            var seen = new ArrayList<Long>();
            cluster.open(
                    "w1",
                    b -> b.serve(ECHO, text -> {
                        seen.add(dev.weft.Deadline.current()
                                .orElseThrow()
                                .remaining()
                                .toMillis());
                        return text;
                    }));
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 1);
            timeout(
                    ofSeconds(30),
                    () -> gather(() -> c1.call(ECHO, "a"), () -> timeout(ofSeconds(90), () -> c1.call(ECHO, "b"))));
            assertThat(seen).hasSize(2).allSatisfy(millis -> assertThat(millis).isBetween(29_900L, 30_000L));
        });
    }

    @Test
    void cl19_expiredOnArrival_isNotRun() throws Exception {
        SimulatedCluster.explore(cluster -> {
            var ran = new int[1];
            cluster.open(
                    "w1",
                    b -> b.limit(1).serve(ECHO, text -> {
                        ran[0]++;
                        sleep(ofSeconds(1));
                        return text;
                    }));
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 1);
            var first = createTask(() -> c1.call(ECHO, "1"));
            sleep(ofMillis(20));
            assertThatThrownBy(() -> timeout(ofMillis(500), () -> c1.call(ECHO, "2")))
                    .isInstanceOf(TimeoutException.class);
            first.await();
            sleep(ofSeconds(1));
            assertThat(ran[0]).isEqualTo(1);
        });
    }

    @Test
    void cl20_expiry_isTheCallersOwnTimeout() throws Exception {
        SimulatedCluster.explore(cluster -> {
            cluster.open(
                    "w1",
                    b -> b.serve(ECHO, text -> {
                        sleep(ofSeconds(10));
                        return text;
                    }));
            var c1 = cluster.caller("c1");
            for (var millis : new int[] {0, 1, 2, 5, 100}) {
                assertThatThrownBy(() -> timeout(ofMillis(millis), () -> c1.call(ECHO, "x")))
                        .isInstanceOf(TimeoutException.class);
                assertThatThrownBy(() -> timeout(ofMillis(millis), () -> gather(() -> c1.call(ECHO, "x"))))
                        .isInstanceOf(TimeoutException.class);
            }
            var numbers = c1.snapshot();
            assertThat(numbers.failed()).isZero();
            assertThat(numbers.expired() + numbers.cancelled()).isEqualTo(numbers.called());
        });
    }

    @Test
    void cl20_callInCleanUpAfterTheLimit_isRun() throws Exception {
        SimulatedCluster.explore(cluster -> {
            cluster.open("w1", b -> b.serve(ECHO, text -> text));
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 1);
            var cleaned = new ArrayList<String>();
            assertThatThrownBy(() -> timeout(ofMillis(5), () -> {
                        try {
                            sleep(ofSeconds(1));
                        } catch (CancelledException e) {
                            cleaned.add(c1.call(ECHO, "cleaned"));
                            throw e;
                        }
                        return "";
                    }))
                    .isInstanceOf(TimeoutException.class);
            assertThat(cleaned).containsExactly("cleaned");
        });
    }

    @Test
    void cl46_dumpsShowBothSidesOfACall() throws Exception {
        SimulatedCluster.explore(2, cluster -> {
            cluster.open(
                    "w1",
                    b -> b.limit(1).serve(ECHO, text -> {
                        sleep(ofSeconds(1));
                        return text;
                    }));
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 1);
            var first = createTask("first", () -> timeout(ofSeconds(30), () -> c1.call(ECHO, "1")));
            sleep(ofMillis(50));
            var second = createTask("second", () -> c1.call(ECHO, "2"));
            sleep(ofMillis(50));
            var dump = Weft.dump().toString();
            assertThat(dump)
                    .containsPattern("first'.*waiting for echo#1 on w1 \\([0-9a-f]{8}\\)")
                    .containsPattern("second'.*waiting for a place for echo")
                    .contains("echo#1 for c1");
            gather(first, second);
        });
    }
}

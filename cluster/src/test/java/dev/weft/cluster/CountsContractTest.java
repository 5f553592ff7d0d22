package dev.weft.cluster;

import static dev.weft.Weft.createTask;
import static dev.weft.Weft.settle;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.cluster.SimulatedCluster.ECHO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Problem;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Weft;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.management.JMX;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class CountsContractTest {

    private static final Handler<String, String> AGAIN =
            Handler.of("again", Codecs.text(), Codecs.text()).idempotent(1);

    /** A codec that fails on both sides of both ways, by the value. */
    private static final Codec<String> PICKY = new Codec<>() {
        @Override
        public byte[] encode(String value) throws IOException {
            if (value.equals("not to be encoded")) {
                throw new IOException(value);
            }
            return Codecs.text().encode(value);
        }

        @Override
        public String decode(byte[] bytes) throws IOException {
            var value = Codecs.text().decode(bytes);
            if (value.equals("not to be decoded")) {
                throw new IOException(value);
            }
            return value;
        }
    };

    private static final Handler<String, String> STRANGE = Handler.of("strange", PICKY, PICKY);

    /** What a listener was told. */
    private static final class Told implements ClusterListener {
        final List<String> members = new ArrayList<>();
        final List<EndedCall> calls = new ArrayList<>();
        final List<CallOutcome> handlers = new ArrayList<>();

        @Override
        public void memberJoined(Member member) {
            members.add("joined " + member.name());
        }

        @Override
        public void memberLeft(Member member) {
            members.add("left " + member.name());
        }

        @Override
        public void memberSuspected(Member member) {
            members.add("suspected " + member.name());
        }

        @Override
        public void callEnded(EndedCall call) {
            calls.add(call);
        }

        @Override
        public void handlerEnded(Call call, CallOutcome outcome, Duration ran) {
            handlers.add(outcome);
        }

        Map<CallOutcome, Long> outcomes() {
            var counts = new EnumMap<CallOutcome, Long>(CallOutcome.class);
            for (var outcome : CallOutcome.values()) {
                counts.put(outcome, 0L);
            }
            calls.forEach(call -> counts.merge(call.outcome(), 1L, Long::sum));
            return counts;
        }
    }

    private static void assertSum(Workers workers) {
        var now = workers.snapshot();
        assertThat(now.ok() + now.failed() + now.cancelled() + now.expired() + now.lost() + now.calling())
                .as("%s", now)
                .isEqualTo(now.called());
    }

    @Test
    void cl49_sumsAgreeWithOutcomes_atEveryEnd() throws Exception {
        Set<CallOutcome> seen = EnumSet.noneOf(CallOutcome.class);
        SimulatedCluster.explore(cluster -> {
            var told = new Told();
            var ofMember = new Told();
            var w1 = cluster.open("w1", b -> serve(b.limit(3), cluster).listener(ofMember));
            var w2 = cluster.open("w2", b -> serve(b.limit(3), cluster));
            var c1 = cluster.open("c1", b -> b.maxFrame(20_000).listener(told));
            cluster.awaitMembers(c1, 2);
            var calls = new ArrayList<Task<?>>();
            for (var argument : List.of("ok", "fail", "error", "stop", "ok", "slow", "slow")) {
                calls.add(checked(c1, () -> c1.call(ECHO, argument)));
                calls.add(checked(c1, () -> c1.call(AGAIN, argument)));
            }
            for (var argument : List.of("not to be encoded", "not to be decoded", "answer to be refused", "big")) {
                calls.add(checked(c1, () -> c1.call(STRANGE, argument)));
            }
            calls.add(checked(c1, () -> c1.call(ECHO, "x".repeat(30_000))));
            calls.add(checked(
                    c1,
                    () -> c1.call(
                            ECHO, "ok", CallOptions.defaults().on(m -> false).waitForMember(false))));
            calls.add(checked(c1, () -> timeout(ofMillis(cluster.world.draw(5) * 10L), () -> c1.call(ECHO, "slow"))));
            var cancelled = checked(c1, () -> c1.call(ECHO, "slow"));
            calls.add(cancelled);
            sleep(ofMillis(cluster.world.draw(5) * 10L));
            cancelled.cancel();
            sleep(ofMillis(cluster.world.draw(5) * 10L));
            cluster.kill(w2);
            for (var call : calls) {
                settle(call);
            }
            var closing = createTask(() -> c1.call(ECHO, "slow"));
            sleep(ofMillis(5));
            c1.close();
            settle(closing);

            assertSum(c1);
            var numbers = c1.snapshot();
            assertThat(told.outcomes())
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            CallOutcome.OK, numbers.ok(),
                            CallOutcome.FAILED, numbers.failed(),
                            CallOutcome.CANCELLED, numbers.cancelled(),
                            CallOutcome.EXPIRED, numbers.expired(),
                            CallOutcome.LOST, numbers.lost()));
            assertThat(told.calls).extracting(EndedCall::id).doesNotHaveDuplicates();
            assertThat(told.calls).allSatisfy(call -> assertThat(call.queued()).isLessThanOrEqualTo(call.total()));
            told.calls.forEach(call -> seen.add(call.outcome()));
            w1.close();
            assertThat(ofMember.handlers).hasSize((int) w1.snapshot().ran());
            assertThat(numbers.roundTrip().count()).isPositive();
            assertThat(numbers.roundTrip().p50())
                    .isLessThanOrEqualTo(numbers.roundTrip().p99());
            assertThat(numbers.roundTrip().p99())
                    .isLessThanOrEqualTo(numbers.roundTrip().max());
            assertThat(numbers.bytesOut()).isPositive();
            assertThat(numbers.bytesIn()).isPositive();
            assertThat(numbers.credits()).isZero();
        });
        assertThat(seen).containsExactlyInAnyOrder(CallOutcome.values());
    }

    private static WorkersBuilder serve(WorkersBuilder builder, SimulatedCluster cluster) {
        Code<String, String> code = text -> {
            sleep(ofMillis(cluster.world.draw(3) * 5L));
            switch (text) {
                case "fail" -> throw new IOException(text);
                case "error" -> throw new AssertionError(text);
                case "stop" -> Weft.currentTask().orElseThrow().cancel();
                case "slow" -> sleep(ofSeconds(1));
                default -> {}
            }
            return text;
        };
        return builder.serve(ECHO, code).serve(AGAIN, code).serve(STRANGE, text -> switch (text) {
            case "answer to be refused" -> "not to be decoded";
            case "big" -> "x".repeat(2 << 20);
            default -> text;
        });
    }

    /** A call; when it ends, the sums agree. */
    private static Task<?> checked(Workers workers, dev.weft.Body<String, ?> call) {
        return createTask(() -> {
            try {
                return call.run();
            } finally {
                assertSum(workers);
            }
        });
    }

    @Test
    void cl49_newsOfMembers_comeInOrder() throws Exception {
        SimulatedCluster.explore(cluster -> {
            var told = new Told();
            var c1 = cluster.open("c1", b -> b.listener(told));
            var w1 = cluster.open("w1", b -> b.serve(ECHO, text -> text));
            var w2 = cluster.open("w2", b -> b.serve(ECHO, text -> text));
            cluster.awaitMembers(c1, 2);
            cluster.kill(w1);
            cluster.await(() -> c1.members().size() == 1);
            w2.close();
            cluster.await(() -> c1.members().isEmpty());
            sleep(ofMillis(1));
            assertThat(told.members)
                    .containsSubsequence("joined w1", "suspected w1")
                    .containsSubsequence("joined w2", "suspected w1", "left w2")
                    .hasSize(4);
            assertThat(c1.snapshot().suspicions()).isOne();
        });
    }

    @Test
    void cl49_listenerThatComesLater_isToldFromThen_untilItIsTakenOut() throws Exception {
        SimulatedCluster.explore(5, cluster -> {
            var later = new Told();
            var atMember = new Told();
            var w1 = cluster.open("w1", b -> b.serve(ECHO, text -> text));
            var c1 = cluster.caller("c1");
            cluster.awaitMembers(c1, 1);
            c1.call(ECHO, "before");
            var first = c1.listen(later);
            var second = c1.listen(later);
            var ofMember = w1.listen(atMember);
            c1.call(ECHO, "x");
            assertThat(later.calls).hasSize(2);
            assertThat(atMember.handlers).containsExactly(CallOutcome.OK);
            first.remove();
            first.remove();
            ofMember.close();
            c1.call(ECHO, "x");
            assertThat(later.calls).hasSize(3);
            w1.close();
            cluster.await(() -> later.members.equals(List.of("left w1")));
            second.remove();
            assertThatThrownBy(() -> c1.call(ECHO, "x", CallOptions.defaults().waitForMember(false)))
                    .isInstanceOf(NoMemberException.class);
            assertThat(later.calls).hasSize(3);
            assertThat(atMember.handlers).hasSize(1);
            assertThat(c1.cluster()).isEqualTo("test");
        });
    }

    @Test
    void cl49_listenerThatThrows_isAProblem_andHarmsNothing() throws Exception {
        var problems = new ConcurrentLinkedQueue<Problem>();
        try (var runner = Runner.builder().onProblem(problems::add).build()) {
            runner.run(() -> {
                try (var w1 = TestMembers.open(
                        b -> b.name("w1").local(true).serve(ECHO, text -> text).listener(new ClusterListener() {
                            @Override
                            public void callEnded(EndedCall call) {
                                throw new IllegalStateException("a listener's own fault");
                            }
                        }))) {
                    assertThat(w1.call(ECHO, "x")).isEqualTo("x");
                }
            });
        }
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Problem.Kind.CALLBACK_FAILURE);
            assertThat(problem.message()).contains("listener of the member w1");
            assertThat(problem.exception()).hasMessage("a listener's own fault");
        });
    }

    @Test
    void cl49_beans_ofOneName_doNotCollide_andGoAtTheEnd() throws Exception {
        var server = ManagementFactory.getPlatformMBeanServer();
        var pattern = new ObjectName("dev.weft:type=Workers,cluster=\"alone\",*");
        Weft.run(() -> {
            try (var one = TestMembers.open(b -> b.name("m").local(true).serve(ECHO, text -> text));
                    var two = TestMembers.open(b -> b.name("m"))) {
                one.call(ECHO, "x");
                assertThat(two.snapshot().called()).isZero();
                var names = server.queryNames(pattern, null);
                assertThat(names)
                        .extracting(ObjectName::getCanonicalName)
                        .containsExactlyInAnyOrder(
                                "dev.weft:cluster=\"alone\",member=\"m\",type=Workers",
                                "dev.weft:cluster=\"alone\",id=2,member=\"m\",type=Workers");
                var bean = JMX.newMXBeanProxy(
                        server,
                        new ObjectName("dev.weft:type=Workers,cluster=\"alone\",member=\"m\""),
                        WorkersMXBean.class);
                assertThat(bean.getOk()).isOne();
                assertThat(bean.getRoundTrips()).isOne();
                assertThat(bean.getRoundTripMaxMillis()).isPositive();
                assertThat(bean.getMembers()).singleElement().asString().startsWith("m (");
            }
        });
        assertThat(server.queryNames(pattern, null)).isEmpty();
    }

    @Test
    void cl49_beanGoes_whenTheRunEndsFirst() throws Exception {
        var server = ManagementFactory.getPlatformMBeanServer();
        var left = Weft.run(() -> TestMembers.open(b -> b.name("left")));
        assertThat(server.queryNames(new ObjectName("dev.weft:type=Workers,member=\"left\",*"), null))
                .isEmpty();
        left.close();
    }
}

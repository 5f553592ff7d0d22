package dev.weft.cluster;

import static dev.weft.Weft.gather;
import static dev.weft.Weft.run;
import static dev.weft.cluster.SimulatedCluster.ECHO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ContextPropagator;
import dev.weft.Problem;
import dev.weft.Runner;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class RemoteContextTest {

    private static final ThreadLocal<String> TRACE = ThreadLocal.withInitial(() -> "none");

    /** As a tracing library would have it. */
    private static final RemoteContext TRACES = new RemoteContext() {
        @Override
        public Map<String, String> capture() {
            return Map.of("trace", TRACE.get());
        }

        @Override
        public ContextPropagator.Restored restore(Map<String, String> pairs) {
            var before = TRACE.get();
            TRACE.set(pairs.getOrDefault("trace", "missing"));
            return () -> TRACE.set(before);
        }
    };

    private static String traced(Workers workers, String trace) throws InterruptedException {
        TRACE.set(trace);
        try {
            return workers.call(ECHO, "x");
        } finally {
            TRACE.remove();
        }
    }

    @Test
    void cl48_contextOfTheCaller_isTheHandlers() throws Exception {
        run(() -> {
            try (var m = TestMembers.open(
                    b -> b.name("m").local(true).context(TRACES).serve(ECHO, text -> TRACE.get()))) {
                gather(
                        () -> assertThat(traced(m, "t1")).isEqualTo("t1"),
                        () -> assertThat(traced(m, "t2")).isEqualTo("t2"));
                assertThat(m.call(ECHO, "x")).isEqualTo("none");
            }
        });
    }

    @Test
    void cl48_contextThatOneSideLacks_isSkipped() throws Exception {
        SimulatedCluster.explore(3, cluster -> {
            cluster.open("w1", b -> b.context(TRACES).serve(ECHO, text -> TRACE.get()));
            var without = cluster.caller("c1");
            var with = cluster.open("c2", b -> b.context(TRACES));
            cluster.awaitMembers(without, 2);
            cluster.awaitMembers(with, 2);
            assertThat(without.call(ECHO, "x")).isEqualTo("missing");
            assertThat(traced(with, "t")).isEqualTo("t");
        });
        SimulatedCluster.explore(3, cluster -> {
            cluster.open("w1", b -> b.serve(ECHO, text -> TRACE.get()));
            var with = cluster.open("c2", b -> b.context(TRACES));
            cluster.awaitMembers(with, 1);
            assertThat(traced(with, "t")).isEqualTo("none");
        });
    }

    @Test
    void cl48_whatDoesNotFit_isLeftOut_inTheOrderOfNames() throws Exception {
        run(() -> {
            var sent = new TreeMap<String, String>();
            for (var i = 0; i < 100; i++) {
                sent.put("n" + i, "ä".repeat(i));
            }
            sent.put("a", "x".repeat(3_000));
            var received = new ConcurrentLinkedQueue<Map<String, String>>();
            var bulky = new RemoteContext() {
                @Override
                public Map<String, String> capture() {
                    return sent;
                }

                @Override
                public ContextPropagator.Restored restore(Map<String, String> pairs) {
                    received.add(Map.copyOf(pairs));
                    return () -> {};
                }
            };
            try (var m =
                    TestMembers.open(b -> b.name("m").local(true).context(bulky).serve(ECHO, text -> text))) {
                m.call(ECHO, "x");
            }
            assertThat(received).singleElement().satisfies(pairs -> {
                assertThat(pairs)
                        .hasSizeBetween(10, 50)
                        .containsKeys("n0", "n1", "n10")
                        .doesNotContainKeys("a", "n99");
                assertThat(sent).containsAllEntriesOf(pairs);
            });
        });
    }

    @Test
    void cl48_contextThatThrows_isAProblem_andTheCallGoesOn() throws Exception {
        var broken = new RemoteContext() {
            @Override
            public Map<String, String> capture() {
                throw new IllegalStateException("capture");
            }

            @Override
            public ContextPropagator.Restored restore(Map<String, String> pairs) {
                return () -> {
                    throw new IllegalStateException("undo");
                };
            }
        };
        var problems = new ConcurrentLinkedQueue<Problem>();
        try (var runner = Runner.builder().onProblem(problems::add).build()) {
            runner.run(() -> {
                try (var m = TestMembers.open(b ->
                        b.name("m").local(true).context(broken).context(TRACES).serve(ECHO, text -> TRACE.get()))) {
                    assertThat(traced(m, "t")).isEqualTo("t");
                }
            });
        }
        assertThat(problems)
                .extracting(problem -> String.valueOf(problem.exception()))
                .containsExactlyInAnyOrder(
                        "java.lang.IllegalStateException: capture", "java.lang.IllegalStateException: undo");
    }
}

package dev.weft.cluster;

import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.settle;
import static dev.weft.Weft.sleep;
import static dev.weft.cluster.SimulatedCluster.ECHO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.TaskOptions;
import dev.weft.Weft;
import dev.weft.diagnostics.Entry;
import dev.weft.diagnostics.TaskDump;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntrospectionContractTest {

    private static Entry named(TaskDump dump, String name) {
        return dump.entries().stream()
                .filter(entry -> entry.name().startsWith(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " in " + dump));
    }

    private static String two(String text) throws InterruptedException {
        gather(() -> sleep(ofSeconds(60)), () -> sleep(ofSeconds(70)));
        return text;
    }

    @Test
    void cl47_dumpsAreJoined_byMemberAndCall() throws Exception {
        SimulatedCluster.explore(5, cluster -> {
            var w1 = cluster.open("w1", b -> b.introspection(true).serve(ECHO, IntrospectionContractTest::two));
            var w2 = cluster.open("w2", b -> b.serve(ECHO, IntrospectionContractTest::two));
            var c1 = cluster.caller("c1");
            var c2 = cluster.caller("c2");
            cluster.awaitMembers(c1, 3);
            cluster.awaitMembers(c2, 3);
            var calls = List.of(
                    createTask(TaskOptions.named("open"), () -> c1.call(ECHO, "x", on("w1"))),
                    createTask(TaskOptions.named("closed"), () -> c1.call(ECHO, "x", on("w2"))),
                    createTask(TaskOptions.named("other's"), () -> c2.call(ECHO, "x", on("w1"))));
            cluster.await(() -> w1.snapshot().running() == 2 && w2.snapshot().running() == 1);

            var dump = c1.dump(0);
            var waiting = named(dump, "open");
            var handler = named(dump, "echo#1 for c1 on w1 (");
            assertThat(handler.parent()).isEqualTo(waiting.id());
            assertThat(handler.kind()).isEqualTo(Entry.Kind.TASK);
            assertThat(dump.entries())
                    .filteredOn(entry -> entry.parent() == handler.id())
                    .isNotEmpty();
            var silent = named(dump, "w2 (");
            assertThat(silent.name()).endsWith("tells nothing: introspection is off there");
            assertThat(silent.parent()).isEqualTo(named(dump, "closed").id());
            assertThat(dump.entries()).noneMatch(entry -> entry.name().startsWith("echo#1 for c2 on"));
            var ids = new HashSet<Long>(List.of(0L));
            for (var entry : dump.entries()) {
                assertThat(ids).contains(entry.parent());
                assertThat(ids.add(entry.id())).isTrue();
            }

            cluster.network.cut(cluster.end(c1), cluster.end(w1));
            assertThat(named(c1.dump(0), "w1 (").name()).endsWith("has not answered");
            for (var call : calls) {
                call.cancel();
                settle(call);
            }
            assertThat(c1.dump(3).toString()).contains("cluster clock of c1");
            assertThatThrownBy(() -> c1.dump(-1)).isInstanceOf(IllegalArgumentException.class);
        });
    }

    private static CallOptions on(String name) {
        return CallOptions.defaults().on(member -> member.name().equals(name));
    }

    @Test
    void cl47_moreThanFitsIntoAFrame_isCut_andSaid() throws Exception {
        Weft.run(() -> {
            try (var m = TestMembers.open(b -> b.name("m")
                    .local(true)
                    .introspection(true)
                    .maxFrame(16 << 10)
                    .serve(ECHO, text -> {
                        Weft.forEachConcurrent(Collections.nCopies(500, 60L), 500, time -> sleep(ofSeconds(time)));
                        return text;
                    }))) {
                var call = createTask(() -> m.call(ECHO, "x"));
                while (m.snapshot().running() == 0) {
                    sleep(Duration.ofMillis(5));
                }
                while (m.dump(0).entries().stream().noneMatch(e -> e.name().endsWith("fits into a frame"))) {
                    sleep(Duration.ofMillis(20));
                }
                call.cancel();
                settle(call);
            }
        });
    }

    /** The names of so many calls need more room than a frame has. */
    @Test
    void cl47_moreCallsThanFitIntoAFrame_areToldAsFarAsTheyFit() throws Exception {
        SimulatedCluster.explore(2, cluster -> {
            var w1 = cluster.open(
                    "w1",
                    b -> b.introspection(true).limit(2_000).maxFrame(128 << 10).serve(ECHO, text -> {
                        sleep(ofSeconds(60));
                        return text;
                    }));
            var c1 = cluster.open("c1", b -> b.maxFrame(128 << 10));
            cluster.awaitMembers(c1, 1);
            var calls = Collections.nCopies(2_000, "x").stream()
                    .map(text -> createTask(() -> c1.call(ECHO, text)))
                    .toList();
            cluster.await(() -> w1.snapshot().running() == 2_000);
            var dump = c1.dump(0);
            assertThat(named(dump, "echo#1 for c1 on w1 (")).isNotNull();
            assertThat(named(dump, "w1 (").name()).endsWith("runs more than fits into a frame");
            calls.forEach(call -> call.cancel());
            settle(calls);
        });
    }
}

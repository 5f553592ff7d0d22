package dev.weft;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.asCompleted;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.forEachConcurrent;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.race;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.diagnostics.Entry;
import dev.weft.diagnostics.Entry.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Dumps of a process in which everything comes and goes. */
@Tag("races")
@Timeout(60)
class DumpStressTest {

    private static final int ROUNDS = 300;
    private static final int CHILDREN = 30;
    private static final int STAYING = 50;

    @Test
    void dumpsWhileThousandsOfTasksComeAndGo_areSoundAndComplete() throws Exception {
        try (var runner = Runner.builder().signals(false).build()) {
            runner.run(() -> {
                var staying = IntStream.range(0, STAYING)
                        .mapToObj(i -> createTask("staying " + i, () -> sleep(FOREVER)))
                        .toList();
                var busy = new AtomicInteger();
                var ended = new AtomicInteger();
                var workers = new ArrayList<Task<?>>();
                for (var worker : List.<VoidBody<?>>of(
                        () -> gather(IntStream.range(0, CHILDREN)
                                .mapToObj(i -> (Body<Integer, RuntimeException>) ended::incrementAndGet)
                                .toList()),
                        () -> taskGroup(group -> {
                            for (var i = 0; i < CHILDREN; i++) {
                                group.createTask(() -> gather(ended::incrementAndGet, () -> sleep(Duration.ZERO, 1)));
                            }
                        }),
                        () -> forEachConcurrent(List.of(1, 2, 3, 4, 5, 6, 7), 3, item -> ended.incrementAndGet()),
                        () -> race(List.of(ended::incrementAndGet, () -> sleep(FOREVER, 2))),
                        () -> {
                            try (var next = asCompleted(List.of(ended::incrementAndGet, () -> sleep(FOREVER, 2)))) {
                                next.iterator().next().await();
                            }
                        })) {
                    busy.incrementAndGet();
                    workers.add(createTask(() -> {
                        for (var round = 0; round < ROUNDS; round++) {
                            worker.execute();
                        }
                        busy.decrementAndGet();
                    }));
                }
                var dumps = 0;
                while (busy.get() > 0 || dumps < 3) {
                    var dump = Weft.dump(dumps % 5 == 0 ? 2 : 0);
                    Dumps.assertWellFormed(dump);
                    assertThat(dump.awaitCycles()).isEmpty();
                    assertThat(dump.entries())
                            .extracting(Entry::name)
                            .containsAll(staying.stream().map(Task::name).toList());
                    assertThat(dump.toString()).contains("staying 0");
                    assertThat(dump.toJson()).endsWith("]}");
                    dumps++;
                }
                for (var worker : workers) {
                    worker.await();
                }
                assertThat(ended).hasValueGreaterThan(ROUNDS * CHILDREN * 2);
            });
        }
    }

    @Test
    void tenThousandSleepers_areAllThere() throws Exception {
        var sleepers = 10_000;
        try (var runner = Runner.builder().signals(false).build()) {
            runner.run(() -> taskGroup(group -> {
                var asleep = new AtomicInteger();
                var all = new Gate();
                for (var i = 0; i < sleepers; i++) {
                    group.createTask(() -> {
                        if (asleep.incrementAndGet() == sleepers) {
                            all.open();
                        }
                        sleep(FOREVER);
                    });
                }
                all.await();
                var dump = Weft.dump();
                Dumps.assertWellFormed(dump);
                var me = Dumps.find(dump, Tasks.self().name());
                var call = Dumps.children(dump, me).getFirst();
                assertThat(Dumps.children(dump, call))
                        .hasSize(sleepers)
                        .allMatch(entry -> entry.kind() == Kind.TASK)
                        .isSortedAccordingTo(java.util.Comparator.comparingLong(Entry::id));
                assertThat(dump.toString().lines().count()).isGreaterThan(sleepers);
                group.cancel();
            }));
        }
    }
}

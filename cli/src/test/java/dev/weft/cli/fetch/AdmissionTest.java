package dev.weft.cli.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {

    private record Item(String host, int number) {}

    private static Admission<Item> admission(int limit, int perHost) {
        return new Admission<>(limit, host -> perHost);
    }

    private static void add(Admission<Item> admission, String host, int count) {
        for (var i = 0; i < count; i++) {
            admission.add(host, new Item(host, i));
        }
    }

    private static List<Item> takeAll(Admission<Item> admission) {
        var taken = new ArrayList<Item>();
        for (var item = admission.next(); item != null; item = admission.next()) {
            taken.add(item);
        }
        return taken;
    }

    @Test
    void next_ofOneHost_stopsAtTheHostsLimit() {
        var admission = admission(10, 3);
        add(admission, "a", 5);
        assertThat(takeAll(admission)).extracting(Item::number).containsExactly(0, 1, 2);
        assertThat(admission.waitsForHosts()).isTrue();
        admission.release("a");
        assertThat(takeAll(admission)).extracting(Item::number).containsExactly(3);
    }

    @Test
    void next_ofManyHosts_stopsAtTheWholeLimit() {
        var admission = admission(4, 3);
        add(admission, "a", 5);
        add(admission, "b", 5);
        assertThat(takeAll(admission)).hasSize(4);
        assertThat(admission.running()).isEqualTo(4);
        assertThat(admission.waiting()).isEqualTo(6);
        assertThat(admission.waitsForHosts()).isFalse();
    }

    @Test
    void next_whenTheFirstHostIsFull_givesItsPermitsToOthers() {
        var admission = admission(4, 1);
        add(admission, "slow", 1000);
        add(admission, "a", 2);
        add(admission, "b", 1);
        assertThat(takeAll(admission)).extracting(Item::host).containsExactly("slow", "a", "b");
        admission.release("a");
        assertThat(takeAll(admission)).containsExactly(new Item("a", 1));
    }

    @Test
    void next_ofManyHosts_letsThemTakeTurns() {
        var admission = admission(6, 6);
        add(admission, "a", 3);
        add(admission, "b", 2);
        add(admission, "c", 1);
        assertThat(takeAll(admission)).extracting(Item::host).containsExactly("a", "b", "c", "a", "b", "a");
    }

    @Test
    void hostLimit_differsByHost_isObserved() {
        var admission = new Admission<Item>(100, item -> item.host().equals("big") ? 3 : 1);
        add(admission, "big", 5);
        add(admission, "small", 5);
        assertThat(takeAll(admission)).extracting(Item::host).containsExactlyInAnyOrder("big", "big", "big", "small");
    }

    @Test
    void add_toAHostThatHasRunDry_isAdmittedAgain() {
        var admission = admission(10, 2);
        add(admission, "a", 1);
        assertThat(takeAll(admission)).hasSize(1);
        add(admission, "a", 2);
        assertThat(takeAll(admission)).hasSize(1);
        admission.release("a");
        admission.release("a");
        assertThat(takeAll(admission)).hasSize(1);
    }

    @Test
    void drain_takesOutAllThatWait_andLetsWhatRunsBeReleased() {
        var admission = admission(2, 2);
        add(admission, "a", 3);
        add(admission, "b", 3);
        var taken = takeAll(admission);
        assertThat(admission.drain()).hasSize(4).doesNotContainAnyElementsOf(taken);
        assertThat(admission.waiting()).isZero();
        assertThat(admission.next()).isNull();
        taken.forEach(item -> admission.release(item.host()));
        assertThat(admission.running()).isZero();
        assertThat(admission.next()).isNull();
    }

    @Test
    void release_ofAHostThatRunsNothing_isRefused() {
        var admission = admission(1, 1);
        assertThatThrownBy(() -> admission.release("a"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a");
    }

    @Test
    void limits_belowOne_areRefused() {
        assertThatThrownBy(() -> admission(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> admission(1, 0).add("a", new Item("a", 0)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /**
     * Against a model that looks through everything: no limit is passed, nothing that could begin waits, nothing is
     * lost, and order is kept.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void anyHistory_agreesWithANaiveModel(int seed) {
        var random = new Random(seed);
        var limit = 1 + random.nextInt(8);
        var perHost = 1 + random.nextInt(4);
        var admission = admission(limit, perHost);
        Map<String, ArrayDeque<Item>> queues = new HashMap<>();
        Map<String, Integer> running = new HashMap<>();
        var runs = new ArrayList<Item>();
        for (var step = 0; step < 5000; step++) {
            var action = random.nextInt(3);
            if (action == 0) {
                var host = "h" + random.nextInt(6);
                var item = new Item(host, step);
                admission.add(host, item);
                queues.computeIfAbsent(host, name -> new ArrayDeque<>()).add(item);
            } else if (action == 1 && !runs.isEmpty()) {
                var ended = runs.remove(random.nextInt(runs.size()));
                admission.release(ended.host());
                running.merge(ended.host(), -1, Integer::sum);
            } else {
                var item = admission.next();
                var somethingCould = runs.size() < limit
                        && queues.entrySet().stream()
                                .anyMatch(queue -> !queue.getValue().isEmpty()
                                        && running.getOrDefault(queue.getKey(), 0) < perHost);
                assertThat(item != null).as("step %d", step).isEqualTo(somethingCould);
                if (item != null) {
                    assertThat(queues.get(item.host()).removeFirst()).isEqualTo(item);
                    assertThat(running.merge(item.host(), 1, Integer::sum)).isLessThanOrEqualTo(perHost);
                    runs.add(item);
                }
            }
            assertThat(admission.running()).isEqualTo(runs.size());
        }
        assertThat(admission.drain())
                .containsExactlyInAnyOrderElementsOf(
                        queues.values().stream().flatMap(ArrayDeque::stream).toList());
    }

    /** A search through what waits would take minutes here. */
    @ParameterizedTest
    @ValueSource(ints = {1, 500, 200_000})
    void twoHundredThousandItems_onFewHostsOrMany_passInNoTime(int hosts) {
        var admission = admission(50, 2);
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            for (var i = 0; i < 200_000; i++) {
                admission.add("host" + i % hosts, new Item("host" + i % hosts, i));
            }
            var runs = new ArrayDeque<Item>();
            var passed = 0;
            while (admission.waiting() > 0 || !runs.isEmpty()) {
                for (var item = admission.next(); item != null; item = admission.next()) {
                    runs.addLast(item);
                }
                admission.release(runs.removeFirst().host());
                passed++;
            }
            assertThat(passed).isEqualTo(200_000);
        });
    }
}

package dev.weft;

import static dev.weft.Tasks.self;
import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.abandonOnCancel;
import static dev.weft.Weft.asCompleted;
import static dev.weft.Weft.await;
import static dev.weft.Weft.combine;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.forEachConcurrent;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.mapConcurrent;
import static dev.weft.Weft.race;
import static dev.weft.Weft.settle;
import static dev.weft.Weft.shield;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;
import static dev.weft.Weft.waitFor;
import static dev.weft.Weft.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * C12: a task that cancels itself is told so by its next wait, whichever that is, also if there is nothing to wait for.
 */
class SelfCancelTest {

    @OnEveryRuntime
    void c12_selfCancelHitsTheNextWaitWhicheverThatIs(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var ended = createTask(() -> "a");
            Tasks.join(ended);
            var ignoring = new ArrayList<String>();
            for (var call : cancellationPoints(ended).entrySet()) {
                var task = createTask(() -> {
                    self().cancel("stop");
                    try {
                        call.getValue().execute();
                        ignoring.add(call.getKey());
                    } catch (CancelledException e) {
                        assertThat(e.cancellation().reason()).as(call.getKey()).isEqualTo("stop");
                    }
                });
                Tasks.join(task);
            }
            assertThat(ignoring).isEmpty();
        });
    }

    @OnEveryRuntime
    void c12_selfCancelDoesNotStopTheCallThatMakesIt(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var log = new StringBuffer();
            var task = createTask(() -> {
                assertThat(self().cancel()).isTrue();
                log.append("after cancel");
                createTask(() -> "creating is no cancellation point").cancelling();
                log.append(", after createTask");
                sleep(Duration.ZERO);
                log.append(", after sleep");
            });
            Tasks.join(task);
            assertThat(task.isCancelled()).isTrue();
            assertThat(log).hasToString("after cancel, after createTask");
        });
    }

    private static Map<String, VoidBody<?>> cancellationPoints(Task<String> ended) {
        var calls = new LinkedHashMap<String, VoidBody<?>>();
        calls.put("sleep", () -> sleep(FOREVER));
        calls.put("sleep of nothing", () -> sleep(Duration.ZERO));
        calls.put("sleep of less than nothing", () -> sleep(Duration.ofSeconds(-1)));
        calls.put("await of an ended task", ended::await);
        calls.put("await of a complete stage", () -> await(CompletableFuture.completedStage("a")));
        calls.put("await of a stage", () -> await(new CompletableFuture<>()));
        calls.put("gather of nothing", () -> gather());
        calls.put("gather of ended tasks", () -> gather(ended, ended));
        calls.put("gather", () -> gather(() -> "a", () -> "b"));
        calls.put("settle", () -> settle(() -> "a"));
        calls.put("race", () -> race(() -> "a"));
        calls.put("combine", () -> combine(() -> "a", () -> "b", String::concat));
        calls.put("mapConcurrent", () -> mapConcurrent(List.of("a"), 1, item -> item));
        calls.put("mapConcurrent of nothing", () -> mapConcurrent(List.of(), 1, item -> item));
        calls.put("forEachConcurrent", () -> forEachConcurrent(List.of("a"), 1, item -> {}));
        calls.put("taskGroup without tasks", () -> taskGroup(group -> {}));
        calls.put(
                "taskGroup",
                () -> taskGroup(group -> {
                    group.createTask(() -> "a");
                }));
        calls.put("waitUntil", () -> waitUntil(ReturnWhen.ALL_COMPLETED, List.of(ended)));
        calls.put(
                "waitUntil that only looks", () -> waitUntil(ReturnWhen.ALL_COMPLETED, List.of(ended), Duration.ZERO));
        calls.put(
                "completion",
                () -> asCompleted(List.of(ended)).iterator().next().await());
        calls.put(
                "timed completion",
                () -> asCompleted(List.of(ended), FOREVER).iterator().next().task());
        calls.put("shield of an ended task", () -> shield(ended));
        calls.put("shield", () -> shield(() -> "a"));
        calls.put("waitFor an ended task", () -> waitFor(ended, FOREVER));
        calls.put("waitFor", () -> waitFor(() -> sleep(FOREVER), FOREVER));
        calls.put("waitFor a body that does not wait", () -> waitFor(() -> "a", FOREVER));
        calls.put("waitFor of no time", () -> waitFor(() -> "a", Duration.ZERO));
        calls.put("abandonOnCancel", () -> abandonOnCancel(() -> "a"));
        return calls;
    }
}

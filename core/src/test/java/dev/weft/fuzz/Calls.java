package dev.weft.fuzz;

import static dev.weft.Weft.asCompleted;
import static dev.weft.Weft.combine;
import static dev.weft.Weft.currentTask;
import static dev.weft.Weft.forEachConcurrent;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.mapConcurrent;
import static dev.weft.Weft.race;
import static dev.weft.Weft.settle;
import static dev.weft.Weft.taskGroup;

import dev.weft.Body;
import dev.weft.GroupOptions;
import dev.weft.Outcome;
import dev.weft.Task;
import dev.weft.TaskGroup;
import dev.weft.TaskOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Steps that are structured calls. */
final class Calls {

    private Calls() {}

    static void random(Step step) throws Exception {
        switch (step.pick(10)) {
            case 0, 1 -> gather(step.bodies());
            case 2 -> settle(step.bodies()).forEach(outcome -> see(step, outcome));
            case 3 -> race(step.mute(), step.mute(), step.mute());
            case 4 -> race(failing(step), failing(step));
            case 5 -> combine(step.body(), step.body(), Integer::sum);
            case 6 ->
                mapConcurrent(items(step), 1 + step.pick(3), item -> step.body().run());
            case 7 ->
                forEachConcurrent(
                        items(step), 1 + step.pick(3), item -> step.body().run());
            case 8 -> completions(step);
            default -> group(step);
        }
    }

    private static Iterable<Integer> items(Step step) {
        return HostileObjects.items(step.random(), step.pick(6), step.breaks());
    }

    private static Body<Integer, Exception> failing(Step step) {
        return () -> {
            throw step.program().fail(step.random(), step.counts());
        };
    }

    static void see(Step step, Outcome<?> outcome) {
        if (outcome instanceof Outcome.Failure<?>(var exception)) {
            step.seen(exception);
        } else if (outcome instanceof Outcome.Cancelled<?>(var cancellation, var exception) && exception != null) {
            step.seen(exception);
        }
    }

    private static void completions(Step step) throws Exception {
        if (step.pick(2) == 0) {
            var left = step.pick(4);
            try (var order = asCompleted(step.bodies())) {
                for (var next : order) {
                    if (left-- > 0) {
                        next.await();
                    }
                }
            }
        } else {
            var order = asCompleted(step.bodies(), step.soon());
            try {
                for (var next : order) {
                    next.await();
                }
            } catch (TimeoutException e) {
                step.seen(e);
            } finally {
                if (currentTask().isEmpty()) {
                    order.close(); // a task closes it at its own end
                }
            }
        }
    }

    private static void group(Step step) throws Exception {
        var options = switch (step.pick(3)) {
            case 0 -> GroupOptions.failFast();
            case 1 -> GroupOptions.supervisor();
            default ->
                GroupOptions.supervisor((task, failure) -> {
                    step.seen(failure);
                    if (step.pick(2) == 0) {
                        step.breaks().run();
                    }
                });
        };
        taskGroup(step.pick(2) == 0 ? options : options.limit(1 + step.pick(2)), group -> {
            block(step, group);
        });
    }

    private static void block(Step step, TaskGroup group) throws Exception {
        List<Task<Integer>> children = new ArrayList<>();
        for (var body : step.bodies()) {
            var named = TaskOptions.named(HostileObjects.name(step.random())).eagerStart(step.pick(4) == 0);
            children.add(step.program().offer(step.random(), group.createTask(named, body)));
        }
        if (!children.isEmpty() && step.pick(3) == 0) {
            children.getFirst().await();
        }
        switch (step.pick(8)) {
            case 0 -> group.cancel();
            case 1 -> gather(children);
            case 2 -> throw step.program().fail(step.random(), step.counts());
            default -> Waits.random(step);
        }
    }
}

package dev.weft.fuzz;

import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.race;
import static dev.weft.Weft.settle;
import static dev.weft.Weft.shield;
import static dev.weft.Weft.waitFor;
import static dev.weft.Weft.waitUntil;

import dev.weft.ReturnWhen;
import dev.weft.TaskOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Steps with background tasks, which the program's run owns. */
final class Background {

    private Background() {}

    static void random(Step step) throws Exception {
        if (!step.program().inRun) {
            Calls.random(step);
            return;
        }
        var random = step.random();
        var program = step.program();
        var options = TaskOptions.named(HostileObjects.name(random)).eagerStart(random.nextInt(4) == 0);
        var task = program.offer(random, createTask(options, step.body()));
        switch (step.pick(12)) {
            case 0 -> task.await();
            case 1 -> {
                task.cancel(HostileObjects.reason(random));
                program.look(task);
            }
            case 2 -> waitUntil(ReturnWhen.values()[step.pick(3)], List.of(task), step.soon());
            case 3 -> shield(task);
            case 4 -> {
                try {
                    waitFor(task, step.soon());
                } catch (TimeoutException e) {
                    step.seen(e);
                }
            }
            case 5 -> gather(task, step.body());
            case 6 -> gather(List.of(step.body(), task, task));
            case 7 -> settle(task, step.body()).forEach(outcome -> Calls.see(step, outcome));
            case 8 -> {
                // a race's losers are nobody's failures any more, a given one included
                task.onDone(program::look);
                race(task, step.mute());
            }
            case 9 -> {
                // with a failure of the callback's own
                task.onDone(ended -> step.breaks().run());
                task.onDone(ended -> {});
            }
            case 10 ->
                task.toCompletableFuture().whenComplete((value, exception) -> {
                    if (exception != null) {
                        step.seen(exception);
                    }
                });
            default -> {
                try {
                    task.get(step.soon().toNanos(), TimeUnit.NANOSECONDS);
                } catch (TimeoutException e) {
                    step.seen(e);
                }
            }
        }
    }
}

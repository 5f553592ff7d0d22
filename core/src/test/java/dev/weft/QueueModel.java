package dev.weft;

import static dev.weft.Weft.createTask;
import static dev.weft.Weft.sleep;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What runs when on an event loop, as asyncio defines it: tasks that are ready stand in a queue; who is started,
 * yields, or sees what it waits for end, joins it at its end.
 */
final class QueueModel {

    private QueueModel() {}

    /** What a task does, step by step. */
    sealed interface Step {}

    private record Yield() implements Step {}

    private record Start(Program child) implements Step {}

    /** Awaits the child that was started as the n-th. */
    private record Await(int child) implements Step {}

    record Program(String name, List<Step> steps) {

        static Program random(Random random, int depth) {
            return random("", random, depth);
        }

        private static Program random(String name, Random random, int depth) {
            var steps = new ArrayList<Step>();
            var children = 0;
            for (var left = random.nextInt(6); left > 0; left--) {
                switch (random.nextInt(4)) {
                    case 0 -> {
                        if (depth > 0) {
                            steps.add(new Start(random(name + children++, random, depth - 1)));
                        }
                    }
                    case 1 -> {
                        if (children > 0) {
                            steps.add(new Await(random.nextInt(children)));
                        }
                    }
                    default -> steps.add(new Yield());
                }
            }
            for (var child = 0; child < children; child++) {
                steps.add(new Await(child));
            }
            return new Program(name, steps);
        }
    }

    // ---- on the event loop

    /** Runs a program, and returns the steps of all tasks in the order in which they were done. */
    static List<String> run(Program program) throws InterruptedException {
        var trace = new ArrayList<String>();
        EventLoop.run(() -> follow(program, trace));
        return trace;
    }

    private static void follow(Program program, List<String> trace) throws InterruptedException {
        var children = new ArrayList<Task<?>>();
        for (var i = 0; i < program.steps.size(); i++) {
            trace.add(program.name + ":" + i);
            switch (program.steps.get(i)) {
                case Yield() -> sleep(Duration.ZERO);
                case Start(var child) -> children.add(createTask(() -> follow(child, trace)));
                case Await(var child) -> children.get(child).await();
            }
        }
        trace.add(program.name + ":end");
    }

    // ---- as it should be

    private static final class Model {
        private final Program program;
        private final List<Model> children = new ArrayList<>();
        private final List<Model> awaiters = new ArrayList<>();
        private int next;
        private boolean ended;

        Model(Program program) {
            this.program = program;
        }
    }

    /** The trace that {@link #run} has to return. */
    static List<String> expected(Program program) {
        var trace = new ArrayList<String>();
        var ready = new ArrayDeque<Model>();
        ready.add(new Model(program));
        while (!ready.isEmpty()) {
            runOn(ready.remove(), ready, trace);
        }
        return trace;
    }

    private static void runOn(Model task, ArrayDeque<Model> ready, List<String> trace) {
        while (task.next < task.program.steps.size()) {
            trace.add(task.program.name + ":" + task.next);
            switch (task.program.steps.get(task.next++)) {
                case Yield() -> {
                    ready.add(task);
                    return;
                }
                case Start(var child) -> {
                    var started = new Model(child);
                    task.children.add(started);
                    ready.add(started);
                }
                case Await(var child) -> {
                    var awaited = task.children.get(child);
                    if (!awaited.ended) {
                        awaited.awaiters.add(task);
                        return;
                    }
                }
            }
        }
        trace.add(task.program.name + ":end");
        task.ended = true;
        ready.addAll(task.awaiters);
    }
}

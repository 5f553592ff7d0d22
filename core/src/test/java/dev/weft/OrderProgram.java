package dev.weft;

import static dev.weft.Weft.asCompleted;
import static dev.weft.Weft.currentTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.settle;
import static dev.weft.Weft.shield;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;
import static dev.weft.Weft.timeout;
import static dev.weft.Weft.waitFor;
import static dev.weft.Weft.waitUntil;

import dev.weft.internal.runtime.Scheduler;
import dev.weft.internal.task.StructuredStrand;
import dev.weft.sync.Condition;
import dev.weft.sync.Event;
import dev.weft.sync.Holdable;
import dev.weft.sync.Lock;
import dev.weft.sync.Queue;
import dev.weft.sync.Semaphore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Runs a program of {@code event-loop-order.txt} and writes down its trace, as {@code Run} of
 * {@code build-support/event-loop-order.py} does.
 */
final class OrderProgram {

    private final OrderText program;
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Task<Object>> tasks = Collections.synchronizedMap(new LinkedHashMap<>());

    private final Lock lock = new Lock();
    private final Semaphore semaphore = new Semaphore(1);
    private final Event event = new Event();
    private final Condition condition = new Condition();
    private final Queue<String> queue = new Queue<>(1);

    private final Scheduler scheduler = StructuredStrand.current().scheduler();
    private final long start = scheduler.nanoTime();
    private int loggedTime;
    private boolean isOver;

    private OrderProgram(OrderText program) {
        this.program = program;
    }

    /** In a task. */
    static String trace(String program) throws InterruptedException {
        return new OrderProgram(OrderText.parse(program)).run();
    }

    private static final class Boom extends Exception {
        Boom() {
            super("boom", null, true, false);
        }
    }

    private static final class Me {
        final String name;
        int steps;

        Me(String name) {
            this.name = name;
        }
    }

    private String run() throws InterruptedException {
        for (var task : program.parts()) {
            create(task, Weft::createTask);
        }
        for (var left = unfinished(); !left.isEmpty() && time() < 40; left = unfinished()) {
            waitUntil(ReturnWhen.ALL_COMPLETED, left, units(40 - time()));
        }
        say(states(tasks.values()));
        isOver = true;
        for (var left = unfinished(); !left.isEmpty(); left = unfinished()) {
            left.forEach(Task::cancel);
            waitUntil(ReturnWhen.ALL_COMPLETED, left, units(1));
        }
        return String.join(" ", log);
    }

    private List<Task<Object>> unfinished() {
        return tasks.values().stream().filter(task -> !task.isDone()).toList();
    }

    private static Duration units(int count) {
        return Duration.ofMillis(count);
    }

    private int time() {
        return (int) TimeUnit.NANOSECONDS.toMillis(scheduler.nanoTime() - start);
    }

    private synchronized void say(String entry) {
        if (!isOver) {
            if (time() != loggedTime) {
                loggedTime = time();
                log.add("@" + loggedTime);
            }
            log.add(entry);
        }
    }

    private void create(OrderText task, Function<Body<Object, Exception>, Task<Object>> creator) {
        tasks.put(task.name(), creator.apply(body(task)));
    }

    private Body<Object, Exception> body(OrderText task) {
        return () -> {
            runTask(task);
            return "";
        };
    }

    private void runTask(OrderText task) throws Exception {
        var me = new Me(task.name());
        var flags = task.word(1);
        say(me.name + "+");
        try {
            steps(me, task.from(2));
        } catch (InterruptedException e) {
            say(me.name + "~");
            if (flags.equals("s")) {
                currentTask().orElseThrow().uncancel();
                return;
            }
            if (flags.equals("b")) {
                throw new Boom();
            }
            throw e;
        } finally {
            if (flags.equals("f")) {
                sleep(Duration.ZERO);
            }
            say(me.name + "-");
        }
        if (flags.equals("x")) {
            throw new Boom();
        }
    }

    private void steps(Me me, List<OrderText> statements) throws Exception {
        for (var statement : statements) {
            var id = me.name + ++me.steps;
            say(id + step(me, id, statement));
        }
    }

    private interface Wait {
        void run() throws Exception;
    }

    private static String outcome(Wait wait) throws Exception {
        try {
            wait.run();
            return "V";
        } catch (CancellationException e) {
            return "C";
        } catch (Boom e) {
            return "E";
        } catch (TimeoutException e) {
            return "T";
        }
    }

    private List<Task<Object>> others(List<OrderText> names) {
        var found = new ArrayList<Task<Object>>();
        for (var name : names) {
            var task = tasks.get(name.word());
            if (task != null && !task.isDone() && task != currentTask().orElseThrow()) {
                found.add(task);
            }
        }
        return found;
    }

    private static String states(Iterable<Task<Object>> tasks) {
        var states = new StringBuilder();
        for (var task : tasks) {
            states.append(!task.isDone() ? 'P' : task.isCancelled() ? 'C' : task.exception() != null ? 'E' : 'V');
        }
        return states.toString();
    }

    private String step(Me me, String id, OrderText statement) throws Exception {
        var arguments = statement.from(1);
        switch (statement.name()) {
            case "y" -> sleep(Duration.ZERO);
            case "s" -> sleep(units(statement.number()));
            case "c" -> create(arguments.getFirst(), Weft::createTask);
            case "w" -> {
                var task = tasks.get(statement.word(1));
                return task == null ? "" : outcome(() -> task.await(Exception.class));
            }
            case "sh", "sr" -> {
                var task = tasks.get(statement.word(1));
                var waits = task != null && !task.isDone();
                var result = task == null ? "" : outcome(() -> shield(task));
                if (waits && statement.name().equals("sh")) {
                    sleep(Duration.ZERO); // asyncio's shield takes one round more
                }
                return result;
            }
            case "wf" -> {
                for (var task : others(statement.from(2))) {
                    return outcome(() -> waitFor(task, units(statement.number())));
                }
            }
            case "k" -> others(arguments).forEach(Task::cancel);
            case "ga" -> {
                return outcome(() -> gather(arguments.stream().map(this::body).toList()));
            }
            case "se" -> {
                var ends = new StringBuilder();
                for (var end : settle(arguments.stream().map(this::body).toList())) {
                    ends.append(end instanceof Outcome.Success ? 'V' : end instanceof Outcome.Failure ? 'E' : 'C');
                }
                return ends.toString();
            }
            case "tg" -> {
                try {
                    taskGroup((VoidGroupBody) group -> {
                        for (var task : arguments.getFirst().parts()) {
                            create(task, body -> group.createTask(body));
                        }
                        steps(me, statement.from(2));
                    });
                    return "V";
                } catch (ExceptionGroup e) {
                    return "E" + e.leaves().size();
                }
            }
            case "to" -> {
                try {
                    timeout(units(statement.number()), () -> steps(me, statement.from(2)));
                    return "V";
                } catch (TimeoutException e) {
                    return "T";
                }
            }
            case "wa1", "wax", "waa" -> {
                var waited = others(statement.from(2));
                if (!waited.isEmpty()) {
                    var when = switch (statement.name()) {
                        case "wa1" -> ReturnWhen.FIRST_COMPLETED;
                        case "wax" -> ReturnWhen.FIRST_EXCEPTION;
                        default -> ReturnWhen.ALL_COMPLETED;
                    };
                    waitUntil(when, waited, units(statement.number()));
                    return states(waited);
                }
            }
            case "ac" -> {
                var waited = others(statement.from(2));
                if (!waited.isEmpty()) {
                    for (var next : asCompleted(callables(waited), units(statement.number()))) {
                        var result = outcome(next::await);
                        say(id + result);
                        if (result.equals("T")) {
                            break;
                        }
                    }
                }
            }
            case "lk" -> holding(lock, me, id, arguments);
            case "sm" -> holding(semaphore, me, id, arguments);
            case "ew" -> event.await();
            case "es" -> event.set();
            case "ec" -> event.clear();
            case "cw" ->
                condition.with(() -> {
                    condition.await();
                    say(id + "[");
                });
            case "cn" -> condition.with(() -> condition.signal());
            case "ca" -> condition.with(() -> condition.signalAll());
            case "qp" -> queue.put(id);
            case "qg" -> {
                return "=" + queue.get();
            }
            case "dc" -> {
                var task = tasks.get(statement.word(1));
                if (task != null) {
                    task.onDone(ended -> say(id + "*" + states(List.of(task))));
                }
            }
            case "x" -> throw new Boom();
            default -> throw new IllegalArgumentException(statement.name());
        }
        return "";
    }

    private void holding(Holdable held, Me me, String id, List<OrderText> statements) throws Exception {
        try (var _ = held.hold()) {
            say(id + "[");
            steps(me, statements);
        }
    }

    @SuppressWarnings("unchecked") // a task is also a callable, whatever its declared type says
    private static List<Callable<Object>> callables(List<Task<Object>> tasks) {
        return tasks.stream().map(task -> (Callable<Object>) (Object) task).toList();
    }
}

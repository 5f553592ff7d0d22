package dev.weft.cli;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.dump;
import static dev.weft.Weft.run;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;

import dev.weft.Registration;
import dev.weft.diagnostics.Entry;
import dev.weft.diagnostics.Tasks;
import dev.weft.sync.Event;
import dev.weft.sync.Lock;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.management.ObjectName;

/**
 * A program to be looked into: brings its tasks into a state in which nothing changes, says {@code ready}, and answers
 * questions about itself until its standard input ends.
 */
public final class InspectedProgram {

    private static Registration registration = () -> {};

    private InspectedProgram() {}

    /** The first argument says what it does. */
    public static void main(String... args) throws Exception {
        switch (args[0]) {
            case "sleepers" -> run(() -> sleepers(Integer.parseInt(args[1])));
            case "locks" -> run(InspectedProgram::locks);
            case "stubborn" -> run(InspectedProgram::stubborn);
            case "hidden" -> run(InspectedProgram::hidden);
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static Void sleepers(int count) throws Exception {
        taskGroup(group -> {
            for (var i = 0; i < count; i++) {
                group.createTask("sleeper-" + i, () -> sleep(FOREVER));
            }
            group.createTask("evil \u001b[31m\r\u009b name", () -> sleep(FOREVER));
            awaitTasks(entry -> entry.state() == Entry.State.WAITING, count + 1);
            serve();
            group.cancel();
        });
        return null;
    }

    private static Void locks() throws Exception {
        var left = new Lock();
        var right = new Lock();
        var bothHold = new Event();
        taskGroup(group -> {
            group.createTask("left-then-right", () -> {
                try (var _ = left.hold()) {
                    bothHold.await();
                    right.with(() -> {});
                }
            });
            group.createTask("right-then-left", () -> {
                try (var _ = right.hold()) {
                    bothHold.set();
                    left.with(() -> {});
                }
            });
            awaitTasks(entry -> !entry.awaits().isEmpty(), 2);
            serve();
            group.cancel();
        });
        return null;
    }

    /** A task that is cancelled and goes on. */
    private static Void stubborn() throws Exception {
        var over = new Event();
        taskGroup(group -> {
            var task = group.createTask("stubborn", () -> {
                while (!over.isSet()) {
                    try {
                        over.await();
                    } catch (InterruptedException e) {
                        // on purpose
                    }
                }
            });
            awaitTasks(entry -> entry.state() == Entry.State.WAITING, 1);
            task.cancel("tests want it");
            serve();
            over.set();
        });
        return null;
    }

    private static Void hidden() throws Exception {
        taskGroup(group -> {
            group.createTask("hidden", () -> sleep(FOREVER));
            serve();
            group.cancel();
        });
        return null;
    }

    private static void awaitTasks(Predicate<Entry> settled, int tasks) throws Exception {
        while (dump(0).entries().stream()
                        .filter(entry -> entry.kind() == Entry.Kind.TASK && settled.test(entry))
                        .count()
                < tasks) {

            Thread.yield();
        }
    }

    /** The longest time for which a thread that wants to run each millisecond did not, in microseconds. */
    private static final AtomicLong LONGEST_GAP = new AtomicLong();

    private static String startTicker() {
        Thread.ofPlatform().daemon().name("ticker").start(() -> {
            var last = System.nanoTime();
            while (true) {
                LockSupport.parkNanos(1_000_000);
                var now = System.nanoTime();
                LONGEST_GAP.accumulateAndGet((now - last) / 1_000, Math::max);
                last = now;
            }
        });
        return "ticking";
    }

    private static void serve() throws Exception {
        System.out.println("ready");
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println((Object)
                    switch (line) {
                        case "dump" -> dump(0).toJson().replace("\n", "");
                        case "text" -> dump(0).toString().replace("\n", "\t");
                        case "tick" -> startTicker();
                        case "gap" -> LONGEST_GAP.getAndSet(0);
                        case "register" -> {
                            registration = Tasks.register();
                            yield "registered";
                        }
                        case "join" -> JoinedWorkers.register();
                        case "remove" -> {
                            registration.remove();
                            yield "removed";
                        }
                        case "mbeans" ->
                            ManagementFactory.getPlatformMBeanServer()
                                    .queryNames(new ObjectName("dev.weft:*"), null)
                                    .size();
                        case "threads" ->
                            new TreeSet<>(Thread.getAllStackTraces().keySet().stream()
                                            .map(Thread::getName)
                                            .collect(Collectors.toSet()))
                                    .toString();
                        default -> "?";
                    });
        }
    }
}

package dev.weft.faults;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs a scenario again and again, in which one allocation fails, each time the next one: the environment has RUNTIME
 * and STEP. Every run must return, and the one after it must succeed.
 */
public final class AllocationFaults {

    private static final Duration HANG = Duration.ofMillis(Integer.getInteger("weft.faults.hang.millis", 20_000));

    private static final String NOTHING_LEFT = "0 runs, 0 threads, 0 calls, 0 tasks";

    private AllocationFaults() {}

    /** Prints how many failed, or what hangs. */
    public static void main(String... arguments) throws Exception {
        var step = Long.parseLong(System.getenv("STEP"));
        var scenario = scenario(System.getenv("RUNTIME"));
        warmUp(scenario);
        var faults = 0;
        for (var number = 1L; ; number += step) {
            Allocations.fail(number);
            var outcome = run(scenario);
            var fault = Allocations.stop();
            if (fault == null && outcome.equals(NOTHING_LEFT)) {
                break;
            }
            faults++;
            if (outcome.isEmpty()) {
                report("hangs with allocation " + number + describe(fault));
                scenario = scenario(System.getenv("RUNTIME"));
                warmUp(scenario);
                continue;
            }
            outcome = run(scenario);
            if (!outcome.equals(NOTHING_LEFT)) {
                report("after allocation " + number + ": " + outcome + describe(fault));
            }
        }
        System.out.println(faults + " allocations failed");
        System.out.flush();
        Runtime.getRuntime().halt(0); // whatever hangs
    }

    private static Callable<?> scenario(String runtime) throws ReflectiveOperationException {
        return (Callable<?>) new FaultyClasses()
                .loadClass(Scenario.class.getName())
                .getConstructor(String.class)
                .newInstance(runtime);
    }

    /** @return empty if it hangs */
    private static String run(Callable<?> scenario) throws InterruptedException {
        var outcome = new AtomicReference<>("");
        var thread = Thread.ofPlatform().daemon().start(() -> {
            try {
                outcome.set(lastLine(scenario.call().toString()));
            } catch (Throwable e) {
                outcome.set("failed: " + e);
            }
        });
        thread.join(HANG);
        return outcome.get();
    }

    private static String lastLine(String text) {
        return text.strip().lines().reduce("", (before, line) -> line);
    }

    private static String describe(Throwable fault) {
        if (fault == null) {
            return "";
        }
        var text = new StringBuilder(" at");
        for (var frame : fault.getStackTrace()) {
            text.append("\n\t").append(frame);
        }
        return text.toString();
    }

    /** So that all classes have been initialized. */
    private static void warmUp(Callable<?> scenario) throws Exception {
        for (var i = 0; i < 5; i++) {
            scenario.call();
        }
    }

    private static void report(String text) {
        System.out.println(text);
        if (!Boolean.getBoolean("weft.faults.all")) {
            System.out.flush();
            Runtime.getRuntime().halt(1);
        }
    }
}

package dev.weft.benchmarks;

import dev.weft.Body;
import dev.weft.ContextPropagator;
import dev.weft.Defaults;
import dev.weft.Outcome;
import dev.weft.Registration;
import dev.weft.Task;
import dev.weft.TaskListener;
import dev.weft.Weft;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** A gather of a thousand bodies on a thread of no run, per task, with different defaults of the process installed. */
public class GatherWithDefaults extends Batch {

    private static final int SIZE = 1_000;
    private static final ThreadLocal<String> CONTEXT = new ThreadLocal<>();

    /** Those that are installed. */
    public enum Installed {
        NOTHING,
        /** One that carries a {@link ThreadLocal}. */
        PROPAGATOR,
        /** One that counts the begin and the end of each task. */
        LISTENER,
        BOTH
    }

    @Param
    public Installed installed;

    private final LongAdder told = new LongAdder();
    private Registration registration;

    @Setup
    public void install() {
        if (installed == Installed.NOTHING) {
            registration = () -> {};
            return;
        }
        var defaults = Defaults.builder();
        if (installed != Installed.LISTENER) {
            defaults.propagate(GatherWithDefaults::capture);
        }
        if (installed != Installed.PROPAGATOR) {
            defaults.listener(new TaskListener() {
                @Override
                public void started(Task<?> task) {
                    told.increment();
                }

                @Override
                public void ended(Task<?> task, Outcome<?> outcome, Duration ran) {
                    told.increment();
                }
            });
        }
        registration = Weft.install(defaults.build());
    }

    private static ContextPropagator.Snapshot capture() {
        var captured = CONTEXT.get();
        return () -> {
            var before = CONTEXT.get();
            CONTEXT.set(captured);
            return () -> CONTEXT.set(before);
        };
    }

    @TearDown
    public void remove() {
        registration.remove();
    }

    @Benchmark
    @OperationsPerInvocation(SIZE)
    public int gather() throws InterruptedException {
        CONTEXT.set("request");
        return sum(Weft.gather(GatherWithDefaults.<Body<Integer, RuntimeException>>list(SIZE, number -> () -> number)));
    }
}

package dev.weft.benchmarks;

import dev.weft.Body;
import dev.weft.Outcome;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.TaskListener;
import dev.weft.Weft;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import jdk.jfr.Recording;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** A gather of a thousand bodies, per task, while nobody looks, flights are recorded, or a listener counts. */
public class GatherObserved extends Batch {

    private static final int SIZE = 1_000;

    /** The observer. */
    public enum Observer {
        NOBODY,
        /** Everything at its default: tasks of 0.1 ms and longer, waits of 1 ms and longer. */
        RECORDING,
        /** Every task and every wait. */
        RECORDING_ALL,
        /** One that was stopped: the recorder has been used, and is off. */
        RECORDED,
        LISTENER
    }

    @Param
    public Observer observer;

    /** The work of a body, in {@link Blackhole}'s tokens of some nanoseconds. */
    @Param({"0", "5000"})
    public long work;

    private final LongAdder ended = new LongAdder();
    private Recording recording;
    private Runner runner;

    @Setup
    public void begin() {
        var builder = Runner.builder().signals(false);
        if (observer == Observer.LISTENER) {
            builder.listener(new TaskListener() {
                @Override
                public void ended(Task<?> task, Outcome<?> outcome, Duration ran) {
                    ended.increment();
                }
            });
        }
        runner = builder.build();
        if (observer == Observer.NOBODY || observer == Observer.LISTENER) {
            return;
        }
        recording = new Recording();
        if (observer == Observer.RECORDING_ALL) {
            recording.enable("dev.weft.Task").withThreshold(Duration.ZERO);
            recording.enable("dev.weft.Wait").withThreshold(Duration.ZERO);
        }
        recording.start();
        if (observer == Observer.RECORDED) {
            recording.stop();
        }
    }

    @TearDown
    public void end() {
        runner.close();
        if (recording != null) {
            recording.close();
        }
    }

    @Benchmark
    @OperationsPerInvocation(SIZE)
    public int gather() throws InterruptedException {
        return runner.run(
                () -> sum(Weft.gather(GatherObserved.<Body<Integer, RuntimeException>>list(SIZE, this::body))));
    }

    private Body<Integer, RuntimeException> body(int number) {
        return () -> {
            Blackhole.consumeCPU(work);
            return number;
        };
    }
}

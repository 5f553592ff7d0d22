package dev.weft.benchmarks;

import dev.weft.Body;
import dev.weft.EventLoop;
import dev.weft.Weft;
import java.time.Duration;
import org.openjdk.jmh.annotations.Benchmark;

/** {@value #TASKS} tasks that let the others run {@value #TIMES} times each. */
public class Yields extends Batch {

    static final int TASKS = 1000;
    static final int TIMES = 400;

    @Benchmark
    public void weft() throws InterruptedException {
        weftYields();
    }

    @Benchmark
    public void weftEventLoop() throws InterruptedException {
        EventLoop.run(Yields::weftYields);
    }

    private static void weftYields() throws InterruptedException {
        Weft.gather(Yields.<Body<Integer, RuntimeException>>list(TASKS, number -> () -> {
            for (var i = 0; i < TIMES; i++) {
                Weft.sleep(Duration.ZERO);
            }
            return number;
        }));
    }

    @Benchmark
    public void virtualThreads() throws InterruptedException {
        var threads = list(
                TASKS,
                number -> Thread.startVirtualThread(() -> {
                    for (var i = 0; i < TIMES; i++) {
                        Thread.yield();
                    }
                }));
        for (var thread : threads) {
            thread.join();
        }
    }

    @Benchmark
    public void kotlinDefault() {
        Coroutines.yields(Coroutines.DEFAULT, TASKS, TIMES);
    }

    @Benchmark
    public void kotlinRunBlocking() {
        Coroutines.yields(Coroutines.RUN_BLOCKING, TASKS, TIMES);
    }
}

package dev.weft.benchmarks;

import com.softwaremill.jox.Channel;
import com.softwaremill.jox.structured.Scopes;
import dev.weft.EventLoop;
import dev.weft.Weft;
import dev.weft.sync.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import org.openjdk.jmh.annotations.Benchmark;

/** Two tasks throw a ball to and fro, {@value #TIMES} throws in all, through queues that hold one. */
public class HandOver extends Batch {

    static final int TIMES = 10_000;

    @Benchmark
    public void weft() throws InterruptedException {
        weftThrows();
    }

    @Benchmark
    public void weftEventLoop() throws InterruptedException {
        EventLoop.run(HandOver::weftThrows);
    }

    private static void weftThrows() throws InterruptedException {
        var there = new Queue<Integer>(1);
        var back = new Queue<Integer>(1);
        Weft.gather(
                () -> {
                    for (var i = 0; i < TIMES / 2; i++) {
                        there.put(i);
                        back.get();
                    }
                },
                () -> {
                    for (var i = 0; i < TIMES / 2; i++) {
                        back.put(there.get());
                    }
                });
    }

    @Benchmark
    public void virtualThreads() throws InterruptedException {
        var there = new ArrayBlockingQueue<Integer>(1);
        var back = new ArrayBlockingQueue<Integer>(1);
        var throwing = start(() -> {
            for (var i = 0; i < TIMES / 2; i++) {
                there.put(i);
                back.take();
            }
        });
        var answering = start(() -> {
            for (var i = 0; i < TIMES / 2; i++) {
                back.put(there.take());
            }
        });
        throwing.join();
        answering.join();
    }

    /** A body that blocks. */
    interface Blocking {
        void run() throws InterruptedException;
    }

    static Thread start(Blocking body) {
        return Thread.startVirtualThread(() -> {
            try {
                body.run();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Benchmark
    public void jox() throws InterruptedException {
        var there = Channel.<Integer>newBufferedChannel(1);
        var back = Channel.<Integer>newBufferedChannel(1);
        Scopes.supervised(scope -> {
            scope.fork(() -> {
                for (var i = 0; i < TIMES / 2; i++) {
                    back.send(there.receive());
                }
                return null;
            });
            for (var i = 0; i < TIMES / 2; i++) {
                there.send(i);
                back.receive();
            }
            return null;
        });
    }

    @Benchmark
    public void kotlinDefault() {
        Coroutines.handOver(Coroutines.DEFAULT, TIMES);
    }

    @Benchmark
    public void kotlinRunBlocking() {
        Coroutines.handOver(Coroutines.RUN_BLOCKING, TIMES);
    }
}

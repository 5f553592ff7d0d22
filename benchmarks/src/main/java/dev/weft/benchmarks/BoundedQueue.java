package dev.weft.benchmarks;

import com.softwaremill.jox.Channel;
import com.softwaremill.jox.structured.Scopes;
import dev.weft.EventLoop;
import dev.weft.Weft;
import dev.weft.sync.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import org.openjdk.jmh.annotations.Benchmark;

/** One task puts {@value #TIMES} items into a queue that holds {@value #CAPACITY}, another takes them out. */
public class BoundedQueue extends Batch {

    static final int TIMES = 10_000;
    static final int CAPACITY = 16;

    @Benchmark
    public void weft() throws InterruptedException {
        weftQueue();
    }

    @Benchmark
    public void weftEventLoop() throws InterruptedException {
        EventLoop.run(BoundedQueue::weftQueue);
    }

    private static void weftQueue() throws InterruptedException {
        var queue = new Queue<Integer>(CAPACITY);
        Weft.gather(
                () -> {
                    for (var i = 0; i < TIMES; i++) {
                        queue.put(i);
                    }
                },
                () -> {
                    for (var i = 0; i < TIMES; i++) {
                        queue.get();
                    }
                });
    }

    @Benchmark
    public void virtualThreads() throws InterruptedException {
        var queue = new ArrayBlockingQueue<Integer>(CAPACITY);
        var putting = HandOver.start(() -> {
            for (var i = 0; i < TIMES; i++) {
                queue.put(i);
            }
        });
        var taking = HandOver.start(() -> {
            for (var i = 0; i < TIMES; i++) {
                queue.take();
            }
        });
        putting.join();
        taking.join();
    }

    @Benchmark
    public void jox() throws InterruptedException {
        var channel = Channel.<Integer>newBufferedChannel(CAPACITY);
        Scopes.supervised(scope -> {
            scope.fork(() -> {
                for (var i = 0; i < TIMES; i++) {
                    channel.send(i);
                }
                return null;
            });
            for (var i = 0; i < TIMES; i++) {
                channel.receive();
            }
            return null;
        });
    }

    @Benchmark
    public void kotlinDefault() {
        Coroutines.boundedQueue(Coroutines.DEFAULT, CAPACITY, TIMES);
    }

    @Benchmark
    public void kotlinRunBlocking() {
        Coroutines.boundedQueue(Coroutines.RUN_BLOCKING, CAPACITY, TIMES);
    }
}

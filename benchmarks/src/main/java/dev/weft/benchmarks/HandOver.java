package dev.weft.benchmarks;

import com.softwaremill.jox.Channel;
import com.softwaremill.jox.structured.Scopes;
import dev.weft.Body;
import dev.weft.EventLoop;
import dev.weft.Weft;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SynchronousQueue;
import org.openjdk.jmh.annotations.Benchmark;

/** Two tasks throw a ball to and fro, {@value #TIMES} throws in all; each waits until the other has thrown. */
public class HandOver extends Batch {

    static final int TIMES = 10_000;

    @Benchmark
    public void weft() throws InterruptedException {
        var there = new SynchronousQueue<Integer>();
        var back = new SynchronousQueue<Integer>();
        Weft.gather(throwing(there, back), answering(there, back));
    }

    private static Body<Integer, RuntimeException> throwing(
            SynchronousQueue<Integer> there, SynchronousQueue<Integer> back) {
        return () -> {
            var last = 0;
            for (var i = 0; i < TIMES / 2; i++) {
                there.put(i);
                last = back.take();
            }
            return last;
        };
    }

    private static Body<Integer, RuntimeException> answering(
            SynchronousQueue<Integer> there, SynchronousQueue<Integer> back) {
        return () -> {
            var last = 0;
            for (var i = 0; i < TIMES / 2; i++) {
                last = there.take();
                back.put(last);
            }
            return last;
        };
    }

    @Benchmark
    public void weftEventLoop() throws InterruptedException {
        EventLoop.run(() -> {
            var balls = new Balls();
            Weft.gather(balls::throwing, balls::answering);
        });
    }

    /** On an event loop a ball is a future that the other one awaits. */
    private static final class Balls {
        private CompletableFuture<Integer> there = new CompletableFuture<>();
        private CompletableFuture<Integer> back = new CompletableFuture<>();

        int throwing() throws InterruptedException {
            var last = 0;
            for (var i = 0; i < TIMES / 2; i++) {
                there.complete(i);
                last = Weft.await(back);
                back = new CompletableFuture<>();
            }
            return last;
        }

        int answering() throws InterruptedException {
            var last = 0;
            for (var i = 0; i < TIMES / 2; i++) {
                last = Weft.await(there);
                there = new CompletableFuture<>();
                back.complete(last);
            }
            return last;
        }
    }

    @Benchmark
    public void virtualThreads() throws InterruptedException {
        var there = new SynchronousQueue<Integer>();
        var back = new SynchronousQueue<Integer>();
        var throwing = start(throwing(there, back));
        var answering = start(answering(there, back));
        throwing.join();
        answering.join();
    }

    private static Thread start(Body<Integer, RuntimeException> body) {
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
        var there = Channel.<Integer>newRendezvousChannel();
        var back = Channel.<Integer>newRendezvousChannel();
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

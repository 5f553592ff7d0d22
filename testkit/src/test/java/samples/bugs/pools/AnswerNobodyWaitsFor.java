package samples.bugs.pools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.test.junit.SimulationTest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import samples.bugs.Bug;

/** A pool asks whether a request has been given up, and then completes it: a connection goes to nobody. */
@Bug(report = "redis/lettuce#3607", needs = Bug.Needs.CALLS, finding = "expected: <1> but was: <0>")
class AnswerNobodyWaitsFor {

    private record Connection(int number) {}

    private record Pool(AtomicInteger idle, BiConsumer<Pool, CompletableFuture<Connection>> answer) {

        CompletableFuture<Connection> acquire() {
            var request = new CompletableFuture<Connection>();
            Thread.startVirtualThread(() -> {
                try {
                    Thread.sleep(100); // connects
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                idle.decrementAndGet();
                answer.accept(this, request);
            });
            return request;
        }

        void release(Connection connection) {
            idle.incrementAndGet();
        }
    }

    private static void answerIfNotDone(Pool pool, CompletableFuture<Connection> request) {
        var connection = new Connection(1);
        if (request.isDone()) {
            pool.release(connection);
        } else {
            request.complete(connection);
        }
    }

    private static void answerOrTakeBack(Pool pool, CompletableFuture<Connection> request) {
        var connection = new Connection(1);
        if (!request.complete(connection)) {
            pool.release(connection);
        }
    }

    private static void giveUpWhenItComes(BiConsumer<Pool, CompletableFuture<Connection>> answer) throws Exception {
        var pool = new Pool(new AtomicInteger(1), answer);
        var request = pool.acquire();
        try {
            pool.release(request.orTimeout(100, TimeUnit.MILLISECONDS).join());
        } catch (CompletionException e) {
            Thread.sleep(1); // late answers come in
        }
        assertEquals(1, pool.idle().get());
    }

    @SimulationTest(deep = true)
    void broken() throws Exception {
        giveUpWhenItComes(AnswerNobodyWaitsFor::answerIfNotDone);
    }

    @SimulationTest(deep = true)
    void mended() throws Exception {
        giveUpWhenItComes(AnswerNobodyWaitsFor::answerOrTakeBack);
    }
}

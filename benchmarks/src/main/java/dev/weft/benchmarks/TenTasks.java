package dev.weft.benchmarks;

import com.softwaremill.jox.structured.Par;
import dev.weft.Body;
import dev.weft.EventLoop;
import dev.weft.Weft;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.StructuredTaskScope.Subtask;

/** A whole program: starts ten tasks, awaits them, and ends. {@link WholeProgram} runs it in processes of its own. */
public final class TenTasks {

    private static final int TASKS = 10;

    private TenTasks() {}

    /**
     * Does it with the peer that the argument names.
     *
     * @throws IllegalArgumentException if no peer is called so
     */
    public static void main(String[] args) throws InterruptedException {
        // Each in a class of its own, so that one peer's program does not load another's.
        switch (args[0]) {
            case "weft" -> OnWeft.run();
            case "weftEventLoop" -> OnEventLoop.run();
            case "virtualThreads" -> OnThreads.run();
            case "completableFuture" -> OnFutures.run();
            case "structuredTaskScope" -> OnScope.run();
            case "jox" -> OnJox.run();
            case "kotlinDefault" -> Coroutines.gather(Coroutines.DEFAULT, TASKS, 1);
            case "kotlinRunBlocking" -> Coroutines.gather(Coroutines.RUN_BLOCKING, TASKS, 1);
            default -> throw new IllegalArgumentException("no peer is called " + args[0]);
        }
    }

    private static final class OnWeft {
        static void run() throws InterruptedException {
            Weft.gather(Batch.<Body<Integer, RuntimeException>>list(TASKS, number -> () -> number));
        }
    }

    private static final class OnEventLoop {
        static void run() throws InterruptedException {
            EventLoop.run(
                    () -> Weft.gather(Batch.<Body<Integer, RuntimeException>>list(TASKS, number -> () -> number)));
        }
    }

    private static final class OnThreads {
        static void run() throws InterruptedException {
            var threads = Batch.list(TASKS, _ -> Thread.startVirtualThread(() -> {}));
            for (var thread : threads) {
                thread.join();
            }
        }
    }

    private static final class OnFutures {
        static void run() {
            var futures = Batch.list(TASKS, number -> CompletableFuture.supplyAsync(() -> number, Batch.EXECUTOR));
            CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)).join();
        }
    }

    private static final class OnScope {
        static void run() throws InterruptedException {
            try (var scope = StructuredTaskScope.<Integer>open()) {
                var tasks = new ArrayList<Subtask<Integer>>();
                for (int i = 0; i < TASKS; i++) {
                    var number = i;
                    tasks.add(scope.fork(() -> number));
                }
                scope.join();
                tasks.forEach(Subtask::get);
            }
        }
    }

    private static final class OnJox {
        static void run() throws InterruptedException {
            Par.par(Batch.<Callable<Integer>>list(TASKS, number -> () -> number));
        }
    }
}

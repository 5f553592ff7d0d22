package dev.weft;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * J21: starts 1,000,000 sleeping tasks (or as many as the argument says), tells how much heap they take, and cancels
 * them. To be run by hand, with {@code -Xmx4g}.
 */
final class MillionTasks {

    private static final int MILLION = 1_000_000;

    private MillionTasks() {}

    @SuppressWarnings("SystemOut") // a program
    static void main(String[] args) throws Exception {
        var count = args.length == 0 ? MILLION : Integer.parseInt(args[0]);
        Weft.run(() -> {
            var asleep = new AtomicInteger();
            var ended = new AtomicInteger();
            var allSleep = new Gate();
            var emptyHeap = usedHeap();
            var start = System.nanoTime();
            taskGroup(group -> {
                for (var i = 0; i < count; i++) {
                    group.createTask(() -> {
                        if (asleep.incrementAndGet() == count) {
                            allSleep.open();
                        }
                        try {
                            sleep(FOREVER);
                        } finally {
                            ended.incrementAndGet();
                        }
                    });
                }
                allSleep.await();
                System.out.printf("%,d tasks sleep after %,d ms%n", count, millisSince(start));
                var heap = usedHeap() - emptyHeap;
                System.out.printf("heap in use: %,d MiB, %,d bytes a task%n", heap >> 20, heap / count);
                group.cancel();
                System.out.printf("all were asked to stop after %,d ms%n", millisSince(start));
            });
            System.out.printf("%,d have ended after %,d ms%n", ended.get(), millisSince(start));
        });
    }

    private static long millisSince(long start) {
        return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }

    /** After a collection. */
    private static long usedHeap() {
        System.gc();
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}

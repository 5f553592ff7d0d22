package dev.weft.examples;

import static dev.weft.Weft.*;
import static dev.weft.examples.Example.seconds;

import java.util.stream.IntStream;

/** {@code asCompleted}: counting what has been done. */
public final class P10AsCompletedWithProgressUpdates {

    record Item(int id, String data) {}

    static Item fetch(int id, double delay) throws InterruptedException {
        sleep(seconds(delay));
        return new Item(id, "result_" + id);
    }

    public static void main(String... args) throws Exception {
        Example.run(args, () -> {
            var tasks = IntStream.rangeClosed(1, 5)
                    .mapToObj(i -> createTask(() -> fetch(i, i * 0.5)))
                    .toList();
            var total = tasks.size();

            var completed = 0;
            for (var next : asCompleted(tasks)) {
                var result = next.await();
                completed++;
                IO.println("[" + completed + "/" + total + "] Got result: " + result.id());
            }
        });
    }
}

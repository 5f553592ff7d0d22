package dev.weft.sync;

import static dev.weft.Weft.createTask;

import dev.weft.Task;
import dev.weft.Tasks;
import dev.weft.VoidBody;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;

/** Tasks that come to wait one after the other, so that the order of their coming is known. */
final class Arrivals {

    private Arrivals() {}

    /** Starts {@code count} tasks 0, 1, …, each when the one before it is among those that {@code waiting} counts. */
    static List<Task<?>> of(int count, IntSupplier waiting, IntFunction<VoidBody<?>> body) throws InterruptedException {
        var tasks = new ArrayList<Task<?>>();
        var before = waiting.getAsInt();
        for (var i = 0; i < count; i++) {
            tasks.add(createTask("waiter-" + i, body.apply(i)));
            var expected = before + i + 1;
            Tasks.awaitTrue(() -> waiting.getAsInt() == expected);
        }
        return tasks;
    }

    /** Waits for all of them to end, without looking at how. */
    static void join(List<Task<?>> tasks) throws InterruptedException {
        Tasks.join(tasks.toArray(Task<?>[]::new));
    }
}

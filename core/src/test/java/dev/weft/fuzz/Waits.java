package dev.weft.fuzz;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.currentTask;
import static dev.weft.Weft.dump;
import static dev.weft.Weft.sleep;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Steps without bodies of their own. */
final class Waits {

    private Waits() {}

    static void random(Step step) throws Exception {
        switch (step.pick(9)) {
            case 0, 1 -> sleep(Duration.ZERO);
            case 2 -> sleep(step.soon());
            case 3 -> blocking(() -> Thread.sleep(step.soon()));
            case 4 -> Thread.currentThread().interrupt();
            case 5 -> currentTask().ifPresent(task -> task.cancel(HostileObjects.reason(step.random())));
            case 6 -> await(CompletableFuture.completedFuture(1));
            case 7 -> {
                if (step.pick(20) == 0) {
                    var unused = dump().toString();
                }
            }
            default -> Thread.onSpinWait();
        }
    }
}

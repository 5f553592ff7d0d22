package dev.weft.shop;

import dev.weft.StartedRun;
import dev.weft.Task;
import dev.weft.TaskOptions;
import dev.weft.Weft;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Background work: keeps the number of orders fresh for as long as the application lives. */
@Component
class Refresher {

    private static final Logger LOG = LoggerFactory.getLogger(Refresher.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final StartedRun run;
    private final Orders orders;
    private volatile long count;
    private volatile @Nullable Task<?> task;

    Refresher(StartedRun run, Orders orders) {
        this.run = run;
        this.orders = orders;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        task = run.createTask(TaskOptions.named("refresher"), () -> {
            while (true) {
                count = orders.count();
                Weft.sleep(PAUSE);
            }
        });
    }

    /** A loop without an end has nothing to be drained of. */
    @EventListener(ContextClosedEvent.class)
    void stop() {
        var running = task;
        if (running != null && running.cancel("the shop closes")) {
            LOG.info("the refresher stops; there were {} orders", count);
        }
    }
}

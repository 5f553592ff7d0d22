package dev.weft.shop;

import dev.weft.StartedRun;
import dev.weft.TaskOptions;
import dev.weft.Weft;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Work that goes on when the request has been answered, and is drained at shutdown. */
@RestController
class InvoiceController {

    private static final Logger LOG = LoggerFactory.getLogger(InvoiceController.class);
    private static final Duration WORK = Duration.ofSeconds(2);

    private final StartedRun run;
    private final Orders orders;

    InvoiceController(StartedRun run, Orders orders) {
        this.run = run;
        this.orders = orders;
    }

    @PostMapping("/orders/{id}/invoice")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void invoice(@PathVariable int id) {
        run.createTask(TaskOptions.named("invoice"), () -> {
            Weft.sleep(WORK);
            LOG.info("invoice of {} sent", orders.customer(id).value());
        });
    }
}

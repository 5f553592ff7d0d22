package dev.weft.shop;

import dev.weft.StartedRun;
import dev.weft.TaskOptions;
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

    private final StartedRun run;
    private final Suppliers suppliers;
    private final Orders orders;

    InvoiceController(StartedRun run, Suppliers suppliers, Orders orders) {
        this.run = run;
        this.suppliers = suppliers;
        this.orders = orders;
    }

    @PostMapping("/orders/{id}/invoice")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void invoice(@PathVariable int id) {
        run.createTask(TaskOptions.named("invoice"), () -> {
            suppliers.ask("courier", id);
            LOG.info("invoice of {} sent", orders.customer(id).value());
        });
    }
}

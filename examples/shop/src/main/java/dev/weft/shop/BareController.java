package dev.weft.shop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The same order without Weft, to measure against; its tasks have no context, and go on when one has failed. */
@RestController
class BareController {

    private static final ExecutorService VIRTUAL = Executors.newVirtualThreadPerTaskExecutor();

    private final Suppliers suppliers;
    private final Orders orders;
    private final ShopProperties properties;

    BareController(Suppliers suppliers, Orders orders, ShopProperties properties) {
        this.suppliers = suppliers;
        this.orders = orders;
        this.properties = properties;
    }

    @GetMapping("/bare/orders/{id}")
    Order threads(@PathVariable int id) throws InterruptedException, ExecutionException {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var price = executor.submit(() -> suppliers.ask("price", id));
            var stock = executor.submit(() -> suppliers.ask("stock", id));
            var shipping = executor.submit(() -> suppliers.ask("shipping", id));
            var item = executor.submit(() -> orders.item(id));
            var customer = executor.submit(() -> orders.customer(id));
            return OrderController.order(id, item.get(), customer.get(), price.get(), stock.get(), shipping.get());
        }
    }

    @GetMapping("/future/orders/{id}")
    Order futures(@PathVariable int id) throws InterruptedException, ExecutionException, TimeoutException {
        var price = CompletableFuture.supplyAsync(() -> suppliers.ask("price", id), VIRTUAL);
        var stock = CompletableFuture.supplyAsync(() -> suppliers.ask("stock", id), VIRTUAL);
        var shipping = CompletableFuture.supplyAsync(() -> suppliers.ask("shipping", id), VIRTUAL);
        var item = CompletableFuture.supplyAsync(() -> orders.item(id), VIRTUAL);
        var customer = CompletableFuture.supplyAsync(() -> orders.customer(id), VIRTUAL);
        CompletableFuture.allOf(price, stock, shipping, item, customer)
                .get(properties.limit().toMillis(), TimeUnit.MILLISECONDS);
        return OrderController.order(id, item.join(), customer.join(), price.join(), stock.join(), shipping.join());
    }
}

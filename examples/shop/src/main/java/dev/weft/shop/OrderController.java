package dev.weft.shop;

import dev.weft.Weft;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The controller that is all that Weft asks for. */
@RestController
class OrderController {

    private final Suppliers suppliers;
    private final Orders orders;
    private final ShopProperties properties;

    OrderController(Suppliers suppliers, Orders orders, ShopProperties properties) {
        this.suppliers = suppliers;
        this.orders = orders;
        this.properties = properties;
    }

    @GetMapping("/orders/{id}")
    Order order(@PathVariable int id) throws TimeoutException, InterruptedException {
        return Weft.timeout(
                properties.limit(),
                () -> Weft.combine(
                        () -> suppliers.ask("price", id),
                        () -> suppliers.ask("stock", id),
                        () -> suppliers.ask("shipping", id),
                        () -> orders.item(id),
                        () -> orders.customer(id),
                        (price, stock, shipping, item, customer) -> order(id, item, customer, price, stock, shipping)));
    }

    /** A query that is too slow for its limit. */
    @GetMapping("/slow")
    String slow(@RequestParam(defaultValue = "3") double seconds, @RequestParam(defaultValue = "100") long limit)
            throws TimeoutException, InterruptedException {
        Weft.timeout(Duration.ofMillis(limit), () -> orders.slow(seconds));
        return "in time";
    }

    static Order order(int id, Orders.Found item, Orders.Found customer, Seen[]... asked) {
        var seen = Stream.concat(
                Stream.of(item.seen(), customer.seen()), Stream.of(asked).flatMap(Stream::of));
        return new Order(id, item.value(), customer.value(), List.copyOf(seen.toList()));
    }
}

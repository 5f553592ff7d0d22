package dev.weft.shop;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/**
 * A service that answers one request by three HTTP calls and two queries. {@code examples/run Shop} starts it;
 * {@code examples/run ShopLoad} puts load on it.
 */
@SpringBootApplication
@EnableConfigurationProperties(ShopProperties.class)
public class Shop {

    /** Takes Spring's arguments, such as {@code --server.port=8081}. */
    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals("load")) {
            Load.main(java.util.Arrays.copyOfRange(args, 1, args.length));
            return;
        }
        SpringApplication.run(Shop.class, args);
    }
}

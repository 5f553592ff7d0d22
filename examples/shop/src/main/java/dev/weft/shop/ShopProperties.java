package dev.weft.shop;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code shop.*}.
 *
 * @param databaseUrl a PostgreSQL server, as a JDBC URL with user and password; one is started if it is empty
 * @param pool how many connections there are
 * @param suppliersUrl where the suppliers are; a server of the shop's own plays them if it is empty
 * @param supplierDelay how long a supplier takes to answer
 * @param limit how long an order may take
 */
@ConfigurationProperties("shop")
record ShopProperties(
        @DefaultValue("") String databaseUrl,
        @DefaultValue("10") int pool,
        @DefaultValue("") String suppliersUrl,
        @DefaultValue("50ms") Duration supplierDelay,
        @DefaultValue("30s") Duration limit) {}

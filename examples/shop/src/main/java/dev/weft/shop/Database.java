package dev.weft.shop;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A server of one's own, or one that lives as long as the shop. */
@Configuration(proxyBeanMethods = false)
class Database {

    /** Without a shutdown hook: the requests in flight at a shutdown still need it. Spring closes it at the end. */
    @Bean(destroyMethod = "close")
    @ConditionalOnProperty(name = "shop.database-url", havingValue = "", matchIfMissing = true)
    EmbeddedPostgres postgres() throws IOException {
        return EmbeddedPostgres.builder().setRegisterShutdownHook(false).start();
    }

    @Bean
    HikariDataSource dataSource(ShopProperties properties, ObjectProvider<EmbeddedPostgres> postgres) {
        var config = new HikariConfig();
        config.setJdbcUrl(url(properties, postgres.getIfAvailable()));
        config.setMaximumPoolSize(properties.pool());
        config.setConnectionTimeout(30_000);
        return new HikariDataSource(config);
    }

    private static String url(ShopProperties properties, @Nullable EmbeddedPostgres started) {
        return started == null ? properties.databaseUrl() : started.getJdbcUrl("postgres", "postgres");
    }
}

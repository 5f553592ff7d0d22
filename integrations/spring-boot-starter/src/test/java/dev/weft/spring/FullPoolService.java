package dev.weft.spring;

import com.zaxxer.hikari.HikariDataSource;
import dev.weft.Body;
import dev.weft.Weft;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A service whose only connection is taken. */
@Configuration(proxyBeanMethods = false)
class FullPoolService {

    @Bean
    HikariDataSource dataSource() {
        var pool = new HikariDataSource();
        pool.setJdbcUrl("jdbc:h2:mem:full");
        pool.setMaximumPoolSize(1);
        return pool;
    }

    @RestController
    static class Controller implements AutoCloseable {

        private final JdbcClient database;
        private final Connection taken;

        Controller(DataSource dataSource) throws SQLException {
            database = JdbcClient.create(dataSource);
            taken = dataSource.getConnection();
        }

        private int query() {
            return database.sql("select 1").query(Integer.class).single();
        }

        @GetMapping("/query")
        int onTheThread() throws TimeoutException, InterruptedException {
            return Weft.timeout(Duration.ofMillis(10), this::query);
        }

        @GetMapping("/query-in-a-task")
        int inATask() throws Exception {
            Body<Integer, Exception> query = this::query;
            return Weft.timeout(
                    Duration.ofMillis(10), () -> Weft.gather(List.of(query)).getFirst());
        }

        /** An exception that nobody's interrupt has brought about, although the limit has passed. */
        @GetMapping("/failure-after-the-limit")
        int failure() throws TimeoutException, InterruptedException {
            return Weft.timeout(Duration.ofMillis(10), () -> {
                try {
                    Weft.sleep(Weft.FOREVER);
                } catch (InterruptedException e) {
                    // what comes next is another fault
                }
                throw new IllegalArgumentException("a fault of its own");
            });
        }

        @Override
        public void close() throws SQLException {
            taken.close();
        }
    }
}

package dev.weft.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Outcome;
import dev.weft.Weft;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.RollbackOn;
import org.springframework.transaction.annotation.Transactional;

/** Limits around and within transactions of Spring's, as docs/service.md says. */
final class TransactionTest {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class))
            .withPropertyValues("spring.datasource.generate-unique-name=true")
            .withBean(Orders.class);

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement
    static class AsSpringHasIt extends Manager {}

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement(rollbackOn = RollbackOn.ALL_EXCEPTIONS)
    static class RollingBack extends Manager {}

    static class Manager {

        @Bean
        JdbcTransactionManager transactionManager(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }
    }

    /** Each call writes a row, and is stopped before it is complete. */
    static class Orders {

        private final JdbcClient jdbc;

        Orders(DataSource dataSource) {
            jdbc = JdbcClient.create(dataSource);
            jdbc.sql("create table orders (name varchar)").update();
        }

        @Transactional
        public void limitWithin() throws TimeoutException, InterruptedException {
            insert("limit within");
            Weft.timeout(Duration.ofMillis(1), () -> Weft.sleep(Weft.FOREVER));
        }

        @Transactional
        public void cancelled() throws InterruptedException {
            insert("cancelled");
            waitForCancel();
        }

        @Transactional(rollbackFor = Exception.class)
        public void withRollback() throws InterruptedException {
            insert("with rollback");
            waitForCancel();
        }

        /** As when a limit around the call passes, at an exact place. */
        private static void waitForCancel() throws InterruptedException {
            Weft.currentTask().orElseThrow().cancel("stopped");
            Weft.sleep(Weft.FOREVER);
        }

        private void insert(String name) {
            jdbc.sql("insert into orders values (?)").param(name).update();
        }

        public List<String> names() {
            return jdbc.sql("select name from orders").query(String.class).list();
        }
    }

    @Test
    void transactionThatALimitStops_isCommitted_unlessItIsToldToRollBack() {
        application.withUserConfiguration(AsSpringHasIt.class).run(context -> {
            var orders = context.getBean(Orders.class);
            stopAll(orders);
            assertThat(orders.names()).containsExactly("limit within", "cancelled");
        });
        application.withUserConfiguration(RollingBack.class).run(context -> {
            var orders = context.getBean(Orders.class);
            stopAll(orders);
            assertThat(orders.names()).isEmpty();
        });
    }

    private static void stopAll(Orders orders) throws InterruptedException {
        assertThatThrownBy(orders::limitWithin).isInstanceOf(TimeoutException.class);
        assertThat(Weft.settle(orders::cancelled, orders::withRollback)).hasOnlyElementsOfType(Outcome.Cancelled.class);
    }
}

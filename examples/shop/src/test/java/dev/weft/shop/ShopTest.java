package dev.weft.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ContextPropagator;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The shop under load, in this process, on a real PostgreSQL; {@code -Dweft.shop.load=1000} for more of it. */
final class ShopTest {

    static final int IN_FLIGHT = Integer.getInteger("weft.shop.load", 200);

    private static ConfigurableApplicationContext context;
    private static MeterRegistry registry;
    private static String url;

    @BeforeAll
    static void start() {
        context = new SpringApplicationBuilder(Shop.class, Fault.class)
                .run(
                        "--server.port=0",
                        "--shop.supplier-delay=200ms",
                        "--logging.config=classpath:logback-test.xml",
                        "--shop.database-url=" + System.getProperty("weft.postgres.url", ""));
        registry = context.getBean(MeterRegistry.class);
        url = "http://127.0.0.1:"
                + ((WebServerApplicationContext) context).getWebServer().getPort();
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    /** A propagator with a fault, if it is switched on: it mixes up the users of a few tasks. */
    static class Fault {

        static final AtomicBoolean IS_ON = new AtomicBoolean();
        static final AtomicInteger MADE = new AtomicInteger();

        @Bean
        @Order // the last
        ContextPropagator fault() {
            return () -> () -> {
                if (!IS_ON.get() || !String.valueOf(MDC.get("user")).endsWith("7")) {
                    return () -> {};
                }
                var before = MDC.get("user");
                MDC.put("user", "somebody else");
                MADE.incrementAndGet();
                return () -> MDC.put("user", before);
            };
        }
    }

    private Load load() {
        return new Load(url);
    }

    private double tasks(String outcome) {
        return registry.find("weft.tasks").tags("call", "combine", "outcome", outcome).timers().stream()
                .mapToDouble(timer -> timer.count())
                .sum();
    }

    @Test
    void v2_contextIsRightInEachTaskOfManyRequestsInFlight() throws Exception {
        var before = tasks("success");
        var result = load().run("/orders/", IN_FLIGHT, IN_FLIGHT, true);
        assertThat(result.failures()).isEmpty();
        assertThat(result.wrong()).isEmpty();
        assertThat(result.millis()).hasSize(IN_FLIGHT);
        // v9: what the clients have counted, times the five parts of an order
        assertThat(tasks("success") - before).isEqualTo(5.0 * IN_FLIGHT);
        assertThat(tasks("failure")).isZero();
        assertThat(registry.get("weft.tasks.running")
                        .tag("call", "combine")
                        .gauge()
                        .value())
                .isZero();
    }

    @Test
    void v2_faultInTheContextIsFound() throws Exception {
        Fault.MADE.set(0);
        Fault.IS_ON.set(true);
        try {
            var result = load().run("/orders/", 100, 50, true);
            assertThat(result.failures()).isEmpty();
            assertThat(Fault.MADE).hasPositiveValue();
            assertThat(result.wrong())
                    .hasSize(10)
                    .allSatisfy(
                            fault -> assertThat(fault).contains("somebody else").containsPattern("^\\d*7:"));
        } finally {
            Fault.IS_ON.set(false);
        }
    }

    @Test
    void v4_queriesUnderALimitAre504AndLeaveNothingBehind() throws Exception {
        var before = registry.find("http.server.requests").tag("status", "504").timers().stream()
                .mapToLong(timer -> timer.count())
                .sum();
        try (var http = HttpClient.newHttpClient()) {
            var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
            var request = HttpRequest.newBuilder(URI.create(url + "/slow?seconds=60&limit=100"))
                    .build();
            for (var i = 0; i < 100; i++) {
                answers.add(http.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
            }
            for (var answer : answers) {
                assertThat(answer.get().statusCode()).as(answer.get().body()).isEqualTo(504);
            }
        }
        var database = context.getBean(JdbcClient.class);
        assertThat(database.sql("select count(*) from pg_stat_activity where state = 'active' and query like"
                                + " '%pg_sleep(%' and pid <> pg_backend_pid()")
                        .query(Integer.class)
                        .single())
                .isZero();
        for (var i = 0; i < 20; i++) {
            try (var connection = context.getBean(DataSource.class).getConnection()) {
                assertThat(connection.isValid(10)).isTrue();
            }
        }
        assertThat(registry.get("http.server.requests").tag("status", "504").timers().stream()
                        .mapToLong(timer -> timer.count())
                        .sum())
                .isEqualTo(before + 100);
    }

    @Test
    void bareControllersAnswerTheSame() throws Exception {
        for (var path : new String[] {"/bare/orders/", "/future/orders/"}) {
            var result = load().run(path, 50, 10, false);
            assertThat(result.failures()).as(path).isEmpty();
            assertThat(result.wrong()).as(path).isEmpty();
        }
    }
}

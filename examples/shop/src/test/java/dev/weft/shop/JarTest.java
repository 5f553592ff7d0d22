package dev.weft.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** The jar of jars in one process of its own: looked into from outside, and then ended by SIGTERM under load. */
@Tag("jar")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class JarTest {

    private static final int IN_FLIGHT = ShopTest.IN_FLIGHT;
    private static final int INVOICES = 20;

    private final HttpClient http = HttpClient.newHttpClient();
    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private final Semaphore waiting = new Semaphore(0);
    private SupplierServer suppliers;
    private Shopping shop;

    @BeforeAll
    void start() throws Exception {
        suppliers = new SupplierServer(() -> {
            waiting.release();
            mayAnswer.await();
        });
        shop = Shopping.start(
                java("-Xmx1g", "-jar", System.getProperty("weft.shop.jar")),
                List.of("--shop.suppliers-url=" + suppliers.url(), "--weft.run.drain=20s"));
    }

    @AfterAll
    void stop() throws Exception {
        mayAnswer.countDown();
        shop.close();
        suppliers.close();
        http.close();
    }

    /** A command that starts fast. */
    private static List<String> java(String... arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        command.addAll(List.of(arguments));
        return command;
    }

    private CompletableFuture<HttpResponse<String>> order(int number) {
        return http.sendAsync(
                HttpRequest.newBuilder(URI.create(shop.url() + "/orders/" + (1 + number % 1_000)))
                        .header(Users.HEADER, "user-" + number)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Waits until each of the orders waits for its three suppliers. */
    private List<CompletableFuture<HttpResponse<String>>> inFlight(int orders) throws Exception {
        var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (var i = 0; i < orders; i++) {
            answers.add(order(i));
        }
        awaitCalls(3 * orders);
        return answers;
    }

    private void awaitCalls(int calls) throws InterruptedException {
        if (!waiting.tryAcquire(calls, 90, TimeUnit.SECONDS)) {
            throw new IllegalStateException("only " + waiting.availablePermits() + " of " + calls
                    + " calls of suppliers came in: " + String.join("\n", shop.output()));
        }
    }

    @Test
    @Order(2)
    void v8_sigtermUnderLoadFailsNoRequestAndDrainsBackgroundTasks() throws Exception {
        for (var i = 1; i <= INVOICES; i++) {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create(shop.url() + "/orders/" + i + "/invoice"))
                            .POST(HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
            assertThat(answer.statusCode()).isEqualTo(202);
        }
        awaitCalls(INVOICES);
        var answers = inFlight(IN_FLIGHT);

        shop.sigterm();
        shop.awaitOutput("Commencing graceful shutdown");
        mayAnswer.countDown();

        var failed = new ArrayList<String>();
        for (var answer : answers) {
            try {
                if (answer.get().statusCode() != 200) {
                    failed.add("status " + answer.get().statusCode());
                }
            } catch (java.util.concurrent.ExecutionException e) {
                failed.add(e.getCause().toString());
            }
        }
        assertThat(failed).isEmpty();
        assertThat(shop.exitCode()).isEqualTo(143);
        assertThat(shop.output()).filteredOn(line -> line.endsWith(" sent")).hasSize(INVOICES);
        assertThat(shop.output()).anyMatch(line -> line.contains("the refresher stops"));
        assertThat(shop.output()).noneMatch(line -> line.contains("ERROR") || line.contains("WARN"));
    }

    @Test
    @Order(1)
    void weftPsSeesIntoAJarOfJarsAndNamesTheRoute() throws Exception {
        inFlight(3); // answered with those of the test that follows
        var ps = weft("ps", shop.pid());
        assertThat(ps).contains("refresher").contains("tasks:");
        assertThat(weft("pstree", shop.pid())).contains("GET /orders/{id}");
    }

    private static String weft(String command, long pid) throws Exception {
        var classes = Path.of(Class.forName("dev.weft.cli.Launcher")
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        var jar = classes.resolveSibling("weft.jar").toString();
        assertThat(new File(jar)).exists();
        var process = new ProcessBuilder(java("-jar", jar, command, String.valueOf(pid)))
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}

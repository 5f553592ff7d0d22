package dev.weft.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The starter in a service that answers requests. */
final class WebTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** The service as it is without properties, for all tests that want no others. */
    private static ConfigurableApplicationContext plain;

    private ConfigurableApplicationContext context;

    @AfterEach
    void close() {
        if (context != plain) {
            context.close();
        }
    }

    @AfterAll
    static void closeAll() {
        if (plain != null) {
            plain.close();
        }
        HTTP.close();
    }

    private void start(Class<?> more, String... properties) {
        context = new SpringApplicationBuilder(TestService.class, more)
                .properties(
                        "server.port=0",
                        "spring.main.banner-mode=off",
                        "spring.threads.virtual.enabled=true",
                        "management.endpoints.web.exposure.include=*",
                        "logging.config=classpath:logback-test.xml")
                .properties(properties)
                .run();
    }

    private void start(String... properties) {
        start(TestService.class, properties);
    }

    private void startPlain() {
        if (plain == null) {
            start();
            plain = context;
        }
        context = plain;
    }

    private HttpResponse<String> get(String path, String accept) throws IOException, InterruptedException {
        var port = ((WebServerApplicationContext) context).getWebServer().getPort();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Accept", accept)
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return get(path, "*/*");
    }

    @Test
    void v2_contextIsInTheTasksOfARequest() throws Exception {
        startPlain();
        assertThat(get("/context").body())
                .contains("\"mdc\":\"ada\"", "\"security\":\"grace\"", "\"request\":\"none\"")
                .contains("\"after\":\"ada grace yes\"");
    }

    @Test
    void v2_whatIsCarriedIsAChoice() throws Exception {
        start(
                "weft.context.security=false",
                "weft.context.request-attributes=true",
                "weft.web.gateway-timeout=false",
                "weft.web.name-threads=false");
        assertThat(get("/context").body())
                .contains("\"mdc\":\"ada\"", "\"security\":\"none\"", "\"request\":\"yes\"")
                .contains("\"after\":\"ada grace yes\"");
        assertThat(get("/slow").statusCode()).isEqualTo(500);
        assertThat(get("/dump/7").body()).doesNotContain("GET /dump/{id}");
    }

    @Test
    void limitThatHasPassedIsStatus504() throws Exception {
        startPlain();
        assertThat(get("/slow").statusCode()).isEqualTo(504);
        assertThat(get("/own").statusCode()).isEqualTo(418);
        assertThat(get("/own").body()).isEqualTo("handled here");
        assertThat(get("/other-timeout").statusCode()).isEqualTo(500);
    }

    /** Spring's exception of its own is not a cancel to Weft (ADR 29), and so has the limit's suppressed in it. */
    @Test
    void limitThatHasPassedWhileAPoolIsFullIsStatus504() throws Exception {
        start(FullPoolService.class);
        assertThat(get("/query").statusCode()).isEqualTo(504);
        assertThat(get("/query-in-a-task").statusCode()).isEqualTo(504);
        assertThat(get("/failure-after-the-limit").statusCode()).isEqualTo(500);
    }

    @Test
    void dumpNamesTheRoute() throws Exception {
        startPlain();
        assertThat(get("/dump/7").body()).contains("GET /dump/{id}");
    }

    @Test
    void dumpIsAnEndpointOfTheActuator() throws Exception {
        startPlain();
        var json = get("/actuator/weft", "application/json");
        assertThat(json.statusCode()).isEqualTo(200);
        assertThat(json.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        assertThat(json.body()).startsWith("{").contains("\"entries\"");
        assertThat(get("/actuator/weft", "text/plain").body()).startsWith("Weft dump of process");
    }

    @Test
    void v9_requestsAreCounted() throws Exception {
        startPlain();
        var before = tasks();
        for (var i = 0; i < 5; i++) {
            get("/context");
        }
        assertThat(tasks() - before).isEqualTo(15);
    }

    private long tasks() {
        return context
                .getBean(MeterRegistry.class)
                .find("weft.tasks")
                .tags("call", "gather", "outcome", "success")
                .timers()
                .stream()
                .mapToLong(Timer::count)
                .sum();
    }

    @Test
    void h6_listenerThatThrowsHarmsNoRequest() throws Exception {
        start(TestService.ThrowingListener.class);
        assertThat(get("/context").body()).contains("\"mdc\":\"ada\"");
        var registry = context.getBean(MeterRegistry.class);
        assertThat(registry.get("weft.problems")
                        .tags("kind", "CALLBACK_FAILURE")
                        .counter()
                        .count())
                .isEqualTo(3);
    }

    @Test
    void nothingIsConfiguredIfItIsSwitchedOff() throws Exception {
        start("weft.enabled=false");
        assertThat(get("/slow").statusCode()).isEqualTo(500);
        assertThat(context.getBeansOfType(WeftInstallation.class)).isEmpty();
        assertThat(context.getBeansOfType(WeftRunLifecycle.class)).isEmpty();
        assertThat(get("/actuator/weft").statusCode()).isEqualTo(404);
    }
}

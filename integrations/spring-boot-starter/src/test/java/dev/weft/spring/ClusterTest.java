package dev.weft.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cluster.Codecs;
import dev.weft.cluster.Handler;
import dev.weft.cluster.RemoteContext;
import dev.weft.cluster.Workers;
import dev.weft.micrometer.ClusterMetrics;
import dev.weft.opentelemetry.OpenTelemetryRemoteContext;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.propagation.ContextPropagators;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Members of a cluster as beans, on JGroups and on the metrics of Spring Boot. */
final class ClusterTest {

    private static final Handler<String, String> SEEN = Handler.of("seen", Codecs.text(), Codecs.text());

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    MetricsAutoConfiguration.class,
                    CompositeMeterRegistryAutoConfiguration.class,
                    SimpleMetricsExportAutoConfiguration.class,
                    WeftMetricsAutoConfiguration.class,
                    WeftClusterAutoConfiguration.class,
                    WeftAutoConfiguration.class));

    /** A member that calls itself. */
    @Configuration(proxyBeanMethods = false)
    static class Member {

        @Bean
        Workers workers(RemoteContext trace) throws Exception {
            return member("pages", trace);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class SecondMember {

        @Bean
        Workers spare(RemoteContext trace) throws Exception {
            return member("pages", trace);
        }
    }

    private static Workers member(String cluster, RemoteContext trace) throws Exception {
        return Workers.builder(cluster)
                .bind("127.0.0.1:0")
                .insecure()
                .local(true)
                .context(trace)
                .serve(SEEN, ClusterTest::seen)
                .open();
    }

    private static String seen(String what) {
        return what.equals("trace")
                ? Span.current().getSpanContext().getTraceId()
                : String.valueOf(Baggage.current().getEntryValue(what));
    }

    private static long calls(MeterRegistry registry, String cluster) {
        return registry.find("weft.cluster.calls").tag("cluster", cluster).timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    @Test
    void cl49_callsOfABean_areCounted_untilItIsClosed() {
        var registries = new CopyOnWriteArrayList<MeterRegistry>();
        application.withUserConfiguration(Member.class).run(context -> {
            var registry = context.getBean(MeterRegistry.class);
            registries.add(registry);
            context.getBean(Workers.class).call(SEEN, "x");
            assertThat(calls(registry, "pages")).isOne();
            assertThat(registry.get("weft.cluster.members").gauge().value()).isOne();
            assertThat(registry.get("weft.cluster.handled").timer().count()).isOne();
            assertThat(registry.find("weft.cluster.waiting")
                            .tag("cluster", "pages")
                            .gauge())
                    .isNotNull();
            context.getBean(WeftClusterMetrics.class);
            assertThat(context.getBeanFactory().getDependentBeans("weftClusterMetrics"))
                    .containsExactly("workers");
        });
        assertThat(registries.getFirst().getMeters())
                .noneMatch(meter -> meter.getId().getName().startsWith("weft.cluster"));
    }

    @Test
    void cl49_membersOfOneCluster_areCountedApart() {
        application.withUserConfiguration(Member.class, SecondMember.class).run(context -> {
            var registry = context.getBean(MeterRegistry.class);
            context.getBean("spare", Workers.class).call(SEEN, "x");
            assertThat(calls(registry, "pages")).isZero();
            assertThat(calls(registry, "pages/spare")).isOne();
        });
    }

    @Test
    void cl49_metricsOfTheApplicationsOwn_orNone_areLeftAlone() {
        application
                .withUserConfiguration(Member.class)
                .withBean(ClusterMetrics.class, () -> new ClusterMetrics("mine"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(WeftClusterMetrics.class));
        application
                .withUserConfiguration(Member.class)
                .withPropertyValues("weft.metrics.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(WeftClusterMetrics.class));
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(WeftClusterAutoConfiguration.class))
                .withUserConfiguration(Member.class)
                .withBean("one", SimpleMeterRegistry.class)
                .withBean("other", SimpleMeterRegistry.class)
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean(WeftClusterMetrics.class);
                    assertThat(context.getBean(Workers.class).call(SEEN, "x")).isEqualTo("null");
                });
    }

    @Test
    void cl48_traceOfTheRequest_isTheHandlers() {
        application.withUserConfiguration(Member.class).run(context -> {
            var trace = "0af7651916cd43dd8448eb211c80319c";
            var span = Span.wrap(
                    SpanContext.create(trace, "b7ad6b7169203331", TraceFlags.getSampled(), TraceState.getDefault()));
            try (var scope = span.makeCurrent()) {
                assertThat(context.getBean(Workers.class).call(SEEN, "trace")).isEqualTo(trace);
            }
        });
    }

    /** The application's own format of a trace, which is none here. */
    @Test
    void cl48_propagatorsOfTheApplication_areUsed() {
        application
                .withUserConfiguration(Member.class)
                .withBean(
                        OpenTelemetry.class,
                        () -> OpenTelemetry.propagating(ContextPropagators.create(W3CBaggagePropagator.getInstance())))
                .run(context -> {
                    var workers = context.getBean(Workers.class);
                    var span = Span.wrap(SpanContext.create(
                            "0af7651916cd43dd8448eb211c80319c",
                            "b7ad6b7169203331",
                            TraceFlags.getSampled(),
                            TraceState.getDefault()));
                    var baggage = Baggage.builder().put("customer", "ada").build();
                    try (var traced = span.makeCurrent();
                            var packed = baggage.makeCurrent()) {
                        assertThat(workers.call(SEEN, "customer")).isEqualTo("ada");
                        assertThat(workers.call(SEEN, "trace")).matches("0+");
                    }
                });
    }

    @Test
    void withoutTheCluster_nothingOfItIsThere() {
        application
                .withClassLoader(new FilteredClassLoader("dev.weft.cluster"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(WeftClusterAutoConfiguration.class)
                        .doesNotHaveBean(OpenTelemetryRemoteContext.class));
    }
}

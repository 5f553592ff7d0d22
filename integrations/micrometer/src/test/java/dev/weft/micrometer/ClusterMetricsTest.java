package dev.weft.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Weft;
import dev.weft.cluster.Codecs;
import dev.weft.cluster.Handler;
import dev.weft.cluster.RemoteFailureException;
import dev.weft.cluster.Workers;
import dev.weft.cluster.WorkersBuilder;
import dev.weft.sync.Event;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Two members in this process, and the meters of both. */
final class ClusterMetricsTest {

    private static final Handler<String, String> WORK = Handler.of("work", Codecs.text(), Codecs.text());

    private final SimpleMeterRegistry ofCaller = new SimpleMeterRegistry();
    private final SimpleMeterRegistry ofMember = new SimpleMeterRegistry();
    private final ClusterMetrics caller = new ClusterMetrics("pages");
    private final ClusterMetrics member = new ClusterMetrics("pages");
    private final Semaphore begun = new Semaphore(0);
    private final Event goOn = new Event();

    private String work(String what) throws Exception {
        switch (what) {
            case "fail" -> throw new IOException("on purpose");
            case "hang" -> {
                begun.release();
                Weft.sleep(Weft.FOREVER);
            }
            case "wait" -> {
                begun.release();
                goOn.await();
            }
            default -> {}
        }
        return what;
    }

    private static double value(SimpleMeterRegistry registry, String meter, String... tags) {
        return registry.find(meter).tags("cluster", "pages").tags(tags).meters().stream()
                .mapToDouble(found -> found instanceof Timer timer
                        ? timer.count()
                        : found.measure().iterator().next().getValue())
                .sum();
    }

    private static String address() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "127.0.0.1:" + free.getLocalPort();
        }
    }

    private static WorkersBuilder builder(String name, String at, ClusterMetrics metrics) {
        return Workers.builder("metrics").name(name).bind(at).insecure().listener(metrics);
    }

    @Test
    void cl49_metersAgreeWithWhatHappened() throws Exception {
        var at = address();
        caller.bindTo(ofCaller);
        member.bindTo(ofMember);
        Weft.run(() -> {
            try (var w = builder("w1", at, member)
                            .limit(2)
                            .serve(WORK, this::work)
                            .open();
                    var c = builder("c1", address(), caller).join(at).open()) {
                caller.monitor(c);
                member.monitor(w);
                member.monitor(w);
                outcomes(c);
                figures(c);
                refusedConnection(w, at);
            }
        });
        assertThat(value(ofCaller, "weft.cluster.open")).isZero();
        caller.close();
        assertThat(ofCaller.getMeters()).isEmpty();
        assertThat(ofMember.getMeters()).isNotEmpty();
    }

    private void outcomes(Workers c) throws Exception {
        for (var i = 0; i < 10; i++) {
            c.call(WORK, "x");
        }
        for (var i = 0; i < 3; i++) {
            assertThatThrownBy(() -> c.call(WORK, "fail")).isInstanceOf(RemoteFailureException.class);
        }
        assertThatThrownBy(() -> Weft.timeout(Duration.ofMillis(50), () -> c.call(WORK, "hang")))
                .isInstanceOf(TimeoutException.class);
        Weft.taskGroup(group -> {
            begun.drainPermits();
            var task = group.createTask(() -> c.call(WORK, "hang"));
            begun.acquire();
            task.cancel();
        });
        assertThat(value(ofCaller, "weft.cluster.calls", "handler", "work", "outcome", "ok"))
                .isEqualTo(10);
        assertThat(value(ofCaller, "weft.cluster.calls", "outcome", "failed")).isEqualTo(3);
        assertThat(value(ofCaller, "weft.cluster.calls", "outcome", "expired")).isEqualTo(1);
        assertThat(value(ofCaller, "weft.cluster.calls", "outcome", "cancelled"))
                .isEqualTo(1);
        assertThat(value(ofCaller, "weft.cluster.calls")).isEqualTo(c.snapshot().called());
        assertThat(value(ofCaller, "weft.cluster.calls.queued", "handler", "work"))
                .isEqualTo(15);
        assertThat(value(ofMember, "weft.cluster.handled", "handler", "work", "outcome", "ok"))
                .isEqualTo(10);
        assertThat(value(ofMember, "weft.cluster.handled", "outcome", "failed")).isEqualTo(3);
        assertThat(value(ofMember, "weft.cluster.calls")).isZero();
    }

    /** Three calls and two places. */
    private void figures(Workers c) throws Exception {
        begun.drainPermits();
        Weft.taskGroup(group -> {
            for (var i = 0; i < 3; i++) {
                group.createTask(() -> c.call(WORK, "wait"));
            }
            begun.acquire(2);
            while (c.snapshot().waiting() < 1) {
                Weft.sleep(Duration.ofMillis(1));
            }
            assertThat(value(ofCaller, "weft.cluster.members")).isEqualTo(1);
            assertThat(value(ofCaller, "weft.cluster.open")).isEqualTo(2);
            assertThat(value(ofCaller, "weft.cluster.waiting")).isEqualTo(1);
            assertThat(value(ofCaller, "weft.cluster.credits")).isZero();
            assertThat(value(ofMember, "weft.cluster.running")).isEqualTo(2);
            assertThat(value(ofCaller, "weft.cluster.running")).isZero();
            goOn.set();
        });
    }

    private void refusedConnection(Workers w, String at) throws Exception {
        var before = value(ofMember, "weft.cluster.connections.refused");
        try (var stranger = new Socket()) {
            stranger.connect(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), Integer.parseInt(at.substring(at.indexOf(':') + 1))));
            stranger.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes());
            assertThat(stranger.getInputStream().read()).isEqualTo(-1);
        } catch (IOException e) {
            // it was reset
        }
        while (w.snapshot().refusedConnections() == 0) {
            Weft.sleep(Duration.ofMillis(1));
        }
        assertThat(value(ofMember, "weft.cluster.connections.refused")).isEqualTo(before + 1);
    }

    @Test
    void cl49_registryThatIsBoundLater_countsFromThen() throws Exception {
        var at = address();
        Weft.run(() -> {
            try (var w = builder("w1", at, member).serve(WORK, this::work).open();
                    var c = builder("c1", address(), caller).join(at).open()) {
                caller.monitor(c);
                c.call(WORK, "x");
                caller.bindTo(ofCaller);
                caller.bindTo(ofCaller);
                caller.bindTo(ofMember);
                c.call(WORK, "x");
                for (var registry : new SimpleMeterRegistry[] {ofCaller, ofMember}) {
                    assertThat(value(registry, "weft.cluster.calls")).isEqualTo(1);
                    assertThat(value(registry, "weft.cluster.members")).isEqualTo(1);
                }
                assertThatThrownBy(() -> caller.monitor(w))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("a ClusterMetrics of their own");
                caller.close();
                caller.close();
                c.call(WORK, "x");
                assertThat(ofCaller.getMeters()).extracting(Meter::getId).isEmpty();
                assertThatThrownBy(() -> caller.bindTo(ofCaller)).isInstanceOf(IllegalStateException.class);
            }
        });
    }
}

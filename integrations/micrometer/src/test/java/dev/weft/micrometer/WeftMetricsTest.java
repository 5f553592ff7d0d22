package dev.weft.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Body;
import dev.weft.Defaults;
import dev.weft.GroupOptions;
import dev.weft.Problem;
import dev.weft.Registration;
import dev.weft.ReturnWhen;
import dev.weft.Runner;
import dev.weft.TaskOptions;
import dev.weft.Weft;
import dev.weft.sync.CapacityLimiter;
import dev.weft.sync.Event;
import dev.weft.sync.Queue;
import dev.weft.sync.RateLimiter;
import dev.weft.sync.Semaphore;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class WeftMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final WeftMetrics metrics = new WeftMetrics();
    private Registration registration;

    @BeforeEach
    void install() {
        metrics.bindTo(registry);
        registration = Weft.install(
                Defaults.builder().listener(metrics).problemListener(metrics).build());
    }

    @AfterEach
    void remove() {
        registration.close();
    }

    private double count(String meter, String... tags) {
        return registry.find(meter).tags(tags).meters().stream()
                .mapToDouble(found -> found instanceof Timer timer
                        ? timer.count()
                        : found.measure().iterator().next().getValue())
                .sum();
    }

    private static Body<Integer, Exception> returning(int value) {
        return () -> value;
    }

    @Test
    void v9_metricsAgreeWithWhatHappened() throws Exception {
        for (var i = 0; i < 10; i++) {
            Weft.gather(returning(1), returning(2), returning(3));
        }
        for (var i = 0; i < 4; i++) {
            assertThatThrownBy(() -> Weft.gather(List.<Body<Integer, IOException>>of(() -> {
                        throw new IOException("on purpose");
                    })))
                    .isInstanceOf(IOException.class);
        }
        for (var i = 0; i < 3; i++) {
            var started = new Event();
            assertThatThrownBy(() -> Weft.taskGroup(group -> {
                        group.createTask(() -> {
                            started.set();
                            Weft.sleep(Weft.FOREVER);
                        });
                        started.await();
                        throw new IOException("cancels the group");
                    }))
                    .isInstanceOf(Exception.class);
        }

        assertThat(count("weft.tasks", "call", "gather", "outcome", "success")).isEqualTo(30);
        assertThat(count("weft.tasks", "call", "gather", "outcome", "failure")).isEqualTo(4);
        assertThat(count("weft.tasks", "outcome", "cancelled")).isEqualTo(3);
        assertThat(count("weft.tasks.started")).isEqualTo(37);
        assertThat(count("weft.tasks.waited")).isEqualTo(37);
        assertThat(count("weft.tasks")).isEqualTo(37);
        assertThat(count("weft.tasks.running")).isZero();
        assertThat(count("weft.tasks.never.started")).isZero();
    }

    @Test
    void v9_runningTasksAreAGauge() throws Exception {
        var go = new Event();
        var running = Weft.taskGroup(group -> {
            var ready = new Semaphore(0);
            for (var i = 0; i < 5; i++) {
                group.createTask(() -> {
                    ready.release();
                    go.await();
                });
            }
            for (var i = 0; i < 5; i++) {
                ready.acquire();
            }
            var now = count("weft.tasks.running");
            go.set();
            return now;
        });
        assertThat(running).isEqualTo(5);
        assertThat(count("weft.tasks.running")).isZero();
    }

    @Test
    void v9_taskThatWaitsForALimitIsTimed() throws Exception {
        Weft.taskGroup(GroupOptions.failFast().limit(1), group -> {
            group.createTask(() -> Weft.sleep(Duration.ofMillis(20)));
            group.createTask(() -> {});
        });
        var waited = registry.find("weft.tasks.waited").timers().stream()
                .mapToDouble(timer -> timer.max(TimeUnit.MILLISECONDS))
                .max()
                .orElseThrow();
        assertThat(waited).isGreaterThanOrEqualTo(20);
    }

    @Test
    void v9_namesOfSingleTasksAreNoTags() throws Exception {
        Weft.taskGroup(group -> {
            for (var i = 0; i < 1_000; i++) {
                group.createTask(TaskOptions.named("order " + i), () -> {});
            }
        });
        assertThat(tags("call")).hasSizeLessThan(5);
        assertThat(count("weft.tasks.started")).isEqualTo(1_000);
    }

    private HashSet<String> tags(String key) {
        var values = new HashSet<String>();
        for (Meter meter : registry.getMeters()) {
            var value = meter.getId().getTag(key);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    @Test
    void v9_namesOfGroupsBeyondTheMostCountAsOther() throws Exception {
        var groups = WeftMetrics.MAX_CALLS + 50;
        for (var i = 0; i < groups; i++) {
            Weft.taskGroup(GroupOptions.failFast().name("group " + i), group -> {
                group.createTask(() -> {});
            });
        }
        assertThat(tags("call")).hasSize(WeftMetrics.MAX_CALLS + 1).contains("other", "group 0");
        assertThat(count("weft.tasks.started")).isEqualTo(groups);
        assertThat(count("weft.tasks.started", "call", "other")).isEqualTo(50);
        assertThat(count("weft.tasks.running")).isZero();
    }

    @Test
    void v9_problemsAreCountedByKind() {
        metrics.handle(new Problem(Problem.Kind.CALLBACK_FAILURE, "first", null, null));
        metrics.handle(new Problem(Problem.Kind.CALLBACK_FAILURE, "second", null, null));
        metrics.handle(new Problem(Problem.Kind.LEFT_BEHIND, "third", null, null));
        assertThat(count("weft.problems", "kind", "CALLBACK_FAILURE")).isEqualTo(2);
        assertThat(count("weft.problems", "kind", "LEFT_BEHIND")).isOne();
    }

    @Test
    void v9_failureThatNobodyLookedAtIsCounted() throws Exception {
        try (var runner = Runner.builder().onProblem(problem -> {}).build()) {
            runner.run(() -> {
                var task = Weft.createTask(() -> {
                    throw new IOException("on purpose");
                });
                Weft.waitUntil(ReturnWhen.ALL_COMPLETED, List.of(task));
            });
        }
        assertThat(count("weft.problems", "kind", "UNOBSERVED_FAILURE")).isOne();
    }

    @Test
    void v9_everyRegistryThatIsBoundIsCountedInto() throws Exception {
        var other = new SimpleMeterRegistry();
        Weft.gather(returning(1), returning(2));
        metrics.bindTo(other);
        metrics.bindTo(other);
        Weft.gather(returning(1), returning(2));
        assertThat(other.get("weft.tasks.started").counter().count()).isEqualTo(2);
        assertThat(count("weft.tasks.started")).isEqualTo(4);
    }

    @Test
    void v9_queuesAndLimitersAreGauges() throws Exception {
        var queue = new Queue<String>(10);
        queue.put("one");
        queue.put("two");
        metrics.monitor("orders", queue);
        var semaphore = new Semaphore(3);
        semaphore.acquire();
        metrics.monitor("slots", semaphore);
        metrics.monitor("capacity", new CapacityLimiter(7));
        metrics.monitor("rate", new RateLimiter(5, Duration.ofSeconds(1), 5));

        assertThat(count("weft.queue.size", "name", "orders")).isEqualTo(2);
        assertThat(count("weft.queue.unfinished", "name", "orders")).isEqualTo(2);
        assertThat(count("weft.queue.getters", "name", "orders")).isZero();
        assertThat(count("weft.queue.putters", "name", "orders")).isZero();
        assertThat(count("weft.limiter.available", "name", "slots")).isEqualTo(2);
        assertThat(count("weft.limiter.capacity", "name", "capacity")).isEqualTo(7);
        assertThat(count("weft.limiter.waiting", "name", "rate")).isZero();
        queue.get();
        assertThat(count("weft.queue.size", "name", "orders")).isOne();
    }

    @Test
    void v9_twoQueuesOfOneNameAreRefused() {
        metrics.monitor("orders", new Queue<String>(1));
        assertThatThrownBy(() -> metrics.monitor("orders", new Queue<String>(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'orders'")
                .hasMessageContaining("a name of its own");
    }

    @Test
    void v9_taskThatIsCancelledBeforeItBeginsNeverStarted() throws Exception {
        var ends = new ArrayList<String>();
        Weft.taskGroup(GroupOptions.failFast().limit(1), group -> {
            var go = new Event();
            group.createTask(() -> go.await());
            group.createTask(() -> ends.add("never")).cancel();
            go.set();
        });
        assertThat(ends).isEmpty();
        assertThat(count("weft.tasks.never.started", "outcome", "cancelled")).isOne();
        assertThat(count("weft.tasks.started")).isOne();
    }

    @Test
    void v9_limitThatHasPassedCountsItsTaskAsCancelled() {
        assertThatThrownBy(() -> Weft.timeout(
                        Weft.FOREVER,
                        limit -> Weft.gather(List.<Body<Integer, Exception>>of(() -> {
                            limit.reschedule(Duration.ZERO);
                            Weft.sleep(Weft.FOREVER);
                            return 1;
                        }))))
                .isInstanceOf(TimeoutException.class);
        assertThat(count("weft.tasks", "outcome", "cancelled")).isOne();
    }
}

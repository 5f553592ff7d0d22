package dev.weft.sync;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.ManualClock;
import dev.weft.OnEveryRuntime;
import dev.weft.Task;
import dev.weft.Tasks;
import dev.weft.TestRuntime;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class CapacityLimiterTest {

    private final CapacityLimiter limiter = new CapacityLimiter(4);

    @OnEveryRuntime
    void snapshot_tellsWhoHoldsWhatSinceWhen(TestRuntime runtime) throws Exception {
        ManualClock.run(runtime, clock -> {
            var me = Thread.currentThread().getName();
            try (var _ = limiter.hold(2)) {
                clock.advance(ofSeconds(5));
                try (var _ = limiter.hold()) {
                    clock.advance(ofSeconds(1));
                    assertThat(limiter.snapshot())
                            .isEqualTo(new CapacityLimiter.Snapshot(
                                    4,
                                    1,
                                    List.of(
                                            new CapacityLimiter.Holder(me, 2, ofSeconds(6)),
                                            new CapacityLimiter.Holder(me, 1, ofSeconds(1))),
                                    0,
                                    List.of()));
                }
                assertThat(limiter.available()).isEqualTo(2);
                assertThat(limiter).hasToString("CapacityLimiter[available=2 of 4, holders=1, waiting=0]");
            }
            assertThat(limiter.snapshot().holders()).isEmpty();
        });
    }

    @OnEveryRuntime
    void hold_muchIsWaitedForFirst_littleDoesNotOvertake(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var order = new CopyOnWriteArrayList<Integer>();
            var held = limiter.hold(3);
            var amounts = List.of(4, 1);
            var tasks = Arrivals.of(2, () -> limiter.snapshot().waiting(), i -> () -> {
                try (var _ = limiter.hold(amounts.get(i))) {
                    order.add(amounts.get(i));
                }
            });
            assertThat(limiter.available()).isOne();
            held.close();
            Arrivals.join(tasks);
            assertThat(order).containsExactly(4, 1);
        });
    }

    @OnEveryRuntime
    void hold_firstInLineIsCancelled_thoseBehindItAreServed(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var held = limiter.hold(3);
            var amounts = List.of(4, 1);
            var tasks = Arrivals.of(
                    2,
                    () -> limiter.snapshot().waiting(),
                    i -> () -> limiter.hold(amounts.get(i)).close());
            tasks.getFirst().cancel();
            tasks.get(1).await();
            Tasks.join(tasks.getFirst());
            held.close();
            assertThat(limiter.available()).isEqualTo(4);
        });
    }

    @OnEveryRuntime
    void close_twice_givesBackOnce(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var held = limiter.hold(2);
            held.close();
            held.close();
            assertThat(limiter.available()).isEqualTo(4);
            assertThat(limiter.<Integer, RuntimeException>with(limiter::available))
                    .isEqualTo(3);
            var waiting = limiter.hold(4);
            var tasks = Arrivals.of(1, () -> limiter.snapshot().waiting(), i -> limiter::hold);
            tasks.forEach(Task::cancel);
            waiting.close();
            Arrivals.join(tasks);
        });
    }

    @Test
    void badInput_isRefused() {
        assertThatThrownBy(() -> new CapacityLimiter(0)).isInstanceOf(IllegalArgumentException.class);
        for (var amount : List.of(-1, 0, 5)) {
            assertThatThrownBy(() -> limiter.hold(amount))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(amount.toString());
        }
        assertThat(limiter.available()).isEqualTo(4);
    }
}

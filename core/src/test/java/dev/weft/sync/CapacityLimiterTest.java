package dev.weft.sync;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.ManualClock;
import dev.weft.OnEveryRuntime;
import dev.weft.Task;
import dev.weft.Tasks;
import dev.weft.TestRuntime;
import dev.weft.Weft;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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

    @OnEveryRuntime
    void setCapacity_more_servesWaitersInOrder(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var order = new CopyOnWriteArrayList<Integer>();
            var held = limiter.hold(4);
            var amounts = List.of(3, 1, 2);
            var tasks = Arrivals.of(3, () -> limiter.snapshot().waiting(), i -> () -> {
                limiter.hold(amounts.get(i));
                order.add(i);
            });
            limiter.setCapacity(6);
            assertThat(limiter.snapshot().waiting()).isEqualTo(3);
            limiter.setCapacity(7);
            Tasks.join(tasks.getFirst());
            assertThat(order).containsExactly(0);
            assertThat(limiter.snapshot().waiting()).isEqualTo(2);
            limiter.setCapacity(8);
            Tasks.join(tasks.get(1));
            limiter.setCapacity(11);
            Arrivals.join(tasks);
            assertThat(order).containsExactly(0, 1, 2);
            assertThat(limiter.available()).isOne();
            held.close();
            assertThat(limiter.available()).isEqualTo(5);
        });
    }

    @OnEveryRuntime
    void snapshot_byAThreadOutside_hasTheHoldersClock(TestRuntime runtime) throws Exception {
        ManualClock.run(runtime, clock -> {
            try (var _ = limiter.hold(2)) {
                clock.advance(ofSeconds(5));
                var seen = new CompletableFuture<CapacityLimiter.Snapshot>();
                Thread.ofPlatform().start(() -> seen.complete(limiter.snapshot()));
                assertThat(seen.get().holders())
                        .extracting(CapacityLimiter.Holder::held)
                        .containsExactly(ofSeconds(5));
            }
        });
    }

    @OnEveryRuntime
    void setCapacity_lessThanIsHeld_takesEffectAsHoldersGiveBack(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var first = limiter.hold(2);
            var second = limiter.hold(2);
            var tasks = Arrivals.of(1, () -> limiter.snapshot().waiting(), i -> limiter::hold);
            limiter.setCapacity(1);
            assertThat(limiter.available()).isEqualTo(-3);
            assertThat(limiter.snapshot().holders()).hasSize(2);
            first.close();
            assertThat(limiter.available()).isEqualTo(-1);
            assertThat(limiter.snapshot().waiting()).isOne();
            assertThat(limiter.capacity()).isOne();
            second.close();
            Arrivals.join(tasks);
            assertThat(limiter.available()).isZero();
        });
    }

    @OnEveryRuntime
    void setCapacity_lessThanIsWaitedFor_waiterIsServedWhenNobodyHoldsAny(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var held = limiter.hold(1);
            var amounts = List.of(4, 1);
            var tasks = Arrivals.of(
                    2,
                    () -> limiter.snapshot().waiting(),
                    i -> () -> limiter.hold(amounts.get(i)).close());
            limiter.setCapacity(2);
            assertThatThrownBy(() -> limiter.hold(4))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the capacity, 2");
            assertThat(limiter.snapshot().waiting()).isEqualTo(2);
            held.close();
            Arrivals.join(tasks);
            assertThat(limiter.available()).isEqualTo(2);
        });
    }

    @OnEveryRuntime
    void setCapacity_whileManyHoldAndGiveBack_losesNoUnit(TestRuntime runtime) throws Exception {
        runtime.run(() -> Weft.taskGroup(group -> {
            for (var i = 0; i < 4; i++) {
                var amount = 1 + i % 2;
                group.createTask(() -> {
                    for (var round = 0; round < 500; round++) {
                        limiter.hold(amount).close();
                    }
                });
            }
            for (var round = 0; round < 500; round++) {
                limiter.setCapacity(2 + round % 5);
                Weft.sleep(Duration.ZERO);
            }
        }));
        limiter.setCapacity(3);
        assertThat(limiter.available()).isEqualTo(3);
    }

    @Test
    void badInput_isRefused() {
        assertThatThrownBy(() -> new CapacityLimiter(0)).isInstanceOf(IllegalArgumentException.class);
        for (var amount : List.of(-1, 0, 5)) {
            assertThatThrownBy(() -> limiter.hold(amount))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(amount.toString());
        }
        assertThatThrownBy(() -> limiter.setCapacity(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0");
        assertThat(limiter.available()).isEqualTo(4);
    }
}

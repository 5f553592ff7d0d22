package dev.weft;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.asCompleted;
import static dev.weft.Weft.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** AC: an asCompleted that starts very many bodies. */
class AsCompletedStartTest {

    private static final int MANY = 10_000;

    /** More than are started without a look at the caller, and far fewer than all. */
    private static final int SOON = 1_000;

    @Test
    void c1_requestWhileVeryManyBodiesAreStarted_theRestEndsAsCancelledAndDoesNotBegin() throws Exception {
        HookedScheduler.run(TestRuntime.PARALLEL, hooks -> {
            var main = Tasks.self();
            var starts = new AtomicInteger();
            hooks.beforeStart = strand -> {
                if (starts.incrementAndGet() == 300) {
                    main.cancel("enough");
                }
            };
            try (var next = asCompleted(bodies(() -> sleep(FOREVER, 1)))) {
                hooks.beforeStart = strand -> {};
                assertThat(starts.get()).isBetween(300, SOON);
                var completions = next.iterator();
                var first = completions.next();
                assertThatThrownBy(first::await).isInstanceOf(CancelledException.class);
                main.uncancel();
                assertThatThrownBy(first::await)
                        .isInstanceOf(CancellationException.class)
                        .satisfies(thrown -> assertThat(Tasks.reasonOf(thrown)).isEqualTo("enough"));
                for (var i = 1; i < MANY - starts.get(); i++) {
                    assertThat(completions.next().task().isCancelled()).isTrue();
                }
            }
        });
    }

    @Test
    void j2_interruptWhileVeryManyBodiesAreStarted_theRestDoesNotBegin() throws Exception {
        HookedScheduler.run(TestRuntime.PARALLEL, hooks -> {
            var main = Thread.currentThread();
            var starts = new AtomicInteger();
            hooks.beforeStart = strand -> {
                if (starts.incrementAndGet() == 300) {
                    main.interrupt();
                }
            };
            try (var next = asCompleted(bodies(() -> sleep(FOREVER, 1)))) {
                hooks.beforeStart = strand -> {};
                assertThat(starts.get()).isBetween(300, SOON);
                assertThatThrownBy(() -> next.iterator().next().await())
                        .isInstanceOf(InterruptedException.class)
                        .isNotInstanceOf(CancelledException.class);
            }
        });
    }

    @Test
    void j30_requestThatIsHeldBackWhileVeryManyBodiesAreStarted_letsAllBegin() throws Exception {
        HookedScheduler.run(TestRuntime.PARALLEL, hooks -> {
            var main = Tasks.self();
            var thread = Thread.currentThread();
            var starts = new AtomicInteger();
            hooks.beforeStart = strand -> {
                if (starts.incrementAndGet() == 300) {
                    main.cancel("later");
                    thread.interrupt();
                }
            };
            Weft.uninterrupted(() -> {
                var sum = 0;
                for (var next : asCompleted(bodies(() -> 1))) {
                    sum += next.await();
                }
                assertThat(sum).isEqualTo(MANY);
            });
            assertThatThrownBy(() -> sleep(Duration.ZERO)).isInstanceOf(InterruptedException.class);
            main.uncancel();
        });
    }

    @Test
    void ac3_limitThatPassesWhileVeryManyBodiesAreStarted_theRestDoesNotBegin() throws Exception {
        ManualClock.run(TestRuntime.PARALLEL, clock -> {
            var clockSteps = new AtomicInteger();
            var begun = new AtomicInteger();
            var all = new ArrayList<Body<Integer, InterruptedException>>(bodies(() -> {
                begun.incrementAndGet();
                return sleep(FOREVER, 1);
            }));
            var given = Weft.createTask(() -> "given");
            given.await();
            var mixed = new ArrayList<Callable<?>>(all);
            mixed.add(given);
            ContextPropagator passesTheLimit = () -> {
                if (clockSteps.incrementAndGet() == 300) {
                    clock.advance(Duration.ofSeconds(2));
                }
                return () -> () -> {};
            };
            Weft.propagate(passesTheLimit, () -> {
                try (var next = asCompleted(mixed, Duration.ofSeconds(1))) {
                    var completions = next.iterator();
                    assertThat(completions.next().await()).as("had ended").isEqualTo("given");
                    assertThatThrownBy(() -> completions.next().await()).isInstanceOf(TimeoutException.class);
                }
            });
            assertThat(clockSteps.get()).isBetween(300, SOON);
            assertThat(begun.get()).isLessThan(SOON);
        });
    }

    @OnEveryRuntime
    void ac1_veryManyBodies_areAllDelivered(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var seen = new CopyOnWriteArrayList<Integer>();
            var size = TestRuntime.areOthers() ? 200 : 2_000;
            var bodies = IntStream.range(0, size)
                    .<Body<Integer, InterruptedException>>mapToObj(i -> () -> i % 3 == 0 ? sleep(Duration.ZERO, i) : i)
                    .toList();
            for (var next : asCompleted(bodies)) {
                seen.add(next.await());
            }
            assertThat(seen)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, size).boxed().toList());
        });
    }

    @OnEveryRuntime
    void ac7_bodiesThatWaitForLaterOnes_end(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var last = new Gate();
            var bodies = new ArrayList<Body<Integer, InterruptedException>>();
            for (var i = 0; i < 200; i++) {
                bodies.add(() -> {
                    last.await();
                    return 1;
                });
            }
            bodies.add(() -> {
                last.open();
                return 1;
            });
            var sum = 0;
            for (var next : asCompleted(bodies)) {
                sum += Soon.of(next::await);
            }
            assertThat(sum).isEqualTo(201);
        });
    }

    private static List<Body<Integer, InterruptedException>> bodies(Body<Integer, InterruptedException> body) {
        return Collections.nCopies(MANY, body);
    }
}

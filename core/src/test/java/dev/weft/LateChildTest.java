package dev.weft;

import static dev.weft.Weft.gather;
import static dev.weft.Weft.mapConcurrent;
import static dev.weft.Weft.race;
import static dev.weft.Weft.taskGroup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A child that is being started while another one's end stops all: it is stopped too, whatever the call. */
@Timeout(30)
class LateChildTest {

    /** The starter of the second child, which waits until the first is over and has told everybody. */
    private static final class SecondStart {
        final CompletableFuture<Thread> first = new CompletableFuture<>();
        private final Gate second = new Gate().openInTheEnd();
        private final AtomicInteger started = new AtomicInteger();

        void beforeStart() {
            if (started.incrementAndGet() == 2) {
                second.open();
                Yielding.until(first::isDone);
                Yielding.until(() -> !first.join().isAlive());
            }
        }

        void end() {
            second.awaitStubbornly();
            first.complete(Thread.currentThread());
        }

        <T> T fail() throws IOException {
            end();
            throw new IOException("first");
        }
    }

    private interface Call {
        void run(SecondStart start, Body<Integer, RuntimeException> second) throws Exception;
    }

    private static SleepingBody stoppedBy(Call call) throws Exception {
        var second = new SleepingBody();
        HookedScheduler.run(TestRuntime.PARALLEL, hooks -> {
            var start = new SecondStart();
            hooks.beforeStart = strand -> start.beforeStart();
            Soon.of(() -> {
                call.run(start, () -> second.run().length());
                return null;
            });
        });
        return second;
    }

    /** It may not even have begun. */
    private static void assertStopped(SleepingBody body) {
        assertThat(!body.started.isOpen() || body.interruption() instanceof CancelledException)
                .isTrue();
    }

    @Test
    void g2_gather() throws Exception {
        assertStopped(stoppedBy((start, second) ->
                assertThatThrownBy(() -> gather(start::fail, second)).hasMessage("first")));
    }

    @Test
    void j10_race() throws Exception {
        assertStopped(stoppedBy((start, second) -> assertThat(race(
                        () -> {
                            start.end();
                            return 5;
                        },
                        second))
                .isEqualTo(5)));
    }

    @Test
    void j9_mapConcurrent() throws Exception {
        assertStopped(stoppedBy((start, second) -> assertThatThrownBy(
                        () -> mapConcurrent(List.of(1, 2), 2, item -> item == 1 ? start.fail() : second.run()))
                .hasMessage("first")));
    }

    @Test
    void tg5_taskGroup() throws Exception {
        assertStopped(stoppedBy((start, second) -> assertThatThrownBy(() -> taskGroup(group -> {
                    group.createTask(() -> start.fail());
                    group.createTask(second);
                }))
                .isInstanceOf(ExceptionGroup.class)
                .hasRootCauseMessage("first")));
    }

    /** As above, but it waits where the second is made: between the look whether all stop and its being known. */
    private static SleepingBody stoppedWhileItIsMadeBy(Call call) throws Exception {
        var second = new SleepingBody();
        TestRuntime.PARALLEL.run(() -> {
            var start = new SecondStart();
            ContextPropagator propagator = () -> {
                start.beforeStart();
                return () -> () -> {};
            };
            Soon.of(() -> Weft.propagate(propagator, () -> {
                call.run(start, () -> second.run().length());
                return null;
            }));
        });
        return second;
    }

    @Test
    void g2_gather_whileTheSecondIsMade() throws Exception {
        assertStopped(stoppedWhileItIsMadeBy((start, second) ->
                assertThatThrownBy(() -> gather(start::fail, second)).hasMessage("first")));
    }

    @Test
    void j10_race_whileTheSecondIsMade() throws Exception {
        assertStopped(stoppedWhileItIsMadeBy((start, second) -> assertThat(race(
                        () -> {
                            start.end();
                            return 5;
                        },
                        second))
                .isEqualTo(5)));
    }

    @Test
    void j9_mapConcurrent_whileTheSecondIsMade() throws Exception {
        assertStopped(stoppedWhileItIsMadeBy((start, second) -> assertThatThrownBy(
                        () -> mapConcurrent(List.of(1, 2), 2, item -> item == 1 ? start.fail() : second.run()))
                .hasMessage("first")));
    }

    @Test
    void g3_noMoreThanAWaveBeginsAfterTheEndThatDecides() throws Exception {
        TestRuntime.PARALLEL.run(() -> {
            var begun = new AtomicInteger();
            var bodies = new ArrayList<Body<Integer, IOException>>();
            bodies.add(() -> {
                throw new IOException("first");
            });
            for (var i = 0; i < 10_000; i++) {
                bodies.add(begun::incrementAndGet);
            }
            assertThatThrownBy(() -> gather(bodies)).hasMessage("first");
            assertThat(begun).hasValueLessThan(4_000);
        });
    }

    @Test
    void g3_bodiesAfterTheEndThatDecidesAreNotEvenStarted() throws Exception {
        HookedScheduler.run(TestRuntime.PARALLEL, hooks -> {
            var start = new SecondStart();
            var started = new AtomicInteger();
            hooks.beforeStart = strand -> {
                start.beforeStart();
                started.incrementAndGet();
            };
            assertThatThrownBy(() -> gather(start::fail, () -> 2, () -> 3, () -> 4))
                    .hasMessage("first");
            assertThat(started).hasValue(2);
        });
    }

    @Test
    void j9_noItemIsDrawnAfterTheFailureThatStops() throws Exception {
        HookedScheduler.run(TestRuntime.PARALLEL, hooks -> {
            var start = new SecondStart();
            hooks.beforeStart = strand -> start.beforeStart();
            var drawn = new ArrayList<Integer>();
            Iterable<Integer> items = () -> new java.util.Iterator<>() {
                @Override
                public boolean hasNext() {
                    return true;
                }

                @Override
                public Integer next() {
                    drawn.add(drawn.size());
                    return drawn.size();
                }
            };
            assertThatThrownBy(() -> mapConcurrent(items, 10, item -> item == 1 ? start.fail() : item))
                    .hasMessage("first");
            assertThat(drawn).hasSize(2);
        });
    }

    @Test
    void j9_noItemIsDrawnByWhoWaitedForRoomWhenAFailureStopped() throws Exception {
        TestRuntime.PARALLEL.run(() -> {
            var main = Tasks.self();
            var drawn = new ArrayList<Integer>();
            Iterable<Integer> items = () -> new java.util.Iterator<>() {
                @Override
                public boolean hasNext() {
                    return true;
                }

                @Override
                public Integer next() {
                    drawn.add(drawn.size());
                    return drawn.size();
                }
            };
            assertThatThrownBy(() -> mapConcurrent(items, 1, item -> {
                        Soon.waits(main);
                        throw new IOException("first");
                    }))
                    .hasMessage("first");
            assertThat(drawn).hasSize(1);
        });
    }
}

package dev.weft;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.forEachConcurrent;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.mapConcurrent;
import static dev.weft.Weft.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/** J9: how mapConcurrent and forEachConcurrent end, and what they leave. */
class MapConcurrentTest {
    private static final List<Integer> MANY = IntStream.range(0, 200).boxed().toList();

    @OnEveryRuntime
    void j9_resultsAreInTheOrderOfTheItemsWhateverTheOrderOfTheEnds(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var limit : List.of(1, 2, 16, 17, 40, 199, 200, 500)) {
                var results = mapConcurrent(MANY, limit, item -> {
                    for (var i = item % 7; i > 0; i--) {
                        sleep(Duration.ZERO);
                    }
                    return item % 10 == 3 ? null : item;
                });
                var expected = new ArrayList<Integer>();
                MANY.forEach(item -> expected.add(item % 10 == 3 ? null : item));
                assertThat(results).isEqualTo(expected);
            }
            assertThat(mapConcurrent(List.<Integer>of(), 3, item -> item)).isEmpty();
        });
    }

    @OnEveryRuntime
    void j9_asManyAsTheLimitRunAtOnceAndNeverMore(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var limit : List.of(1, 3, 16, 17, 33)) {
                var running = new AtomicInteger();
                var most = new AtomicInteger();
                var full = new Gate().openInTheEnd();
                forEachConcurrent(MANY, limit, item -> {
                    var now = running.incrementAndGet();
                    most.accumulateAndGet(now, Math::max);
                    if (now == limit) {
                        full.open();
                    }
                    full.await();
                    running.decrementAndGet();
                });
                assertThat(most).hasValue(limit);
            }
        });
    }

    @OnEveryRuntime
    void j9_failureStopsAllThatRun_howeverMany(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var limit : List.of(2, 17, 40)) {
                var begun = new AtomicInteger();
                var stopped = new AtomicInteger();
                var thrown = catchThrowable(() -> Soon.of(() -> mapConcurrent(MANY, limit, item -> {
                    if (begun.incrementAndGet() == limit) {
                        throw new IOException("the last one");
                    }
                    try {
                        return sleep(FOREVER, item);
                    } catch (CancelledException e) {
                        stopped.incrementAndGet();
                        throw e;
                    }
                })));
                assertThat(thrown).isInstanceOf(IOException.class).hasMessage("the last one");
                assertThat(Suppressed.in(thrown)).isEmpty();
                assertThat(begun).hasValue(limit);
                assertThat(stopped).hasValue(limit - 1);
            }
        });
    }

    @OnEveryRuntime
    void j9_itemThatSomebodyElseCancelledStopsAllAndIsTold(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var thrown = catchThrowable(() -> Soon.of(() -> mapConcurrent(List.of(1, 2, 3), 3, item -> {
                if (item == 2) {
                    Tasks.self().cancel("not this one");
                    sleep(FOREVER);
                }
                return item == 3 ? sleep(FOREVER, 3) : item;
            })));
            assertThat(thrown).isInstanceOf(CancellationException.class);
            assertThat(Tasks.reasonOf(thrown)).isEqualTo("not this one");
        });
    }

    @OnEveryRuntime
    void j9_fatalErrorIsThrownThoughItCameLater(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var error = new OutOfMemoryError("on purpose");
            var failure = new IOException("first");
            var begun = new Gate();
            assertThatThrownBy(() -> forEachConcurrent(List.of(1, 2), 2, item -> {
                        if (item == 1) {
                            begun.await();
                            throw failure;
                        }
                        begun.open();
                        assertThatThrownBy(() -> sleep(FOREVER)).isInstanceOf(CancelledException.class);
                        throw error;
                    }))
                    .isSameAs(error)
                    .hasSuppressedException(failure);
        });
    }

    @OnEveryRuntime
    void j9_failuresAreAllThereAndEachOnce(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var failures = new CopyOnWriteArrayList<Throwable>();
            var begun = new AtomicInteger();
            var all = new Gate().openInTheEnd();
            var thrown = catchThrowable(() -> forEachConcurrent(MANY, 50, item -> {
                if (begun.incrementAndGet() == 50) {
                    all.open();
                }
                all.awaitStubbornly();
                var failure = new IOException(item.toString());
                failures.add(failure);
                throw failure;
            }));
            assertThat(failures).hasSize(50);
            var found = new ArrayList<>(Suppressed.in(thrown));
            found.add(thrown);
            assertThat(found).containsExactlyInAnyOrderElementsOf(failures);
        });
    }

    @OnEveryRuntime
    void j9_iteratorThatFails_stopsAndJoinsAndKeepsTheFailuresOfItems(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var broken = new IllegalStateException("cannot draw");
            var cleanUp = new IOException("clean-up");
            var ended = new AtomicInteger();
            var begun = new Gate();
            Iterable<Integer> items = () -> new Iterator<>() {
                private int drawn;

                @Override
                public boolean hasNext() {
                    if (drawn == 2) {
                        Yielding.until(begun::isOpen);
                        throw broken;
                    }
                    return true;
                }

                @Override
                public Integer next() {
                    return drawn++;
                }
            };
            assertThatThrownBy(() -> mapConcurrent(items, 5, item -> {
                        if (item == 1) {
                            begun.open();
                        }
                        try {
                            return sleep(FOREVER, 1);
                        } catch (CancelledException e) {
                            sleep(Duration.ofMillis(1 + 4 * item)); // one after the other
                            ended.incrementAndGet();
                            throw item == 1 ? cleanUp : e;
                        }
                    }))
                    .isSameAs(broken)
                    .hasSuppressedException(cleanUp);
            assertThat(ended.get()).isGreaterThanOrEqualTo(1);
            assertThat(Weft.allTasks()).hasSize(1);
        });
    }

    @OnEveryRuntime
    void j9_cancelOfTheCaller_stopsTheItemsForItsReasonAndKeepsTheirFailures(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var cleanUp = new IOException("clean-up");
            var reasons = new CopyOnWriteArrayList<Object>();
            var begun = new AtomicInteger();
            var drawing = new AtomicReference<Integer>();
            var task = createTask(() -> mapConcurrent(MANY, 3, item -> {
                begun.incrementAndGet();
                drawing.set(item);
                try {
                    return sleep(FOREVER, 1);
                } catch (CancelledException e) {
                    reasons.add(e.cancellation().reason());
                    if (item == 1) {
                        throw cleanUp;
                    }
                    throw e;
                }
            }));
            Tasks.awaitTrue(() -> begun.get() == 3);
            task.cancel("enough");
            var thrown = catchThrowable(() -> Soon.result(task));
            assertThat(thrown).isInstanceOf(CancellationException.class);
            assertThat(GroupFailures.foundIn(thrown)).contains(cleanUp);
            assertThat(reasons).containsExactly("enough", "enough", "enough");
            assertThat(begun).hasValue(3);
        });
    }

    @OnEveryRuntime
    void j9_itemsAreToldWhichOneFailed(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var told = new AtomicReference<Cancellation>();
            var begun = new Gate();
            var failing = new AtomicReference<String>();
            assertThatThrownBy(() -> forEachConcurrent(List.of(1, 2), 2, item -> {
                        if (item == 1) {
                            begun.await();
                            failing.set(Tasks.self().name());
                            throw new IOException("broken");
                        }
                        begun.open();
                        try {
                            sleep(FOREVER);
                        } catch (CancelledException e) {
                            told.set(e.cancellation());
                            throw e;
                        }
                    }))
                    .hasMessage("broken");
            assertThat(told.get().reason().toString()).contains(failing.get(), "failed");
            assertThat(told.get().origin())
                    .contains("mapConcurrent", Tasks.self().name());
        });
    }

    @OnEveryRuntime
    void j9_itemThatIgnoresCancellationIsReported(TestRuntime runtime) throws Exception {
        var problems = new CopyOnWriteArrayList<Problem>();
        var release = new Gate().openInTheEnd();
        try (var runner = runtime.builder()
                .cancellationGrace(Duration.ofMillis(1))
                .onProblem(problem -> {
                    problems.add(problem);
                    release.open();
                })
                .build()) {
            runner.run(() -> {
                var begun = new Gate();
                assertThatThrownBy(() -> forEachConcurrent(List.of(1, 2), 2, item -> {
                            if (item == 1) {
                                begun.await();
                                throw new IOException("broken");
                            }
                            begun.open();
                            release.awaitStubbornly();
                        }))
                        .hasMessage("broken");
            });
        }
        assertThat(problems)
                .singleElement()
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.IGNORES_CANCELLATION));
    }

    @OnEveryRuntime
    void j9_resultsAreKeptAndTasksAreNot(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var leaks = new Leaks();
            var kept = new AtomicInteger();
            mapConcurrent(IntStream.range(0, 300).boxed().toList(), 1, item -> {
                if (item == 299) {
                    kept.set(leaks.kept(30));
                } else {
                    leaks.watch(Tasks.self());
                }
                return item;
            });
            assertThat(kept.get()).isLessThanOrEqualTo(30);
        });
    }

    @OnEveryRuntime
    void j9_callsWithinDrawingBelongToTheCaller(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            Iterable<Integer> items = () -> new Iterator<>() {
                private int drawn;

                @Override
                public boolean hasNext() {
                    return drawn < 3;
                }

                @Override
                public Integer next() {
                    try {
                        drawn += gather(() -> 1, () -> 2).getFirst();
                        return drawn;
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }
            };
            assertThat(mapConcurrent(items, 2, item -> item * 10)).containsExactly(10, 20, 30);
        });
    }

    @OnEveryRuntime
    void j9_callerThatWasCancelledBeforeDrawsNothing(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var drawn = new AtomicInteger();
            Iterable<Integer> items = () ->
                    IntStream.range(0, 3).peek(i -> drawn.incrementAndGet()).iterator();
            Tasks.self().cancel("before");
            assertThatThrownBy(() -> mapConcurrent(items, 2, item -> item)).isInstanceOf(CancelledException.class);
            assertThat(drawn).hasValue(0);
            Tasks.self().uncancel();
        });
    }
}

package dev.weft;

import static dev.weft.GroupFailures.foundIn;
import static dev.weft.Tasks.join;
import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.mapConcurrent;
import static dev.weft.Weft.onCancel;
import static dev.weft.Weft.settle;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;
import static dev.weft.Weft.timeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * J26: failures stay with what is thrown through every wrapping. All nestings of up to {@link #DEEPEST} levels, whose
 * bodies all fail in their clean-ups, stopped in each way, and once more while they clean up.
 */
class CarriedFailuresTest {

    private static final int DEEPEST = 3;

    private enum Level {
        TIMEOUT,
        GROUP,
        GATHER,
        SETTLE,
        ON_CANCEL,
        MAP
    }

    /** What stops a nest, and then once more. */
    private enum Stop {
        CANCEL_TWICE,
        /** A limit that passes, then a sibling's failure in an enclosing group. */
        LIMIT_THEN_SIBLING,
        SIBLING_THEN_CANCEL,
        CANCEL_THEN_LIMIT
    }

    /** A nest of calls around bodies that fail in their clean-ups. */
    private static final class Nest {
        final List<Level> levels;
        final List<Exception> failures = new CopyOnWriteArrayList<>();
        final AtomicInteger running = new AtomicInteger();
        final AtomicInteger cleaning = new AtomicInteger();
        final int bodies;
        final Gate allRun = new Gate();
        final Gate allCleanUp = new Gate();
        final Gate mayFail = new Gate();

        Nest(List<Level> levels) {
            this.levels = levels;
            this.bodies = 1
                    + (int) levels.stream()
                            .filter(level -> level != Level.TIMEOUT && level != Level.ON_CANCEL)
                            .count();
        }

        Object run(int depth) throws Exception {
            if (depth == levels.size()) {
                return isOnlyBodyOfOnCancel() ? failAsIfItsConnectionWasClosed() : failInCleanUp();
            }
            Body<Object, Exception> inner = () -> run(depth + 1);
            return switch (levels.get(depth)) {
                case TIMEOUT -> timeout(FOREVER, () -> inner.run());
                case GROUP ->
                    taskGroup(group -> {
                        group.createTask(inner);
                        group.createTask(this::failInCleanUp);
                        return "its block";
                    });
                case GATHER -> gather(inner, this::failInCleanUp);
                case SETTLE -> settle(inner, this::failInCleanUp);
                case ON_CANCEL -> onCancel(() -> {}, inner);
                case MAP -> mapConcurrent(List.of(inner, this::failInCleanUp), 2, Body::run);
            };
        }

        private boolean isOnlyBodyOfOnCancel() {
            var calls = levels.stream().filter(level -> level != Level.TIMEOUT).toList();
            return !calls.isEmpty() && calls.getLast() == Level.ON_CANCEL;
        }

        private Object failInCleanUp() throws Exception {
            if (running.incrementAndGet() == bodies) {
                allRun.open();
            }
            try {
                return sleep(FOREVER, "never");
            } catch (InterruptedException e) {
                if (cleaning.incrementAndGet() == bodies) {
                    allCleanUp.open();
                }
                mayFail.awaitStubbornly();
                var failure = new IOException("failure " + failures.size());
                failures.add(failure);
                throw failure;
            }
        }

        /** How a body of {@code onCancel} stops is its own affair, but not what it has met. */
        private Object failAsIfItsConnectionWasClosed() throws Exception {
            try {
                return failInCleanUp();
            } catch (IOException e) {
                var closed = new IOException("closed");
                closed.addSuppressed(e);
                throw closed;
            }
        }
    }

    @OnEveryRuntime
    void j26_everyNesting_everyFailureIsFoundInWhatIsThrownOrReported(TestRuntime runtime) throws Exception {
        for (var stop : Stop.values()) {
            for (var size = 1; size <= (TestRuntime.areOthers() ? DEEPEST - 1 : DEEPEST); size++) {
                var count = (int) Math.pow(Level.values().length, size);
                for (var number = 0; number < count; number++) {
                    check(runtime, stop, new Nest(nesting(number, size)));
                }
            }
        }
    }

    private static List<Level> nesting(int number, int size) {
        var all = Level.values();
        var levels = new ArrayList<Level>();
        for (var rest = number; levels.size() < size; rest /= all.length) {
            levels.add(all[rest % all.length]);
        }
        return levels;
    }

    private static void check(TestRuntime runtime, Stop stop, Nest nest) throws Exception {
        var problems = new CopyOnWriteArrayList<Problem>();
        var thrown = new AtomicReference<Throwable>();
        runtime.run(problems, () -> {
            var limit = new CompletableFuture<Timeout>();
            var siblingFails = new Gate();
            var siblingsFailure = new IllegalStateException("sibling's failure");
            var caller = createTask(() -> {
                thrown.set(catchThrowable(() -> taskGroup(group -> {
                    group.createTask(() -> timeout(FOREVER, timeout -> {
                        limit.complete(timeout);
                        nest.run(0);
                    }));
                    group.createTask(() -> {
                        siblingFails.await();
                        throw siblingsFailure;
                    });
                })));
            });
            Body<Object, Exception> passLimit = () -> {
                Weft.await(limit).rescheduleAt(Deadline.now());
                return "passed";
            };
            nest.allRun.await();
            switch (stop) {
                case CANCEL_TWICE, CANCEL_THEN_LIMIT -> caller.cancel("first");
                case LIMIT_THEN_SIBLING -> passLimit.run();
                case SIBLING_THEN_CANCEL -> siblingFails.open();
            }
            nest.allCleanUp.await();
            switch (stop) {
                case CANCEL_TWICE, SIBLING_THEN_CANCEL -> caller.cancel("second");
                case LIMIT_THEN_SIBLING -> siblingFails.open();
                case CANCEL_THEN_LIMIT -> passLimit.run();
            }
            nest.mayFail.open();
            join(caller);
        });
        Set<Throwable> found = Collections.newSetFromMap(new IdentityHashMap<>());
        found.addAll(foundIn(thrown.get()));
        problems.forEach(problem -> found.addAll(foundIn(problem.exception())));
        assertThat(found)
                .as("%s stopped by %s: found in %s", nest.levels, stop, thrown.get())
                .containsAll(nest.failures);
        assertThat(nest.failures).hasSize(nest.bodies);
    }

    /** The second reason takes the place of the first one's exception. */
    @OnEveryRuntime
    void j26_failureBeforeALimitThatMeetsAGroupsAbort(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var first = new IOException("first");
            var second = new IllegalStateException("second");
            var limit = new CompletableFuture<Timeout>();
            var cleansUp = new Gate();
            var started = new Gate();
            var firstHasFailed = new Gate();
            var thrown = catchThrowable(() -> taskGroup(group -> {
                var limited = group.createTask(() -> timeout(FOREVER, timeout -> {
                    limit.complete(timeout);
                    return gather(
                            () -> {
                                started.await();
                                throw first;
                            },
                            () -> {
                                started.open();
                                try {
                                    return sleep(FOREVER, "never");
                                } finally {
                                    firstHasFailed.open();
                                    cleansUp.awaitStubbornly();
                                }
                            });
                }));
                group.createTask(() -> {
                    firstHasFailed.await();
                    Weft.await(limit).rescheduleAt(Deadline.now());
                    Tasks.awaitTrue(() -> limited.cancelling() > 0);
                    createTask(() -> {
                        Tasks.awaitTrue(() -> limited.cancelling() > 1);
                        cleansUp.open();
                    });
                    throw second;
                });
            }));
            assertThat(foundIn(thrown)).contains(first, second);
        });
    }

    @OnEveryRuntime
    void j26_limitsExceptionCarriesWhatItsCauseDoes(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var nest = new Nest(List.of(Level.GATHER));
            nest.mayFail.open();
            var thrown = catchThrowable(() -> timeout(FOREVER, timeout -> {
                createTask(() -> {
                    nest.allRun.await();
                    timeout.rescheduleAt(Deadline.now());
                });
                return nest.run(0);
            }));
            assertThat(thrown).isInstanceOf(TimeoutException.class);
            assertThat(thrown.getSuppressed()).containsAll(nest.failures).hasSize(2);
        });
    }

    /** Awaiting it counts as having looked at it. */
    @OnEveryRuntime
    void j26_failureOfACancelledTask_throughATaskThatAwaitsIt(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var failure = new IOException("in the clean-up");
            var started = new Gate();
            var awaited = createTask(() -> {
                started.open();
                try {
                    return sleep(FOREVER, "never");
                } catch (InterruptedException e) {
                    e.addSuppressed(failure);
                    throw e;
                }
            });
            var outcomes = settle(() -> {
                createTask(() -> {
                    started.await();
                    awaited.cancel();
                });
                return awaited.await();
            });
            var ended = (Outcome.Cancelled<String>) outcomes.getFirst();
            assertThat(foundIn(ended.exception())).contains(failure);
            var thrown = catchThrowable(() -> gather(() -> awaited.await()));
            assertThat(thrown.getSuppressed()).contains(failure);
        });
    }
}

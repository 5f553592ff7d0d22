package dev.weft;

import static dev.weft.Tasks.join;
import static dev.weft.Tasks.self;
import static dev.weft.Tasks.staysPending;
import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.allTasks;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.forEachConcurrent;
import static dev.weft.Weft.mapConcurrent;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** J9: limits to how much runs at once. */
class LimitTest {

    private static final int LIMIT = 3;
    private static final int COUNT = 60;

    /** Counts those that run; the first ones wait until the limit is reached. */
    private static final class Meter {
        private final Gate full = new Gate();
        private final AtomicInteger running = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private final List<Integer> begun = new CopyOnWriteArrayList<>();
        private final AtomicInteger ended = new AtomicInteger();

        int pass(int item) throws InterruptedException {
            begun.add(item);
            var now = running.incrementAndGet();
            most.accumulateAndGet(now, Math::max);
            if (now == LIMIT) {
                full.open();
            }
            full.await();
            Yielding.stubbornly(item % 4);
            running.decrementAndGet();
            ended.incrementAndGet();
            return item * 10;
        }

        void check(TestRuntime runtime) {
            assertThat(most).hasValue(LIMIT);
            assertThat(ended).hasValue(COUNT);
            assertThat(begun).hasSize(COUNT);
            if (runtime == TestRuntime.EVENT_LOOP) {
                assertThat(begun).isSorted();
            }
            // before an item begins all earlier ones were started, and only the limit's number of them still runs
            for (var place = 0; place < COUNT; place++) {
                assertThat(begun.get(place)).isLessThan(place + LIMIT);
            }
        }
    }

    @OnEveryRuntime
    void j9_mapConcurrent_neverMoreThanTheLimit_startedInOrder(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var meter = new Meter();
            var items = IntStream.range(0, COUNT).boxed().toList();
            var results = mapConcurrent(items, LIMIT, meter::pass);
            assertThat(results).isEqualTo(items.stream().map(item -> item * 10).toList());
            meter.check(runtime);
        });
    }

    @OnEveryRuntime
    void j9_limitedGroup_neverMoreThanTheLimit_startedInOrder(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var meter = new Meter();
            taskGroup(GroupOptions.failFast().limit(LIMIT), group -> {
                for (var i = 0; i < COUNT; i++) {
                    var item = i;
                    group.createTask(() -> meter.pass(item));
                }
            });
            meter.check(runtime);
        });
    }

    @OnEveryRuntime
    void j9_limitOfOne_isOneAfterTheOther(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var items = IntStream.range(0, COUNT).boxed().toList();
            var byMap = new ArrayList<Integer>();
            forEachConcurrent(items, 1, byMap::add);
            assertThat(byMap).isEqualTo(items);
            var byGroup = new ArrayList<Integer>();
            taskGroup(GroupOptions.failFast().limit(1), group -> {
                items.forEach(item -> group.createTask(() -> byGroup.add(item)));
            });
            assertThat(byGroup).isEqualTo(items);
        });
    }

    @OnEveryRuntime
    void j9_eachEndMakesRoomForExactlyOne(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var begun = Stream.generate(Gate::new).limit(4).toList();
            var mayEnd = Stream.generate(Gate::new).limit(4).toList();
            var mapping = createTask(() -> mapConcurrent(List.of(0, 1, 2, 3), 2, item -> {
                begun.get(item).open();
                mayEnd.get(item).await();
                return item;
            }));
            begun.get(0).await();
            begun.get(1).await();
            assertThat(staysPending(mapping)).isTrue();
            assertThat(begun.get(2).isOpen()).isFalse();
            mayEnd.get(1).open();
            begun.get(2).await();
            assertThat(staysPending(mapping)).isTrue();
            assertThat(begun.get(3).isOpen()).isFalse();
            mayEnd.forEach(Gate::open);
            assertThat(mapping.await()).containsExactly(0, 1, 2, 3);
        });
    }

    /** Yields the numbers from 0 on, without end, and knows how many of them have been drawn. */
    private static final class Numbers implements Iterator<Integer> {
        final AtomicInteger drawn = new AtomicInteger();
        final AtomicInteger ended = new AtomicInteger();
        final AtomicInteger mostInUse = new AtomicInteger();
        private final Thread caller = Thread.currentThread();

        @Override
        public boolean hasNext() {
            return true;
        }

        @Override
        public Integer next() {
            assertThat(Thread.currentThread()).isSameAs(caller);
            var item = drawn.getAndIncrement();
            mostInUse.accumulateAndGet(drawn.get() - ended.get(), Math::max);
            return item;
        }
    }

    @OnEveryRuntime
    void j9_lazyItemsAreDrawnAsThereIsRoom_infiniteOnesEndWithTheFirstFailure(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var boom = new IOException("boom");
            var numbers = new Numbers();
            var sleepers = new AtomicInteger();
            var thrown = catchThrowable(() -> mapConcurrent(() -> numbers, LIMIT, item -> {
                if (item == COUNT) {
                    throw boom;
                }
                if (item > COUNT) {
                    sleepers.incrementAndGet();
                    try {
                        sleep(FOREVER);
                    } finally {
                        sleepers.decrementAndGet();
                    }
                }
                numbers.ended.incrementAndGet();
                return item;
            }));
            assertThat(thrown).isSameAs(boom);
            assertThat(numbers.drawn).hasValueBetween(COUNT + 1, COUNT + LIMIT);
            assertThat(numbers.mostInUse).hasValueLessThanOrEqualTo(LIMIT).hasPositiveValue();
            assertThat(sleepers).hasValue(0);
            assertThat(allTasks()).hasSize(1).allMatch(task -> task == self());
        });
    }

    @OnEveryRuntime
    void j9_iteratorThatFails_cancelsWhatRuns(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var boom = new IllegalStateException("boom");
            var sleeping = new SleepingBody();
            Iterable<Integer> items = () -> Stream.of(0, 1)
                    .peek(item -> {
                        if (item == 1) {
                            Yielding.until(sleeping.started::isOpen);
                            throw boom;
                        }
                    })
                    .iterator();
            assertThatThrownBy(() -> mapConcurrent(items, 2, item -> sleeping.run()))
                    .isSameAs(boom);
            assertThat(sleeping.interruption()).isNotNull();
            assertThat(sleeping.hasEnded()).isTrue();
        });
    }

    @OnEveryRuntime
    void j9_limitedGroup_queuedTaskIsCancelled(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var mayEnd = new Gate();
            var ran = new AtomicBoolean();
            var order = new ArrayList<String>();
            taskGroup(GroupOptions.failFast().limit(1), group -> {
                var first = group.createTask(() -> {
                    mayEnd.await();
                    order.add("first");
                });
                var queued = group.createTask(() -> ran.set(true));
                var last = group.createTask(() -> order.add("last"));
                assertThat(queued.cancel()).isTrue();
                join(queued);
                assertThat(queued.isCancelled()).isTrue();
                assertThat(first.isDone()).isFalse();
                assertThat(staysPending(last)).isTrue();
                mayEnd.open();
            });
            assertThat(ran).isFalse();
            assertThat(order).containsExactly("first", "last");
        });
    }

    @OnEveryRuntime
    void j9_limitedGroup_failureCancelsQueuedTasks(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var boom = new IOException("boom");
            var allCreated = new Gate();
            var queued = new ArrayList<Task<?>>();
            var members = GroupFailures.membersThrownBy(() ->
                    taskGroup(GroupOptions.failFast().limit(2), group -> {
                        group.createTask(new SleepingBody());
                        group.createTask(() -> {
                            allCreated.await();
                            throw boom;
                        });
                        for (var i = 0; i < COUNT; i++) {
                            queued.add(group.createTask(new SleepingBody()));
                        }
                        allCreated.open();
                    }));
            assertThat(members).containsExactly(boom);
            assertThat(queued).hasSize(COUNT).allMatch(Task::isCancelled);
        });
    }

    @OnEveryRuntime
    void j9_limitBelowOne_isRejected(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            assertThatIllegalArgumentException().isThrownBy(() -> mapConcurrent(List.of(1), 0, item -> item));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> GroupOptions.supervisor().limit(-1));
        });
    }

    @OnEveryRuntime
    void j9_limitedGroup_failureKeepsQueuedTasksFromBeginning(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var boom = new IOException("boom");
            var ran = new AtomicBoolean();
            var allCreated = new Gate();
            var queued = new ArrayList<Task<?>>();
            var members = GroupFailures.membersThrownBy(() ->
                    taskGroup(GroupOptions.failFast().limit(2), group -> {
                        group.createTask(new SleepingBody());
                        group.createTask(() -> {
                            allCreated.await();
                            throw boom;
                        });
                        for (var i = 0; i < COUNT; i++) {
                            queued.add(group.createTask(() -> ran.set(true)));
                        }
                        allCreated.open();
                    }));
            assertThat(members).containsExactly(boom);
            assertThat(ran).isFalse();
            assertThat(queued).hasSize(COUNT).allMatch(Task::isCancelled);
        });
    }
}

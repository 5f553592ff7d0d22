package dev.weft;

import static dev.weft.Tasks.self;
import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.allTasks;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** J21 (small) and J22: much at once, and much within each other. */
class DeepAndWideTest {

    private static final int DEPTH = 1_000;

    /** All on one thread, whose stack is limited. */
    private static final int DEPTH_ON_ONE_STACK = 250;

    /** Less where it is done in several orders. */
    private static final int WIDTH = TestRuntime.areOthers() ? 10_000 : 100_000;

    private static final int SLEEPERS = 20_000;

    private final IOException boom = new IOException("boom");
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();

    /** So much at once takes its time to end; that is no problem to be reported. */
    private static void run(TestRuntime runtime, VoidBody<Exception> main) throws Exception {
        var problems = new CopyOnWriteArrayList<Problem>();
        var builder = runtime.builder().onProblem(problems::add).cancellationGrace(Duration.ofHours(1));
        try (var runner = builder.build()) {
            runner.run(main);
        }
        assertThat(problems).isEmpty();
    }

    // ---- deep

    private void nestInBlocks(int depth) throws Exception {
        begun.incrementAndGet();
        try {
            taskGroup(group -> {
                if (depth == 1) {
                    group.createTask(this::fail);
                    sleep(FOREVER);
                }
                nestInBlocks(depth - 1);
            });
        } finally {
            ended.incrementAndGet();
        }
    }

    private void nestInTasks(int depth) throws Exception {
        begun.incrementAndGet();
        try {
            taskGroup(group -> {
                group.createTask(() -> {
                    if (depth == 1) {
                        fail();
                    }
                    nestInTasks(depth - 1);
                });
                sleep(FOREVER);
            });
        } finally {
            ended.incrementAndGet();
        }
    }

    private void fail() throws IOException {
        throw boom;
    }

    @OnEveryRuntime
    void j22_deep_groupsInBlocks_theInnermostTaskFails(TestRuntime runtime) throws Exception {
        run(runtime, () -> checkDeep(DEPTH_ON_ONE_STACK, catchThrowable(() -> nestInBlocks(DEPTH_ON_ONE_STACK))));
    }

    @OnEveryRuntime
    void j22_deep_groupsInTasks_theInnermostTaskFails(TestRuntime runtime) throws Exception {
        run(runtime, () -> checkDeep(DEPTH, catchThrowable(() -> nestInTasks(DEPTH))));
    }

    @OnEveryRuntime
    void j22_deep_theOutermostIsCancelled(TestRuntime runtime) throws Exception {
        var innermost = new SleepingBody();
        run(runtime, () -> {
            taskGroup(group -> {
                group.createTask(() -> nestAround(innermost, DEPTH));
                innermost.started.await();
                group.cancel();
            });
            assertThat(innermost.hasEnded()).isTrue();
            assertThat(begun).hasValue(DEPTH);
            checkAllHasEnded();
        });
    }

    private void nestAround(SleepingBody innermost, int depth) throws Exception {
        begun.incrementAndGet();
        try {
            taskGroup(group -> {
                if (depth == 1) {
                    group.createTask(innermost);
                } else {
                    group.createTask(() -> nestAround(innermost, depth - 1));
                }
            });
        } finally {
            ended.incrementAndGet();
        }
    }

    private void checkDeep(int depth, Throwable thrown) {
        var levels = 0;
        var innermost = thrown;
        for (; innermost instanceof ExceptionGroup group; levels++) {
            assertThat(group.exceptions()).hasSize(1);
            innermost = group.exceptions().getFirst();
        }
        assertThat(innermost).isSameAs(boom);
        assertThat(levels).isEqualTo(depth);
        assertThat(((ExceptionGroup) thrown).leaves()).containsExactly(boom);
        assertThat(begun).hasValue(depth);
        checkAllHasEnded();
    }

    private void checkAllHasEnded() {
        assertThat(ended).hasValue(begun.get());
        assertThat(allTasks()).hasSize(1).allMatch(task -> task == self());
    }

    // ---- wide

    /** The last one to begin lets the failing one fail; if none is to fail, all end at once. */
    private final class Wide {
        private final int failing;
        private final Gate allRun = new Gate();

        Wide(int failing) {
            this.failing = failing;
        }

        List<Body<@Nullable Integer, IOException>> bodies() {
            var bodies = new ArrayList<Body<@Nullable Integer, IOException>>();
            for (var i = 0; i < WIDTH; i++) {
                var number = i;
                bodies.add(() -> run(number));
            }
            return bodies;
        }

        private int run(int number) throws IOException, InterruptedException {
            if (begun.incrementAndGet() == WIDTH) {
                allRun.open();
            }
            try {
                if (number == failing) {
                    allRun.await();
                    throw boom;
                }
                if (failing >= 0) {
                    sleep(FOREVER);
                }
                return number;
            } finally {
                ended.incrementAndGet();
            }
        }
    }

    private void checkWideGroup(TestRuntime runtime, int failing) throws Exception {
        run(runtime, () -> {
            var members = GroupFailures.membersThrownBy(() -> taskGroup(group -> {
                new Wide(failing).bodies().forEach(group::createTask);
            }));
            assertThat(members).containsExactly(boom);
            assertThat(begun).hasValue(WIDTH);
            checkAllHasEnded();
        });
    }

    private void checkWideGather(TestRuntime runtime, int failing) throws Exception {
        run(runtime, () -> {
            var thrown = catchThrowable(() -> gather(new Wide(failing).bodies()));
            assertThat(thrown)
                    .isSameAs(boom)
                    .satisfies(e -> assertThat(Suppressed.in(e)).isEmpty());
            assertThat(begun).hasValue(WIDTH);
            checkAllHasEnded();
        });
    }

    @OnEveryRuntime
    void j22_wideGroup_theFirstFails(TestRuntime runtime) throws Exception {
        checkWideGroup(runtime, 0);
    }

    @OnEveryRuntime
    void j22_wideGroup_theLastFails(TestRuntime runtime) throws Exception {
        checkWideGroup(runtime, WIDTH - 1);
    }

    @OnEveryRuntime
    void j22_wideGroup_noneFails(TestRuntime runtime) throws Exception {
        run(runtime, () -> {
            taskGroup(group -> {
                new Wide(-1).bodies().forEach(group::createTask);
            });
            assertThat(begun).hasValue(WIDTH);
            checkAllHasEnded();
        });
    }

    @OnEveryRuntime
    void j22_wideGather_theFirstFails(TestRuntime runtime) throws Exception {
        checkWideGather(runtime, 0);
    }

    @OnEveryRuntime
    void j22_wideGather_theLastFails(TestRuntime runtime) throws Exception {
        checkWideGather(runtime, WIDTH - 1);
    }

    @OnEveryRuntime
    void j22_wideGather_noneFails(TestRuntime runtime) throws Exception {
        run(runtime, () -> {
            var results = gather(new Wide(-1).bodies());
            assertThat(results).hasSize(WIDTH);
            for (var i = 0; i < WIDTH; i++) {
                assertThat((Object) results.get(i)).isEqualTo(i);
            }
            checkAllHasEnded();
        });
    }

    // ---- many sleepers

    @OnEveryRuntime
    void j21_manySleepingTasks_areCancelled(TestRuntime runtime) throws Exception {
        run(runtime, () -> {
            var allSleep = new Gate();
            var tasks = new CopyOnWriteArrayList<Task<?>>();
            taskGroup(group -> {
                var created = new ArrayList<Task<?>>();
                for (var i = 0; i < SLEEPERS; i++) {
                    created.add(group.createTask(() -> {
                        if (begun.incrementAndGet() == SLEEPERS) {
                            allSleep.open();
                        }
                        try {
                            sleep(FOREVER);
                        } finally {
                            ended.incrementAndGet();
                        }
                    }));
                }
                tasks.addAll(created);
                allSleep.await();
                assertThat(ended).hasValue(0);
                group.cancel();
            });
            assertThat(tasks).hasSize(SLEEPERS).allMatch(Task::isCancelled);
            assertThat(begun).hasValue(SLEEPERS);
            checkAllHasEnded();
        });
    }
}

package dev.weft.internal.run;

import static dev.weft.Weft.createTask;
import static dev.weft.Weft.waitUntil;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofNanos;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ForwardingScheduler;
import dev.weft.ReturnWhen;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.internal.runtime.ParallelScheduler;
import dev.weft.internal.runtime.TimerHandle;
import dev.weft.internal.task.Problems;
import dev.weft.internal.task.TaskImpl;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class UnobservedFailuresTest {

    private static final int MAX = 3;

    private final Looking scheduler = new Looking();
    private final List<String> reported = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Thread> reporter = new CompletableFuture<>();
    private final CountDownLatch mayGoOn = new CountDownLatch(1);

    private final UnobservedFailures failures = new UnobservedFailures(
            new Problems(problem -> {
                reported.add(problem.exception().getMessage());
                if (reporter.complete(Thread.currentThread())) {
                    await(mayGoOn);
                }
            }),
            scheduler,
            ofHours(1),
            MAX);

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The thread that reports what is due has the next failure in hand when others push that one out. */
    @Test
    void v7_failureThatTwoReportAtOnce_countsOnce() throws Exception {
        withFailedTasks(MAX + 3, tasks -> {
            failures.keep(tasks.get(0), false, ofNanos(1));
            failures.keep(tasks.get(1), false, ofNanos(1));
            scheduler.look();
            var thread = reporter.get(60, TimeUnit.SECONDS);
            for (var task : tasks.subList(2, MAX + 2)) {
                failures.keep(task, false, null);
            }
            assertThat(reported).containsExactly("failure 0", "failure 1");
            mayGoOn.countDown();
            thread.join();
            failures.keep(tasks.get(MAX + 2), false, null);
            assertThat(reported).containsExactly("failure 0", "failure 1", "failure 2");
        });
    }

    private interface Use {
        void of(List<TaskImpl<?>> tasks) throws Exception;
    }

    private static void withFailedTasks(int count, Use use) throws Exception {
        try (var runner = Runner.builder()
                .signals(false)
                .reportFailuresAfter(ofHours(1))
                .onProblem(problem -> {})
                .build()) {
            runner.run(() -> {
                var tasks = new ArrayList<TaskImpl<?>>();
                for (var i = 0; i < count; i++) {
                    var number = i;
                    Task<Object> task = createTask(() -> {
                        throw new IllegalStateException("failure " + number);
                    });
                    tasks.add(TaskImpl.of(task));
                }
                waitUntil(ReturnWhen.ALL_COMPLETED, List.<Task<?>>copyOf(tasks));
                use.of(tasks);
            });
        }
    }

    /** Looks when the test wants it to. */
    private static final class Looking extends ForwardingScheduler {

        private final CopyOnWriteArrayList<Runnable> looks = new CopyOnWriteArrayList<>();

        Looking() {
            super(ParallelScheduler.INSTANCE);
        }

        @Override
        public TimerHandle scheduleWatch(long deadlineNanos, Runnable action) {
            looks.add(action);
            return () -> looks.remove(action);
        }

        void look() {
            looks.removeFirst().run();
        }
    }
}

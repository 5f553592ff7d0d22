package samples.deep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.weft.test.junit.SimulationTest;
import java.time.Duration;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Disabled;

/** Pools and timers with threads or a clock of their own. Run by a test: {@code faulty_}, {@code correct_}. */
@Disabled("run by DeepSimulationTest")
class TimersAndPools {

    private int count;

    private void both(ThreadFactory threads) throws InterruptedException {
        var one = threads.newThread(() -> count++);
        var two = threads.newThread(() -> count++);
        one.start();
        two.start();
        one.join();
        two.join();
        assertThat(count).isEqualTo(2);
    }

    // ---- threads

    @SimulationTest(deep = true)
    void faulty_platformThreadsOfABuilder() throws InterruptedException {
        both(task -> Thread.ofPlatform().name("one").unstarted(task));
    }

    @SimulationTest(deep = true)
    void faulty_platformThreadsOfABuildersFactory() throws InterruptedException {
        both(Thread.ofPlatform().daemon().factory());
    }

    @SimulationTest(deep = true)
    void faulty_threadsOfAConstructorReference() throws InterruptedException {
        both(Thread::new);
    }

    /** As the JDK's own default factory does it. */
    @SimulationTest(deep = true)
    void correct_threadThatIsNoDaemon() throws InterruptedException {
        var thread = new Thread(() -> count++);
        if (thread.isDaemon()) {
            thread.setDaemon(false);
        }
        thread.start();
        thread.join();
        assertThat(count).isEqualTo(1);
    }

    @SimulationTest(deep = true)
    void faulty_poolWhoseFactoryMakesPlatformThreads() throws Exception {
        ThreadFactory foreign = samples.other.Threads::platform;
        try (var pool = Executors.newFixedThreadPool(2, foreign)) {
            var one = pool.submit(() -> count++);
            var two = pool.submit(() -> count++);
            one.get();
            two.get();
        }
        assertThat(count).isEqualTo(2);
    }

    // ---- scheduled pools

    @SimulationTest(deep = true)
    void correct_taskAfterADay_takesNoTime() throws Exception {
        var pool = new ScheduledThreadPoolExecutor(2);
        var before = System.nanoTime();
        assertThat(pool.schedule(() -> "done", 1, TimeUnit.DAYS).get()).isEqualTo("done");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isBetween(Duration.ofDays(1), Duration.ofHours(25));
        pool.shutdownNow();
    }

    @SimulationTest(deep = true)
    void correct_periodicTasks_inTheOrderOfTheirTimes() throws Exception {
        var log = new StringBuffer();
        var done = new CountDownLatch(3);
        try (var pool = Executors.newSingleThreadScheduledExecutor()) {
            pool.schedule(() -> log.append("late "), 150, TimeUnit.MINUTES);
            var rate = pool.scheduleAtFixedRate(
                    () -> {
                        log.append("tick ");
                        done.countDown();
                    },
                    1,
                    1,
                    TimeUnit.HOURS);
            done.await();
            rate.cancel(false);
        }
        assertThat(log.toString()).isEqualTo("tick tick late tick ");
    }

    @SimulationTest(deep = true)
    void correct_delayBetweenTasks_countsFromTheEnd() throws Exception {
        var ends = new CountDownLatch(2);
        var begin = System.nanoTime();
        var pool = Executors.newScheduledThreadPool(1);
        pool.scheduleWithFixedDelay(
                () -> {
                    sleep(Duration.ofHours(1));
                    ends.countDown();
                },
                0,
                2,
                TimeUnit.HOURS);
        ends.await();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(Duration.ofHours(4), Duration.ofHours(5));
        pool.shutdownNow();
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @SimulationTest(deep = true)
    void correct_shutdown_runsDelayedTasksUnlessTold() throws Exception {
        var keeps = new ScheduledThreadPoolExecutor(1);
        var drops = new ScheduledThreadPoolExecutor(1);
        drops.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        var kept = keeps.schedule(() -> 1, 1, TimeUnit.HOURS);
        var dropped = drops.schedule(() -> 1, 1, TimeUnit.HOURS);
        keeps.shutdown();
        drops.shutdown();
        assertThat(keeps.awaitTermination(2, TimeUnit.HOURS)).isTrue();
        assertThat(drops.awaitTermination(2, TimeUnit.HOURS)).isTrue();
        assertThat(kept.get()).isEqualTo(1);
        assertThat(dropped.isCancelled()).isTrue();
    }

    @SimulationTest(deep = true)
    void correct_cancelledTask_leavesTheQueueIfTold() {
        var pool = new ScheduledThreadPoolExecutor(1);
        pool.setRemoveOnCancelPolicy(true);
        var task = pool.schedule(() -> count++, 1, TimeUnit.HOURS);
        assertThat(task.getDelay(TimeUnit.MINUTES)).isBetween(59L, 60L);
        assertThat(task.cancel(false)).isTrue();
        assertThat(pool.getQueue()).isEmpty();
        pool.shutdownNow();
    }

    @SimulationTest(deep = true)
    void faulty_taskThatIsScheduledBesideAnother() throws Exception {
        var pool = Executors.newScheduledThreadPool(2);
        var one = pool.schedule(() -> count++, 1, TimeUnit.HOURS);
        var two = pool.schedule(() -> count++, 1, TimeUnit.HOURS);
        one.get();
        two.get();
        pool.shutdown();
        assertThat(count).isEqualTo(2);
    }

    // ---- java.util.Timer

    private final class Ticks extends TimerTask {
        private final CountDownLatch left;

        Ticks(int number) {
            left = new CountDownLatch(number);
        }

        @Override
        public void run() {
            count++;
            left.countDown();
        }
    }

    @SimulationTest(deep = true)
    void correct_timer_takesNoTime() throws Exception {
        var timer = new Timer("ticks", true);
        var ticks = new Ticks(3);
        timer.schedule(ticks, TimeUnit.HOURS.toMillis(1), TimeUnit.HOURS.toMillis(1));
        assertThatThrownBy(() -> timer.schedule(ticks, 1)).isInstanceOf(IllegalStateException.class);
        ticks.left.await();
        timer.cancel();
        assertThatThrownBy(() -> timer.schedule(new Ticks(1), 1)).isInstanceOf(IllegalStateException.class);
        sleep(Duration.ofHours(10));
        assertThat(count).isEqualTo(3);
    }

    @SimulationTest(deep = true)
    void correct_timerTaskThatIsCancelled_isNotRun() {
        var timer = new Timer();
        var task = new Ticks(1);
        timer.schedule(task, 10);
        assertThat(task.cancel()).isTrue();
        assertThat(task.cancel()).isFalse();
        sleep(Duration.ofSeconds(1));
        assertThat(count).isZero();
    }

    @SimulationTest(deep = true)
    void faulty_timerTaskBesideTheTest() {
        new Timer().schedule(new Ticks(1), 10);
        sleep(Duration.ofMillis(10));
        count++;
        sleep(Duration.ofMillis(10));
        assertThat(count).isEqualTo(2);
    }

    // ---- delays and limits

    private record Due(long at) implements Delayed {
        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(at - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(at, ((Due) other).at);
        }
    }

    @SimulationTest(deep = true)
    void correct_delayQueue_takesNoTime() throws Exception {
        var queue = new DelayQueue<Due>();
        var now = System.nanoTime();
        var late = new Due(now + Duration.ofHours(20).toNanos());
        var early = new Due(now + Duration.ofHours(10).toNanos());
        queue.add(late);
        var adds = Thread.startVirtualThread(() -> queue.add(early));
        assertThat(queue.take()).isSameAs(early);
        assertThat(queue.poll(1, TimeUnit.HOURS)).isNull();
        assertThat(queue.poll(10, TimeUnit.HOURS)).isSameAs(late);
        adds.join();
    }

    private static String oversleeps() throws InterruptedException {
        Thread.sleep(Duration.ofDays(1));
        return "late";
    }

    @SimulationTest(deep = true)
    void correct_invocationsWithALimit_takeNoTime() throws Exception {
        try (var pool = Executors.newCachedThreadPool()) {
            var tasks = List.<Callable<String>>of(TimersAndPools::oversleeps, () -> "early");
            var ended = pool.invokeAll(tasks, 1, TimeUnit.HOURS);
            assertThat(ended.getFirst().isCancelled()).isTrue();
            assertThat(ended.getLast().get()).isEqualTo("early");
            assertThat(pool.invokeAny(tasks, 1, TimeUnit.HOURS)).isEqualTo("early");
            assertThatThrownBy(() -> pool.invokeAny(tasks.subList(0, 1), 1, TimeUnit.HOURS))
                    .isInstanceOf(TimeoutException.class);
        }
    }

    @SimulationTest(deep = true)
    void faulty_threadOfAnAssertionWithALimit() {
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> both(Thread::new));
    }

    @SimulationTest(deep = true)
    void correct_assertionWithALimit_countsVirtualTime() {
        assertThat(assertTimeoutPreemptively(Duration.ofHours(1), () -> "early"))
                .isEqualTo("early");
        assertThatThrownBy(() -> assertTimeoutPreemptively(Duration.ofHours(1), TimersAndPools::oversleeps, "slow"))
                .isInstanceOf(AssertionError.class)
                .hasMessage("slow ==> execution timed out after 3600000 ms");
    }

    // ---- pools of tasks that fork

    private static final class Sum extends RecursiveTask<Integer> {
        private static final long serialVersionUID = 1;

        private final int from;
        private final int to;

        Sum(int from, int to) {
            this.from = from;
            this.to = to;
        }

        @Override
        protected Integer compute() {
            if (to - from == 1) {
                return from;
            }
            var left = new Sum(from, (from + to) / 2);
            var right = new Sum((from + to) / 2, to);
            left.fork();
            return right.compute() + left.join();
        }
    }

    @SimulationTest(deep = true)
    void correct_forkedTasks() {
        try (var pool = new ForkJoinPool(2)) {
            assertThat(pool.invoke(new Sum(0, 5))).isEqualTo(10);
        }
        assertThat(ForkJoinPool.commonPool().submit(new Sum(0, 5)).join()).isEqualTo(10);
    }

    @SimulationTest(deep = true)
    void faulty_tasksOfTheCommonPool() throws Exception {
        var pool = ForkJoinPool.commonPool();
        var one = pool.submit(() -> count++);
        var two = pool.submit(() -> count++);
        one.get();
        two.get();
        assertThat(count).isEqualTo(2);
    }

    @SimulationTest(deep = true)
    void correct_allTasksOfAForkJoinPool() throws Exception {
        var sum = new AtomicInteger();
        try (var pool = Executors.newWorkStealingPool()) {
            var tasks = List.<Callable<Integer>>of(() -> sum.addAndGet(1), () -> sum.addAndGet(2));
            pool.invokeAll(tasks);
            assertThat(sum).hasValue(3);
            assertThat(pool.invokeAny(tasks)).isPositive();
        }
    }

    // ---- figures of a scheduled pool

    @SimulationTest(deep = true, seeds = 10)
    void correct_tasksThatAScheduledPoolHasDone() throws Exception {
        var pool = new ScheduledThreadPoolExecutor(1);
        pool.schedule(() -> {}, 1, TimeUnit.SECONDS);
        pool.schedule(() -> {}, 2, TimeUnit.SECONDS);
        pool.schedule(() -> {}, 3, TimeUnit.HOURS);
        Thread.sleep(5_000);
        assertThat(pool.getCompletedTaskCount()).isEqualTo(2);
        assertThat(pool.shutdownNow()).hasSize(1);
    }
}

package dev.weft;

import static dev.weft.Weft.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventLoopHoldTest {

    @OnEveryRuntime
    void j14_blockingLetsOtherTasksRunMeanwhile(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var queue = new SynchronousQueue<String>();
            var taker = createTask(() -> blocking(queue::take));
            var putter = createTask(() -> {
                blocking(() -> queue.put("handed over"));
            });
            assertThat(taker.await()).isEqualTo("handed over");
            putter.await();
        });
    }

    @Test
    void j14_withoutBlockingTheLoopStandsStillAndDebugModeNamesTheCulprit() throws Exception {
        var problems = new LinkedBlockingQueue<Problem>();
        var release = new LinkedBlockingQueue<String>();
        try (var runner = Runner.builder()
                .runtime(WeftRuntime::eventLoop)
                .debug(true)
                .signals(false)
                .onProblem(problems::add)
                .build()) {
            var ran = new java.util.concurrent.atomic.AtomicBoolean();
            var helper = Thread.ofPlatform().start(() -> {
                var problem = takeUninterruptibly(problems);
                release.add(ran.get() ? "others ran" : "stood still");
                problems.add(problem);
            });
            runner.run(() -> {
                createTask(() -> ran.set(true));
                var culprit = createTask("culprit", () -> take(release));
                // the culprit is next but one: let it begin before its sibling does
                assertThat(culprit.await()).isNotNull();
            });
            helper.join();
        }
        assertThat(problems).anySatisfy(problem -> {
            assertThat(problem.kind()).isEqualTo(Problem.Kind.HOLDS_EVENT_LOOP);
            assertThat(problem.message()).contains("culprit", "blocking(");
            assertThat(problem.exception().getStackTrace())
                    .anyMatch(frame -> frame.getClassName().startsWith(EventLoopHoldTest.class.getName()));
        });
    }

    @Test
    void j14_loopStandsStillWhileATaskBlocksOutside() throws Exception {
        var inside = new LinkedBlockingQueue<String>();
        var release = new LinkedBlockingQueue<String>();
        var ran = new java.util.concurrent.atomic.AtomicBoolean();
        Thread.ofPlatform().start(() -> {
            takeUninterruptibly(inside);
            release.add(ran.get() ? "others ran" : "stood still");
        });
        try (var runner = Runner.eventLoop()) {
            runner.run(() -> {
                var holder = createTask(() -> {
                    inside.add("in");
                    return release.take();
                });
                createTask(() -> ran.set(true));
                assertThat(holder.await()).isEqualTo("stood still");
            });
        }
    }

    private static <T> T take(BlockingQueue<T> queue) throws InterruptedException {
        return queue.take();
    }

    private static <T> T takeUninterruptibly(BlockingQueue<T> queue) {
        while (true) {
            try {
                return queue.take();
            } catch (InterruptedException e) {
                // nobody's to interrupt
            }
        }
    }
}

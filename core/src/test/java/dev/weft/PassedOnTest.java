package dev.weft;

import static dev.weft.Weft.createTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.internal.task.Awaitable;
import dev.weft.internal.task.StructuredStrand;
import dev.weft.internal.task.TaskImpl;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that a joining strand passes on to what it joins. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PassedOnTest {

    /** A task that another one joins, which fails after it has named the task. */
    private record Joined(TaskImpl<?> task) implements Awaitable {
        @Override
        public boolean isReady() {
            return task.isDone();
        }

        @Override
        public void forEachJoined(Consumer<? super TaskImpl<?>> action) {
            action.accept(task);
            throw new OutOfMemoryError("seeded");
        }

        @Override
        public String toString() {
            return task.describe();
        }
    }

    /** Each task that was asked waits for its interrupt, and its own thread for the one who sends it. */
    @Test
    void h2_noMemoryAfterTheFirstWasAsked_thatIsInterrupted() throws Exception {
        TestRuntime.PARALLEL.run(() -> {
            var begun = new CountDownLatch(1);
            var blocked = createTask(() -> {
                begun.countDown();
                new CountDownLatch(1).await();
            });
            begun.await();
            var joiner = createTask(() -> {
                var self = StructuredStrand.current();
                blocked.onDone(ended -> self.scheduler().unpark(self));
                self.join(new Joined(TaskImpl.of(blocked)));
            });
            Soon.waits(joiner);
            joiner.cancel();
            Tasks.join(joiner);
            assertThat(blocked.isCancelled()).isTrue();
        });
    }
}

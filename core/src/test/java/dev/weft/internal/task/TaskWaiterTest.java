package dev.weft.internal.task;

import static dev.weft.Weft.createTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.TestRuntime;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TaskWaiterTest {

    /** Whatever a listener has begun before it fails is not begun again. */
    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void h2_listenerThatFailsForWantOfMemory_isCalledOnce() throws Exception {
        TestRuntime.PARALLEL.run(() -> {
            var task = createTask(() -> 1);
            task.await();
            var calls = new AtomicInteger();
            var watch = new TaskWaiter.Listener(ended -> {
                calls.incrementAndGet();
                throw new OutOfMemoryError("in the listener");
            });
            assertThatThrownBy(() -> watch.taskEnded((TaskImpl<?>) task)).isInstanceOf(OutOfMemoryError.class);
            assertThat(calls).hasValue(1);
        });
    }
}

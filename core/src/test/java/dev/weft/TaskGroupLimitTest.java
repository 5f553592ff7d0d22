package dev.weft;

import static dev.weft.Weft.*;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;

/** A group's cancellation takes the place of a time limit's in one of its tasks. */
class TaskGroupLimitTest {

    @OnEveryRuntime
    void tg35_limitPassesAndGroupIsCancelledBeforeEitherIsNoticed_isNoFailure(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var child = new AtomicReference<Task<?>>();
            taskGroup(group -> {
                child.set(group.createTask(() -> timeout(ofHours(1), limit -> {
                    limit.reschedule(ZERO);
                    group.cancel();
                    sleep(FOREVER);
                })));
            });
            assertThat(child.get().isCancelled()).isTrue();
        });
    }
}

package dev.weft;

import static dev.weft.Tasks.awaitTrue;
import static dev.weft.Tasks.self;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** B4: what a task says of itself. */
class TaskDescriptionTest {

    @OnEveryRuntime
    void b4_pending(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var task = createTask("worker", () -> self().toString());
            assertThat(task.toString()).startsWith("<Task ").endsWith(">").contains(" name=worker");
            assertThat(task.await()).isEqualTo("<Task pending name=worker>");
            assertThat(self().toString()).isEqualTo("<Task pending name=%s>", self().name());
        });
    }

    @OnEveryRuntime
    void b4_cancelling(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var task = createTask("worker", () -> {
                self().cancel();
                return self().toString();
            });
            Tasks.join(task);
            var described = new AtomicReference<String>();
            var catching = createTask("catching", () -> {
                try {
                    self().cancel();
                    sleep(Duration.ZERO);
                } catch (CancelledException e) {
                    described.set(self().toString());
                }
            });
            catching.await();
            assertThat(described).hasValue("<Task cancelling name=catching>");
        });
    }

    @OnEveryRuntime
    void b4_finished(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var task = createTask("worker", () -> 42);
            task.await();
            assertThat(task.toString()).isEqualTo("<Task finished name=worker result=42>");
            var withoutResult = createTask("worker", () -> null);
            withoutResult.await();
            assertThat(withoutResult.toString()).startsWith("<Task finished name=worker");
        });
    }

    @OnEveryRuntime
    void b4_failed(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var task = createTask("worker", () -> {
                throw new IOException("boom");
            });
            Tasks.join(task);
            assertThat(task.toString())
                    .startsWith("<Task failed name=worker exception=")
                    .contains("IOException", "boom")
                    .endsWith(">");
            assertThat(task.exception()).hasMessage("boom");
        });
    }

    @OnEveryRuntime
    void b4_cancelled(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var task = createTask("worker", new SleepingBody());
            task.cancel();
            Tasks.join(task);
            assertThat(task.toString())
                    .startsWith("<Task cancelled name=worker")
                    .endsWith(">")
                    .doesNotContain("waiting for", "result=");
        });
    }

    @OnEveryRuntime
    void b4_whatItWaitsFor(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var mayEnd = new Gate();
            var slow = createTask("slow", () -> {
                mayEnd.await();
                return "a";
            });
            var waiter = createTask("waiter", () -> slow.await());
            awaitTrue(() -> waiter.toString().contains(" waiting for="));
            assertThat(waiter.toString())
                    .startsWith("<Task pending name=waiter waiting for=")
                    .contains("slow");
            awaitTrue(() -> slow.toString().contains(" waiting for="));
            mayEnd.open();
            assertThat(waiter.await()).isEqualTo("a");
            assertThat(waiter.toString()).isEqualTo("<Task finished name=waiter result=a>");
        });
    }

    @OnEveryRuntime
    void b4_howManyCallbacksItHas(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var mayEnd = new Gate();
            var task = createTask(() -> {
                mayEnd.await();
                return "a";
            });
            var called = new Gate();
            var first = task.onDone(done -> {});
            task.onDone(done -> called.open());
            assertThat(task.toString()).contains(" callbacks=2");
            first.remove();
            assertThat(task.toString()).contains(" callbacks=1");
            mayEnd.open();
            called.await();
            assertThat(task.toString()).startsWith("<Task finished ").doesNotContain("callbacks");
        });
    }
}

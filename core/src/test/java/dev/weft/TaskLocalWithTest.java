package dev.weft;

import static dev.weft.Weft.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** J17: a task-local's value for a block, on any thread. */
class TaskLocalWithTest {

    private static final TaskLocal<String> USER = TaskLocal.named("user");
    private static final TaskLocal<String> ORDER = TaskLocal.withInitial("order", () -> "none");

    @Test
    void j17_onAThreadThatRunsNoTask_tasksWithinSeeIt() throws Exception {
        var seen =
                USER.with("ann", () -> gather(USER::get, () -> gather(USER::get).getFirst()));
        assertThat(seen).containsExactly("ann", "ann");
        assertThatThrownBy(USER::get).isInstanceOf(IllegalStateException.class);
    }

    @OnEveryRuntime
    void j17_nested_eachBlockHasItsValueAndGivesBackWhatWas(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            USER.set("outermost");
            USER.with("outer", () -> {
                assertThat(USER.get()).isEqualTo("outer");
                assertThat(USER.<String, RuntimeException>with("inner", (Body<String, RuntimeException>) USER::get))
                        .isEqualTo("inner");
                assertThat(USER.get()).isEqualTo("outer");
                USER.set("changed");
                ORDER.set("7");
            });
            assertThat(USER.get()).isEqualTo("outermost");
            assertThat(ORDER.get()).isEqualTo("7");
        });
    }

    @OnEveryRuntime
    void j17_bodyFails_theValueIsGivenBack(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            assertThatThrownBy(() -> USER.with("ann", () -> {
                        throw new IOException("on purpose");
                    }))
                    .isInstanceOf(IOException.class);
            assertThat(USER.orElse("nobody")).isEqualTo("nobody");
        });
    }

    /** A task has the values as of its creation. */
    @OnEveryRuntime
    void j17_taskOutlivesTheBlock_keepsTheValue(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var over = new Gate();
            var task = new CompletableFuture<Task<String>>();
            USER.with("ann", () -> {
                task.complete(createTask(() -> {
                    over.await();
                    return USER.get();
                }));
            });
            over.open();
            assertThat(task.join().await()).isEqualTo("ann");
        });
    }

    @Test
    void j17_null_isRefused() {
        assertThatThrownBy(() -> USER.with(null, () -> {})).hasMessage("value");
        assertThatThrownBy(() -> USER.with("ann", (VoidBody<RuntimeException>) null))
                .isInstanceOf(NullPointerException.class);
    }
}

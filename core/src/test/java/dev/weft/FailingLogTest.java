package dev.weft;

import static dev.weft.Weft.*;
import static dev.weft.sync.Attempts.retry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.sync.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Handlers of the log are users' code, and print users' exceptions. */
class FailingLogTest {

    private final Logger logger = Logger.getLogger("dev.weft");
    private final List<String> logged = new CopyOnWriteArrayList<>();

    /** Throws as the JDK's console handler does, if the exception's text throws an error. */
    private final Handler failing = new Handler() {
        @Override
        public void publish(LogRecord record) {
            logged.add(record.getMessage());
            throw new AssertionError("the log fails");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void addHandler() {
        logger.setUseParentHandlers(false);
        logger.addHandler(failing);
    }

    @AfterEach
    void removeHandler() {
        logger.removeHandler(failing);
        logger.setUseParentHandlers(true);
    }

    /** No problem handler is set: problems go to the log. */
    private static <T> T run(TestRuntime runtime, Body<T, Exception> main) throws Exception {
        try (var runner = runtime.builder().build()) {
            return runner.<T, Exception>run(main);
        }
    }

    private static Task<?> failingTask(String name) {
        return createTask(name, () -> {
            throw new IOException("of " + name);
        });
    }

    private static void startTwoThatFail() throws InterruptedException {
        waitUntil(ReturnWhen.ALL_COMPLETED, List.of(failingTask("first"), failingTask("second")));
    }

    @OnEveryRuntime
    void h6_logFailsAtTheEndOfARun_resultIsKeptAndEachFailureIsTold(TestRuntime runtime) throws Exception {
        var result = run(runtime, () -> {
            startTwoThatFail();
            return "result";
        });
        assertThat(result).isEqualTo("result");
        assertThat(logged)
                .containsExactlyInAnyOrder(
                        "task 'first' failed, and nobody looked at it",
                        "task 'second' failed, and nobody looked at it");
    }

    @OnEveryRuntime
    void r7_logFails_mainsExceptionIsThrown(TestRuntime runtime) {
        assertThatThrownBy(() -> run(runtime, () -> {
                    startTwoThatFail();
                    throw new IOException("main's");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("main's");
        assertThat(logged).hasSize(2);
    }

    @OnEveryRuntime
    void h6_logFailsAfterACallback_othersAreCalled(TestRuntime runtime) throws Exception {
        var called = new CopyOnWriteArrayList<String>();
        run(runtime, () -> {
            var task = createTask("with callbacks", () -> sleep(Duration.ZERO));
            task.onDone(ended -> {
                throw new IllegalStateException("a callback fails");
            });
            task.onDone(ended -> called.add("the second"));
            return task.await();
        });
        assertThat(called).containsExactly("the second");
        assertThat(logged).containsExactly("a callback of task 'with callbacks' failed");
    }

    @Test
    void h6_logFailsOutsideOfARun_exceptionIsTheBodys() {
        var tries = new CopyOnWriteArrayList<String>();
        assertThatThrownBy(() -> retry(RetryPolicy.attempts(2), () -> {
                    tries.add("try");
                    throw tries.size() == 1
                            ? new IOException("first")
                            : new Exception("takes none", null, false, false) {};
                }))
                .hasMessage("takes none");
        assertThat(logged).hasSize(1);
    }
}

package dev.weft;

import static dev.weft.Weft.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** J35: a failure that a call throws says where that was called. */
class CallerTracesTest {

    /** A call that throws what {@code body} throws. */
    private record Thrower(String name, Body<?, Exception> call) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final class Fault extends Exception {
        private static final long serialVersionUID = 1L;

        Fault() {
            super("on purpose");
        }
    }

    private static Object fail(Throwable fault) throws Exception {
        throw dev.weft.internal.failure.Sneaky.rethrow(fault);
    }

    static Stream<Thrower> throwers() {
        var fault = new Fault();
        return Stream.of(
                new Thrower("gather", () -> gather(() -> fail(fault), () -> 1)),
                new Thrower("combine", () -> combine(() -> fail(fault), () -> 1, (a, b) -> b)),
                new Thrower("race", () -> race(() -> fail(fault))),
                new Thrower("mapConcurrent", () -> mapConcurrent(List.of(1), 1, item -> fail(fault))),
                new Thrower("asCompleted", () -> {
                    for (var next : asCompleted(() -> fail(fault))) {
                        next.await();
                    }
                    return null;
                }),
                new Thrower("run", () -> run(() -> fail(fault))),
                new Thrower(
                        "await", () -> run(() -> createTask(() -> fail(fault)).await())),
                new Thrower("shield", () -> run(() -> shield(() -> fail(fault)))),
                new Thrower("waitFor", () -> run(() -> waitFor(() -> fail(fault), Duration.ofHours(1)))));
    }

    @ParameterizedTest
    @MethodSource("throwers")
    void j35_failureOfATask_hasTheCallersFramesAndItsIdentity(Thrower thrower) {
        var thrown = catchThrowable(() -> calledHere(thrower));
        assertThat(thrown).isInstanceOf(Fault.class);
        var traces = traces(thrown);
        assertThat(traces).isNotEmpty();
        assertThat(traces)
                .allSatisfy(trace -> assertThat(trace.getStackTrace()[0].getClassName())
                        .as("no frame of Weft's on top")
                        .startsWith(CallerTracesTest.class.getName()));
        assertThat(traces.getLast().getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("calledHere"));
        assertThat(traces.getLast().getMessage())
                .contains("thread '" + Thread.currentThread().getName());
    }

    private static Object calledHere(Thrower thrower) throws Exception {
        return thrower.call().run();
    }

    @Test
    void j35_nestedCalls_oneForEach() {
        var thrown = catchThrowable(() -> gather(() -> gather(() -> fail(new Fault()))));
        assertThat(traces(thrown)).hasSize(2);
        assertThat(traces(thrown).getFirst()).hasMessageContaining("task 'Task-");
        assertThat(traces(thrown).getLast()).hasMessageContaining("thread '");
    }

    @Test
    void j35_exceptionThatIsThrownForEver_doesNotGrow() {
        var constant = new Fault();
        for (var i = 0; i < 100; i++) {
            var _ = catchThrowable(() -> gather(() -> fail(constant)));
        }
        assertThat(constant.getSuppressed()).hasSizeLessThan(10);
    }

    @Test
    void j35_exceptionThatTakesNoSuppressed_isThrownAsItIs() {
        var plain = new IOException("plain") {
            private static final long serialVersionUID = 1L;

            @Override
            public synchronized Throwable fillInStackTrace() {
                return this;
            }
        };
        var closed = new Exception("closed", null, false, false) {
            private static final long serialVersionUID = 1L;
        };
        for (var fault : List.of(plain, closed)) {
            assertThat(catchThrowable(() -> gather(() -> fail(fault)))).isSameAs(fault);
        }
    }

    @Test
    void j35_cancellation_hasNone() throws Exception {
        run(() -> {
            var task = createTask(() -> sleep(FOREVER));
            task.cancel();
            assertThat(traces(catchThrowable(task::await))).isEmpty();
        });
    }

    @Test
    void j35_switchedOff_hasNone() {
        try (var _ = Weft.install(Defaults.builder().callerTraces(false).build())) {
            assertThat(traces(catchThrowable(() -> gather(() -> fail(new Fault())))))
                    .isEmpty();
        }
    }

    private static List<Throwable> traces(Throwable thrown) {
        return Arrays.stream(thrown.getSuppressed())
                .filter(CallerTrace.class::isInstance)
                .toList();
    }
}

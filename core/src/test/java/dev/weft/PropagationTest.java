package dev.weft;

import static dev.weft.Weft.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class PropagationTest {

    private static final ScopedValue<String> USER = ScopedValue.newInstance();
    private static final ScopedValue<String> TRACE = ScopedValue.newInstance();
    private static final ThreadLocal<String> MDC = new ThreadLocal<>();

    /** As an adapter for a logging context would be. */
    private static final ContextPropagator LOGGING = () -> {
        var captured = MDC.get();
        return () -> {
            var before = MDC.get();
            MDC.set(captured);
            return () -> MDC.set(before);
        };
    };

    @OnEveryRuntime
    void j17_childSeesTaskLocalsAsOfItsCreation(TestRuntime runtime) throws Exception {
        var local = TaskLocal.named("request");
        runtime.run(() -> {
            local.set("before");
            var gate = new Gate();
            var child = createTask(() -> {
                gate.await();
                var seen = local.get();
                local.set("child's");
                return seen;
            });
            local.set("after");
            gate.open();
            assertThat(child.await()).isEqualTo("before");
            assertThat(local.get()).isEqualTo("after");
            assertThat(gather(() -> local.get(), () -> local.get())).containsExactly("after", "after");
        });
        assertThatThrownBy(local::get).isInstanceOf(IllegalStateException.class).hasMessageContaining("request");
        assertThatThrownBy(() -> local.set("nowhere"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("request");
    }

    @OnEveryRuntime
    void j17_scopedValuesAreBoundAgainInChildren(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            propagate(ScopedValue.where(USER, "ann"), () -> {
                assertThat(USER.get()).isEqualTo("ann");
                propagate(ScopedValue.where(TRACE, "t1").where(USER, "bob"), () -> {
                    assertThat(gather(
                                    () -> USER.get() + TRACE.get(),
                                    () -> createTask(() -> USER.get()).await()))
                            .containsExactly("bobt1", "bob");
                });
                assertThat(createTask(() -> USER.get() + TRACE.isBound()).await())
                        .isEqualTo("annfalse");
            });
            assertThat(createTask(() -> USER.isBound()).await()).isFalse();
        });
    }

    @OnEveryRuntime
    void j17_propagatorsAreAppliedToChildrenAndUndone(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            MDC.set("m1");
            var threads = new CopyOnWriteArrayList<String>();
            propagate(LOGGING, () -> {
                assertThat(gather(
                                () -> {
                                    threads.add(Thread.currentThread().getName());
                                    return MDC.get();
                                },
                                () -> mapConcurrent(List.of(1), 1, item -> MDC.get())
                                        .getFirst()))
                        .containsExactly("m1", "m1");
                MDC.set("m2");
                assertThat(createTask(() -> MDC.get()).await()).isEqualTo("m2");
            });
            assertThat(createTask(() -> MDC.get()).await()).isNull();
            assertThat(threads).doesNotContain(Thread.currentThread().getName());
            MDC.remove();
        });
    }

    @OnEveryRuntime
    void j17_callThatMayBeLeftBehindHasTheContextToo(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            MDC.set("m1");
            var seen = propagate(
                    LOGGING,
                    () -> propagate(
                            ScopedValue.where(USER, "ann"), () -> abandonOnCancel(() -> MDC.get() + "/" + USER.get())));
            assertThat(seen).isEqualTo("m1/ann");
            MDC.remove();
        });
    }

    @Test
    void j17_onAPlainThreadToo() throws Exception {
        MDC.set("plain");
        try {
            var seen = propagate(
                    LOGGING,
                    () -> propagate(ScopedValue.where(USER, "ann"), () -> gather(() -> MDC.get(), () -> USER.get())));
            assertThat(seen).containsExactly("plain", "ann");
        } finally {
            MDC.remove();
        }
    }

    @OnEveryRuntime
    void j17_propagatorOfTheRunnerCoversAllTasks(TestRuntime runtime) throws Exception {
        MDC.set("from the caller");
        try (var runner = runtime.builder().propagate(LOGGING).build()) {
            assertThat(runner.run(
                            () -> MDC.get() + "/" + createTask(() -> MDC.get()).await()))
                    .isEqualTo("from the caller/from the caller");
        } finally {
            MDC.remove();
        }
    }

    @OnEveryRuntime
    void j17_propagatorThatFailsHarmsOnlyTheCall(TestRuntime runtime) throws Exception {
        ContextPropagator broken = () -> {
            throw new IllegalStateException("no context");
        };
        runtime.run(() -> {
            assertThatThrownBy(() -> propagate(broken, () -> gather(() -> 1, () -> 2)))
                    .hasMessage("no context");
            assertThatThrownBy(() -> propagate(broken, () -> createTask(() -> 1)))
                    .hasMessage("no context");
            assertThatThrownBy(() -> propagate(
                            broken,
                            () -> taskGroup(group -> {
                                group.createTask(() -> 1);
                            })))
                    .isInstanceOf(ExceptionGroup.class)
                    .hasMessageContaining("no context");
            assertThat(gather(() -> 1, () -> 2)).containsExactly(1, 2);
        });
    }

    @OnEveryRuntime
    void j7_propagatorThatFailsAfterTheBodyHasFailed_bothAreFound(TestRuntime runtime) throws Exception {
        var failure = new IllegalArgumentException("the body's");
        var closing = new IllegalStateException("the propagator's");
        ContextPropagator failsToClose = () -> () -> () -> {
            throw closing;
        };
        runtime.run(() -> {
            assertThatThrownBy(() -> propagate(
                            failsToClose,
                            () -> gather(
                                    () -> {
                                        throw failure;
                                    },
                                    () -> sleep(FOREVER, 2))))
                    .isSameAs(failure)
                    .hasSuppressedException(closing);
            assertThatThrownBy(() -> propagate(failsToClose, () -> gather(() -> 1, () -> sleep(FOREVER, 2))))
                    .isSameAs(closing);
        });
    }
}

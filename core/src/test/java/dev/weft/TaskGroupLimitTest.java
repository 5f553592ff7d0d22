package dev.weft;

import static dev.weft.Weft.*;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
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

    /** A limit of a group's is a lock, which must be free for who is told of a child that cannot be started. */
    @NotSimulated("another thread is waited for")
    @OnEveryRuntime
    void h7_childThatCannotBeStarted_isToldOfWithNoLockHeld(TestRuntime runtime) throws Exception {
        var group = new AtomicReference<TaskGroup>();
        var later = new CompletableFuture<Task<String>>();
        var listener = new TaskListener() {
            @Override
            public void neverStarted(Task<?> task, Outcome<?> outcome) {
                later.completeAsync(() -> group.get().createTask(() -> "later"));
                later.orTimeout(10, TimeUnit.SECONDS).join();
            }
        };
        try (var _ = Weft.install(Defaults.builder().listener(listener).build())) {
            HookedScheduler.run(runtime, new CopyOnWriteArrayList<>(), hooks -> {
                hooks.beforeStart = strand -> {
                    if (strand.name().equals("unlucky")) {
                        throw new IllegalStateException("no thread");
                    }
                };
                assertThatThrownBy(() -> taskGroup(GroupOptions.supervisor().limit(1), all -> {
                            group.set(all);
                            all.createTask("unlucky", () -> "never");
                        }))
                        .hasMessageContaining("no thread");
            });
        }
        assertThat(later.join().result()).isEqualTo("later");
    }

    /** The same for exceptions that look at the group that throws them. */
    @NotSimulated("another thread is waited for")
    @OnEveryRuntime
    void h3_causeThatLooksAtTheGroup_isAskedForWithNoLockHeld(TestRuntime runtime) throws Exception {
        var seen = new ConcurrentLinkedQueue<String>();
        runtime.run(() -> {
            var outer = catchThrowable(() -> taskGroup(group -> {
                group.createTask(() -> {
                    try {
                        sleep(FOREVER);
                    } finally {
                        throw new IllegalStateException("in its clean-up");
                    }
                });
                sleep(ZERO);
                throw new Curious(group, seen);
            }));
            assertThat(outer).isInstanceOf(ExceptionGroup.class);
        });
        assertThat(seen).isNotEmpty().doesNotContain("blocked");
    }

    private static final class Curious extends InterruptedException {

        private static final long serialVersionUID = 1L;

        private final transient TaskGroup group;
        private final transient Collection<String> seen;

        Curious(TaskGroup group, Collection<String> seen) {
            this.group = group;
            this.seen = seen;
        }

        @Override
        @SuppressWarnings("UnsynchronizedOverridesSynchronized")
        public Throwable getCause() {
            var text =
                    CompletableFuture.supplyAsync(group::toString).completeOnTimeout("blocked", 10, TimeUnit.SECONDS);
            seen.add(text.join());
            return null;
        }
    }
}

package dev.weft;

import static dev.weft.GroupFailures.membersThrownBy;
import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** TG, J9: groups whose children fail, end or are created as the group stops. More rounds with weft.stress. */
@Tag("races")
@Timeout(60)
class GroupEndTest {
    private static final int STRESS = Integer.getInteger("weft.stress", 1);

    /** Enough failures of one child for two children to add theirs at the same time. */
    private static final int MANY = 3_000;

    @OnEveryRuntime
    void tg5_blockThatAwaitsAChildWhichASiblingsFailureCancels_hasOneMember(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var failure = new IOException("broken");
            var members = membersThrownBy(() -> taskGroup(group -> {
                var awaited = new SleepingBody();
                var task = group.createTask(awaited);
                group.createTask(() -> {
                    awaited.started.await();
                    throw failure;
                });
                task.await();
            }));
            assertThat(members).containsExactly(failure);
        });
    }

    /** Who stops the group reads the time between asking the children and the block: there it waits for the block. */
    @Test
    void tg5_blockThatSeesAChildCancelledBeforeItIsAskedItself_addsNoMember() throws Exception {
        HookedScheduler.run(TestRuntime.PARALLEL, hooks -> {
            var main = Tasks.self();
            var failing = new AtomicReference<Thread>();
            var awaited = new AtomicReference<Task<?>>();
            hooks.beforeTime = () -> {
                if (Thread.currentThread() == failing.get()
                        && (awaited.get().isDone() || awaited.get().cancelling() > 0)) {
                    Yielding.until(() -> main.toString().contains("TaskGroup"), Duration.ofSeconds(5));
                }
            };
            var failure = new IOException("broken");
            var members = membersThrownBy(() -> taskGroup(group -> {
                var body = new SleepingBody();
                var task = group.createTask(body);
                awaited.set(task);
                group.createTask(() -> {
                    body.started.await();
                    failing.set(Thread.currentThread());
                    throw failure;
                });
                task.await();
            }));
            assertThat(members).containsExactly(failure);
        });
    }

    @OnEveryRuntime
    void tg5_blockThatAnswersTheStopWithAFailureAddsIt(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var failure = new IOException("broken");
            var cleanUp = new IOException("clean-up");
            var suppressed = new IOException("suppressed");
            var begun = new Gate();
            var members = membersThrownBy(() -> taskGroup((VoidGroupBody) group -> {
                group.createTask(() -> {
                    begun.await();
                    throw failure;
                });
                begun.open();
                assertThatThrownBy(() -> sleep(FOREVER)).isInstanceOf(CancelledException.class);
                throw cleanUp;
            }));
            assertThat(members).containsExactlyInAnyOrder(failure, cleanUp);
            members = membersThrownBy(() -> taskGroup(group -> {
                group.createTask(() -> {
                    throw failure;
                });
                try {
                    sleep(FOREVER);
                } catch (CancelledException e) {
                    e.addSuppressed(suppressed);
                    throw e;
                }
            }));
            assertThat(members).containsExactlyInAnyOrder(failure, suppressed);
        });
    }

    @OnEveryRuntime
    void tg5_requestToTheBlockIsTakenBackWithTheGroup(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            taskGroup(group -> {
                group.cancel();
                assertThat(Tasks.self().cancelling()).isOne();
            });
            assertThat(Tasks.self().cancelling()).isZero();
            sleep(Duration.ZERO);
            Tasks.self().cancel("mine");
            assertThatThrownBy(() -> taskGroup(group -> {
                        group.cancel();
                        sleep(FOREVER);
                    }))
                    .isInstanceOf(CancelledException.class)
                    .hasMessageContaining("mine");
            assertThat(Tasks.self().cancelling()).isOne();
            Tasks.self().uncancel();
        });
    }

    @OnEveryRuntime
    void tg5_lateGroupSaysWhyItTakesNoTasks(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var groups = new ArrayList<TaskGroup>();
            taskGroup(group -> {
                groups.add(group);
                group.createTask(() -> {});
                group.cancel();
                assertThatThrownBy(() -> group.createTask(() -> {}))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("is shutting down");
            });
            assertThatThrownBy(() -> groups.getFirst().createTask(() -> {}))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is finished");
            groups.getFirst().cancel();
            assertThat(groups.getFirst().toString()).isEqualTo("<TaskGroup finished>");
        });
    }

    @OnEveryRuntime
    void tg9_fatalErrorOfASupervisedChildStopsTheGroupAndIsThrown(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var error = new StackOverflowError("on purpose");
            var failure = new IOException("before");
            var sibling = new SleepingBody();
            var handled = new CopyOnWriteArrayList<Throwable>();
            for (var options : List.of(
                    GroupOptions.supervisor(), GroupOptions.supervisor((task, thrown) -> handled.add(thrown)))) {
                assertThatThrownBy(() -> taskGroup(options, group -> {
                            Tasks.join(group.createTask(() -> {
                                throw failure;
                            }));
                            group.createTask(sibling);
                            sibling.started.await();
                            group.createTask(() -> {
                                throw error;
                            });
                            sleep(FOREVER);
                        }))
                        .isSameAs(error);
                assertThat(sibling.hasEnded()).isTrue();
            }
            assertThat(error.getSuppressed()).contains(failure);
            assertThat(handled).containsExactly(failure);
        });
    }

    @OnEveryRuntime
    void tg9_handlerThatThrowsLosesNothingAndTheGroupWaitsForIt(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var failure = new IOException("child");
            var own = new IllegalStateException("handler");
            var members = membersThrownBy(() -> Soon.of(() -> taskGroup(
                    GroupOptions.supervisor((task, thrown) -> {
                        Yielding.stubbornly(5);
                        throw own;
                    }),
                    group -> {
                        group.createTask(() -> {
                            throw failure;
                        });
                        return 1;
                    })));
            assertThat(members).containsExactly(own);
            assertThat(own.getSuppressed()).containsExactly(failure);
        });
    }

    @OnEveryRuntime
    void j9_queuedTaskBehindAFailingOneNeverBegins(TestRuntime runtime) throws Exception {
        var rounds = 300 * STRESS;
        runtime.run(() -> {
            var begun = new AtomicInteger();
            for (var i = 0; i < rounds; i++) {
                var thrown =
                        catchThrowable(() -> taskGroup(GroupOptions.failFast().limit(1), group -> {
                            var queued = new Gate();
                            group.createTask(() -> {
                                queued.awaitStubbornly();
                                throw new IOException("broken");
                            });
                            group.createTask(begun::incrementAndGet);
                            group.createTask(begun::incrementAndGet);
                            queued.open();
                        }));
                assertThat(thrown).isInstanceOf(ExceptionGroup.class);
            }
            assertThat(begun).hasValue(0);
        });
    }

    @OnEveryRuntime
    void j9_tasksThatEndAsTheGroupStopsStartNoOthers(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var round = 0; round < 20 * STRESS; round++) {
                var begun = new AtomicInteger();
                var running = new AtomicInteger();
                taskGroup(GroupOptions.failFast().limit(4), group -> {
                    for (var i = 0; i < 4; i++) {
                        group.createTask(() -> {
                            running.incrementAndGet();
                            sleep(FOREVER);
                        });
                    }
                    for (var i = 0; i < 300; i++) {
                        group.createTask(begun::incrementAndGet);
                    }
                    Yielding.until(() -> running.get() == 4);
                    group.cancel();
                });
                assertThat(begun).hasValue(0);
            }
        });
    }

    @Test
    void tg6_failuresOfChildrenThatEndAtTheSameMomentAreAllMembers() throws Exception {
        TestRuntime.PARALLEL.run(() -> {
            for (var i = 0; i < 1_500 * STRESS; i++) {
                var round = i;
                var begun = new AtomicInteger();
                var members = membersThrownBy(() -> taskGroup(GroupOptions.supervisor(), group -> {
                    for (var j = 0; j < 2; j++) {
                        var place = j;
                        group.createTask(() -> {
                            begun.incrementAndGet();
                            for (var spins = 0; begun.get() < 2; spins++) {
                                if (spins % 500 == 499) {
                                    Thread.yield();
                                }
                                Thread.onSpinWait();
                            }
                            Tasks.linger(round, place, 7);
                            throw new Failure(place);
                        });
                    }
                }));
                assertThat(members).hasSize(2).doesNotContainNull();
            }
        });
    }

    @OnEveryRuntime
    void tg6_manyFailuresOfChildrenThatAreStoppedTogetherAreAllMembers(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var round = 0; round < 10 * STRESS; round++) {
                var running = new AtomicInteger();
                var members = membersThrownBy(() -> taskGroup(group -> {
                    for (var i = 0; i < 4; i++) {
                        group.createTask(() -> {
                            running.incrementAndGet();
                            try {
                                sleep(FOREVER);
                            } catch (CancelledException e) {
                                for (var j = 0; j < MANY; j++) {
                                    e.addSuppressed(new Failure(j));
                                }
                                throw e;
                            }
                        });
                    }
                    Yielding.until(() -> running.get() == 4);
                    group.cancel();
                }));
                assertThat(members).hasSize(4 * MANY).doesNotContainNull();
            }
        });
    }

    /** Made in no time. */
    private static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failure(int place) {
            super("failure " + place, null, true, false);
        }
    }

    @Test
    void tg3_groupEndsThoughTasksAreCreatedAsItIsCancelled() throws Exception {
        TestRuntime.PARALLEL.run(() -> {
            for (var i = 0; i < 2_000 * STRESS; i++) {
                var round = i;
                var creating = new AtomicBoolean();
                var ready = new AtomicBoolean();
                taskGroup(GroupOptions.failFast().limit(2), group -> {
                    var canceller = CompletableFuture.runAsync(() -> {
                        ready.set(true);
                        while (!creating.get()) {
                            Thread.onSpinWait();
                        }
                        Tasks.linger(round, 1, 211);
                        group.cancel();
                    });
                    Yielding.until(ready::get);
                    try {
                        for (var j = 0; j < 20; j++) {
                            group.createTask(() -> sleep(FOREVER));
                            creating.set(true);
                        }
                    } catch (IllegalStateException e) {
                        // it is being cancelled
                    }
                    canceller.join();
                });
            }
        });
    }

    @OnEveryRuntime
    void j9_childCancelledInTheQueueEndsAndTheNextTakesItsTurn(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var order = new CopyOnWriteArrayList<Integer>();
            taskGroup(GroupOptions.failFast().limit(1), group -> {
                var release = new Gate();
                group.createTask(() -> release.awaitStubbornly());
                var queued = new ArrayList<Task<?>>();
                for (var i = 0; i < 4; i++) {
                    var number = i;
                    queued.add(group.createTask(() -> order.add(number)));
                }
                queued.get(1).cancel("not this one");
                assertThatThrownBy(() -> Soon.result(queued.get(1))).isInstanceOf(CancellationException.class);
                release.open();
                Soon.result(queued.get(3));
            });
            assertThat(order).containsExactly(0, 2, 3);
            assertThat(createTask(() -> 1).await()).isOne();
        });
    }
}

package dev.weft;

import static dev.weft.GroupFailures.foundIn;
import static dev.weft.GroupFailures.membersThrownBy;
import static dev.weft.Tasks.join;
import static dev.weft.Tasks.staysPending;
import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/** J11: groups whose tasks' failures harm nobody else. */
class SupervisorTest {

    private final IOException first = new IOException("first");
    private final IllegalStateException second = new IllegalStateException("second");

    private static VoidBody<Exception> failing(Exception failure) {
        return () -> {
            throw failure;
        };
    }

    @OnEveryRuntime
    void j11_failuresCancelNeitherSiblingsNorBlock_thrownTogetherAtTheEnd(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var blockWentOn = new AtomicBoolean();
            var siblingMayEnd = new Gate();
            var siblings = new CopyOnWriteArrayList<Task<String>>();
            var members = membersThrownBy(() -> taskGroup(GroupOptions.supervisor(), group -> {
                siblings.add(group.createTask(() -> {
                    siblingMayEnd.await();
                    return "alive";
                }));
                join(group.createTask(failing(first)));
                join(group.createTask(failing(second)));
                assertThat(staysPending(siblings.getFirst())).isTrue();
                siblings.add(group.createTask(() -> "late"));
                siblingMayEnd.open();
                blockWentOn.set(true);
            }));
            assertThat(members).containsExactlyInAnyOrder(first, second);
            assertThat(blockWentOn).isTrue();
            assertThat(siblings).extracting(Task::result).containsExactly("alive", "late");
        });
    }

    @OnEveryRuntime
    void j11_nothingFails_theBlocksResultIsReturned(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var ended = new AtomicBoolean();
            var result = taskGroup(GroupOptions.supervisor(), group -> {
                group.createTask(() -> ended.set(true));
                return "result";
            });
            assertThat(result).isEqualTo("result");
            assertThat(ended).isTrue();
        });
    }

    @OnEveryRuntime
    void j11_aFailureOfTheBlockItself_cancelsTheTasks(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var sleeping = new SleepingBody();
            var members = membersThrownBy(() -> taskGroup(GroupOptions.supervisor(), group -> {
                group.createTask(sleeping);
                join(group.createTask(failing(second)));
                sleeping.started.await();
                failing(first).execute();
            }));
            assertThat(members).containsExactlyInAnyOrder(first, second);
            assertThat(sleeping.interruption()).isInstanceOf(CancelledException.class);
            assertThat(sleeping.hasEnded()).isTrue();
        });
    }

    @OnEveryRuntime
    void j11_cancelledCaller_cancelsTheTasks_andLosesNoFailure(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var sleeping = new SleepingBody();
            var failed = new Gate();
            var members = new CopyOnWriteArrayList<Throwable>();
            var caller = createTask(() -> {
                members.addAll(membersThrownBy(() -> taskGroup(GroupOptions.supervisor(), group -> {
                    group.createTask(sleeping);
                    join(group.createTask(failing(first)));
                    failed.open();
                })));
            });
            failed.await();
            sleeping.started.await();
            caller.cancel();
            join(caller);
            assertThat(members).containsExactly(first);
            assertThat(sleeping.hasEnded()).isTrue();
        });
    }

    @OnEveryRuntime
    void j11_handler_isGivenEachFailureWithItsTask_andNothingIsThrown(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var handled = new ConcurrentHashMap<Task<?>, Throwable>();
            var expected = new ConcurrentHashMap<Task<?>, Throwable>();
            var result = taskGroup(GroupOptions.supervisor(handled::put), group -> {
                expected.putAll(Map.of(
                        group.createTask(failing(first)), first,
                        group.createTask(failing(second)), second));
                group.createTask(() -> "fine");
                group.createTask(() -> sleep(FOREVER)).cancel();
                return "result";
            });
            assertThat(result).isEqualTo("result");
            assertThat(handled).isEqualTo(expected).hasSize(2);
        });
    }

    @OnEveryRuntime
    void j11_handler_isCalledWhileTheOthersGoOn(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var handled = new Gate();
            var sibling = new SleepingBody();
            BiConsumer<Task<?>, Throwable> handler = (task, failure) -> handled.open();
            taskGroup(GroupOptions.supervisor(handler), group -> {
                var sleeping = group.createTask(sibling);
                group.createTask(failing(first));
                handled.await();
                assertThat(staysPending(sleeping)).isTrue();
                sleeping.cancel();
            });
            assertThat(sibling.hasEnded()).isTrue();
        });
    }

    @OnEveryRuntime
    void j11_theGroupWaitsForTheHandler(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var handling = new Gate();
            var mayReturn = new Gate();
            var handled = new AtomicBoolean();
            BiConsumer<Task<?>, Throwable> handler = (task, failure) -> {
                handling.open();
                mayReturn.awaitStubbornly();
                handled.set(true);
            };
            var grouping = createTask(() -> {
                taskGroup(GroupOptions.supervisor(handler), group -> {
                    group.createTask(failing(first));
                });
                return handled.get();
            });
            handling.await();
            assertThat(staysPending(grouping)).isTrue();
            mayReturn.open();
            assertThat(grouping.await()).isTrue();
        });
    }

    @OnEveryRuntime
    void j11_handlerThatThrows_itsFailureIsThrownAtTheEnd_withTheTasksInIt(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var ofHandler = new IllegalArgumentException("handler");
            BiConsumer<Task<?>, Throwable> handler = (task, failure) -> {
                throw ofHandler;
            };
            var thrown = catchThrowable(() -> taskGroup(GroupOptions.supervisor(handler), group -> {
                group.createTask(failing(first));
            }));
            assertThat(GroupFailures.membersOf(thrown)).containsExactly(ofHandler);
            assertThat(foundIn(thrown)).contains(first);
        });
    }

    @OnEveryRuntime
    void j11_withALimit_failuresMakeRoomForTheNext(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var handled = new CopyOnWriteArrayList<Throwable>();
            var last = taskGroup(
                    GroupOptions.supervisor((task, failure) -> handled.add(failure))
                            .limit(1),
                    group -> {
                        List.of(first, second).forEach(failure -> group.createTask(failing(failure)));
                        return group.createTask(() -> "last");
                    });
            assertThat(last.result()).isEqualTo("last");
            assertThat(handled).containsExactlyInAnyOrder(first, second);
        });
    }
}

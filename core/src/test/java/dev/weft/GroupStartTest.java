package dev.weft;

import static dev.weft.Tasks.self;
import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;
import static dev.weft.Weft.timeout;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.sync.Event;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** J34: a child that says when it is ready. */
class GroupStartTest {

    private final Exception failure = new IOException("no port");

    @OnEveryRuntime
    void j34_starterGetsTheValueAndTheChildGoesOn(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var log = new CopyOnWriteArrayList<String>();
            taskGroup(group -> {
                var stop = new Event();
                int port = group.start("server", ready -> {
                    log.add("listens");
                    ready.set(80);
                    stop.await();
                    log.add("stopped by " + self().name());
                });
                log.add("ready at " + port);
                stop.set();
            });
            assertThat(log).containsExactly("listens", "ready at 80", "stopped by server");
        });
    }

    @OnEveryRuntime
    void j34_nullIsAValue(TestRuntime runtime) throws Exception {
        runtime.run(() -> taskGroup(group -> {
            String value = group.start(ready -> ready.set(null));
            assertThat(value).isNull();
        }));
    }

    @OnEveryRuntime
    void j34_failureBeforeReadyIsTheStartersAlone(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var result = taskGroup(group -> {
                var sibling = group.createTask(() -> sleep(ofMillis(1), "sibling"));
                assertThatThrownBy(() -> group.<String, Exception>start(ready -> {
                            throw failure;
                        }))
                        .isSameAs(failure);
                return sibling.await();
            });
            assertThat(result).isEqualTo("sibling");
        });
    }

    @OnEveryRuntime
    void j34_failureBeforeReadyThatTheStarterThrowsOnIsInTheGroupOnce(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var thrown = catchThrowable(() -> taskGroup(group -> {
                String value = group.start(ready -> {
                    throw failure;
                });
                return value;
            }));
            assertThat(thrown)
                    .isInstanceOfSatisfying(
                            ExceptionGroup.class,
                            group -> assertThat(group.exceptions()).containsExactly(failure));
        });
    }

    @OnEveryRuntime
    void j34_failureAfterReadyIsTheGroups(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var thrown = catchThrowable(() -> taskGroup(group -> {
                String value = group.start(ready -> {
                    ready.set("up");
                    throw failure;
                });
                assertThat(value).isEqualTo("up");
                sleep(FOREVER);
            }));
            assertThat(thrown)
                    .isInstanceOfSatisfying(
                            ExceptionGroup.class,
                            group -> assertThat(group.exceptions()).containsExactly(failure));
        });
    }

    @OnEveryRuntime
    void j34_endWithoutBeingReadyIsToldToTheStarter(TestRuntime runtime) throws Exception {
        runtime.run(() -> taskGroup(group -> {
            assertThatIllegalStateException()
                    .isThrownBy(() -> group.<String, RuntimeException>start("forgetful", ready -> {}))
                    .withMessageContaining("forgetful")
                    .withMessageContaining("ready.set(…)");
        }));
    }

    @OnEveryRuntime
    void j34_cancelOfTheChildBeforeReadyIsToldToTheStarter(TestRuntime runtime) throws Exception {
        runtime.run(() -> taskGroup(group -> {
            assertThatThrownBy(() -> group.<String, RuntimeException>start(ready -> {
                        self().cancel("not today");
                        sleep(FOREVER);
                    }))
                    .isInstanceOf(CancellationException.class);
        }));
    }

    @OnEveryRuntime
    void j34_cancelOfTheStarterCancelsAndJoinsTheChildThatIsNotReady(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var child = new SleepingBody();
            taskGroup(group -> {
                assertThatThrownBy(() -> timeout(
                                ofMillis(5),
                                () -> group.<String, RuntimeException>start(ready -> {
                                    child.run();
                                })))
                        .isInstanceOf(TimeoutException.class);
                assertThat(child.hasEnded()).isTrue();
                assertThat(child.interruption()).isInstanceOf(CancelledException.class);
            });
        });
    }

    @OnEveryRuntime
    void j34_childThatBecomesReadyAfterItsStarterWasCancelledIsNotReady(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var said = new AtomicReference<Throwable>();
            taskGroup(group -> {
                assertThatThrownBy(() -> timeout(
                                ofMillis(5),
                                () -> group.<String, RuntimeException>start(ready -> {
                                    try {
                                        sleep(FOREVER);
                                    } finally {
                                        said.set(catchThrowable(() -> ready.set("late")));
                                    }
                                })))
                        .isInstanceOf(TimeoutException.class);
            });
            assertThat(said.get()).isNull();
        });
    }

    @OnEveryRuntime
    void j34_failureWhileTheStarterJoinsIsNotLost(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var thrown = new AtomicReference<Throwable>();
            taskGroup(group -> {
                var starter = createTask(() -> group.<String, Exception>start(ready -> {
                    try {
                        sleep(FOREVER);
                    } finally {
                        throwFailure();
                    }
                }));
                Tasks.awaitTrue(() -> Weft.allTasks().size() == 3);
                sleep(ofMillis(1));
                starter.cancel();
                thrown.set(catchThrowable(starter::await));
            });
            assertThat(thrown.get()).isSameAs(failure);
        });
    }

    private void throwFailure() throws Exception {
        throw failure;
    }

    @OnEveryRuntime
    void j34_groupThatStopsEndsTheWait(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var thrown = catchThrowable(() -> taskGroup(group -> {
                group.createTask(() -> {
                    sleep(ofMillis(1));
                    throw failure;
                });
                String value = group.start(ready -> sleep(FOREVER));
                return value;
            }));
            assertThat(thrown)
                    .isInstanceOfSatisfying(
                            ExceptionGroup.class,
                            group -> assertThat(group.exceptions()).containsExactly(failure));
        });
    }

    @OnEveryRuntime
    void j34_starterOutsideOfTheGroupIsToldThatItStopped(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var starter = new AtomicReference<Task<String>>();
            taskGroup(group -> {
                var begun = new Event();
                starter.set(createTask(() -> group.start(ready -> {
                    begun.set();
                    sleep(FOREVER);
                })));
                begun.await();
                group.cancel();
            });
            assertThatThrownBy(() -> starter.get().await()).isInstanceOf(CancellationException.class);
        });
    }

    @OnEveryRuntime
    void j34_readyTwiceAndAfterTheEndIsRefused(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var handles = new ArrayList<Ready<String>>();
            var second = new AtomicReference<Throwable>();
            taskGroup(group -> {
                String value = group.start(ready -> {
                    ready.set("once");
                    second.set(catchThrowable(() -> ready.set("twice")));
                });
                assertThat(value).isEqualTo("once");
                assertThatIllegalStateException().isThrownBy(() -> group.<String, RuntimeException>start(handles::add));
            });
            assertThat(second.get()).isInstanceOf(IllegalStateException.class).hasMessageContaining("already");
            assertThatIllegalStateException()
                    .isThrownBy(() -> handles.getFirst().set("late"))
                    .withMessageContaining("ended");
        });
    }

    /**
     * Of two that begin to wait for each other at the same moment both are refused: then the group gets the child's.
     */
    @OnEveryRuntime
    void j34_childThatWaitsForItsStarterIsRefused(TestRuntime runtime) throws Exception {
        for (var options :
                List.of(TaskOptions.defaults(), TaskOptions.defaults().eagerStart(true))) {
            runtime.run(() -> {
                var thrown = catchThrowable(() -> taskGroup(group -> {
                    var starter = self();
                    assertThatThrownBy(() -> group.<String, Exception>start(options, ready -> starter.await()))
                            .isInstanceOf(IllegalStateException.class);
                }));
                if (thrown instanceof ExceptionGroup both && !runtime.takesTurns()) {
                    assertThat(both.exceptions()).hasOnlyElementsOfType(IllegalStateException.class);
                } else {
                    assertThat(thrown).isNull();
                }
            });
        }
    }

    @OnEveryRuntime
    void j34_limitedGroupStartsInTurnAndRefusesAStarterThatHoldsAPlace(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var log = new CopyOnWriteArrayList<String>();
            taskGroup(GroupOptions.failFast().limit(1), group -> {
                group.createTask(() -> {
                    sleep(ofMillis(1));
                    log.add("first");
                });
                String value = group.start(ready -> {
                    log.add("second");
                    ready.set("");
                });
                assertThat(value).isEmpty();
                group.createTask(() -> gather(() -> {
                            assertThatIllegalStateException()
                                    .isThrownBy(() -> group.<String, RuntimeException>start(ready -> {}))
                                    .withMessageContaining("1 places");
                        }))
                        .await();
            });
            assertThat(log).containsExactly("first", "second");
        });
    }

    @OnEveryRuntime
    void j34_supervisorsHandlerIsNotToldOfTheStartersFailure(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var told = new CopyOnWriteArrayList<Throwable>();
            taskGroup(GroupOptions.supervisor((task, thrown) -> told.add(thrown)), group -> {
                assertThatThrownBy(() -> group.<String, Exception>start(ready -> {
                            throw failure;
                        }))
                        .isSameAs(failure);
            });
            assertThat(told).isEmpty();
        });
    }
}

package dev.weft;

import static dev.weft.GroupFailures.foundIn;
import static dev.weft.GroupFailures.membersThrownBy;
import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.currentTask;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;
import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.sync.Event;
import dev.weft.sync.Lock;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** What a task group does when a child or its block fails. */
class TaskGroupFailureTest {

    @OnEveryRuntime
    void tg4_childErrorCancelsSiblings(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var boom = new IOException("boom");
            var sibling = new HangingBody();
            var children = new ArrayList<Task<?>>();
            var wentOn = new AtomicBoolean();
            var members = membersThrownBy(() -> {
                taskGroup(group -> {
                    children.add(group.createTask(sibling));
                    children.add(group.createTask(() -> {
                        sibling.awaitStarted();
                        throw boom;
                    }));
                });
                wentOn.set(true);
            });
            assertThat(members).containsExactly(boom);
            assertThat(sibling.wasCancelled()).isTrue();
            assertThat(children.get(0).isCancelled()).isTrue();
            assertThat(children.get(1).exception()).isSameAs(boom);
            assertThat(wentOn).isFalse();
        });
    }

    @OnEveryRuntime
    void tg5_childrenFailTogether_interruptTheWaitingBody(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var go = new Gate();
            var sibling = new HangingBody();
            var failures = List.of(new IOException("1"), new IOException("2"), new IOException("3"));
            var bodyCaught = new AtomicReference<Throwable>();
            var members = membersThrownBy(() -> taskGroup(group -> {
                group.createTask(sibling);
                sibling.awaitStarted();
                for (var failure : failures) {
                    group.createTask(() -> {
                        go.await();
                        throw failure;
                    });
                }
                go.open();
                try {
                    sleep(FOREVER);
                } catch (InterruptedException e) {
                    bodyCaught.set(e);
                    throw e;
                }
            }));
            assertThat(bodyCaught.get()).isInstanceOf(CancelledException.class);
            assertThat(members).isNotEmpty().doesNotHaveDuplicates().isSubsetOf(failures);
            assertThat(sibling.wasCancelled()).isTrue();
        });
    }

    @OnEveryRuntime
    void tg9_bodyFails_childrenAreCancelledAndTheFailureIsGrouped(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var boom = new IOException("boom");
            var first = new HangingBody();
            var second = new HangingBody();
            var children = new ArrayList<Task<?>>();
            var members = membersThrownBy(() -> taskGroup((TaskGroup group) -> {
                children.add(group.createTask(first));
                children.add(group.createTask(second));
                first.awaitStarted();
                second.awaitStarted();
                throw boom;
            }));
            assertThat(members).containsExactly(boom);
            assertThat(first.wasCancelled()).isTrue();
            assertThat(second.wasCancelled()).isTrue();
            assertThat(children).allMatch(Task::isCancelled);
        });
    }

    @OnEveryRuntime
    void tg9_bodyFailsBeforeChildrenBegin_theyAreCancelledToo(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var boom = new IOException("boom");
            var children = new ArrayList<Task<?>>();
            var members = membersThrownBy(() -> taskGroup((TaskGroup group) -> {
                for (var i = 0; i < 5; i++) {
                    children.add(group.createTask(() -> sleep(FOREVER)));
                }
                throw boom;
            }));
            assertThat(members).containsExactly(boom);
            assertThat(children).hasSize(5).allMatch(Task::isCancelled);
        });
    }

    @OnEveryRuntime
    void tg14_childAndBodyFail_bothAreMembers(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var ofChild = new IOException("child");
            var ofBody = new IllegalArgumentException("body");
            var members = membersThrownBy(() -> taskGroup((TaskGroup group) -> {
                group.createTask(() -> {
                    throw ofChild;
                });
                assertThatThrownBy(() -> sleep(FOREVER)).isInstanceOf(CancelledException.class);
                throw ofBody;
            }));
            assertThat(members).containsExactly(ofChild, ofBody);
        });
    }

    @OnEveryRuntime
    void tg15_bodyThrowsVirtualMachineError_isThrownBareAfterChildrenHaveEnded(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var fatal = new FatalError();
            var ofChild = new IOException("child");
            var sibling = new HangingBody();
            var thrown = catchThrowable(() -> taskGroup((TaskGroup group) -> {
                group.createTask(sibling);
                sibling.awaitStarted();
                group.createTask(() -> {
                    throw ofChild;
                });
                assertThatThrownBy(() -> sleep(FOREVER)).isInstanceOf(CancelledException.class);
                throw fatal;
            }));
            assertThat(thrown).isSameAs(fatal);
            assertThat(thrown.getSuppressed()).contains(ofChild);
            assertThat(sibling.wasCancelled()).isTrue();
        });
    }

    @OnEveryRuntime
    void tg15_childThrowsVirtualMachineError_isThrownBareAfterSiblingsHaveEnded(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var fatal = new FatalError();
            var sibling = new HangingBody();
            var thrown = catchThrowable(() -> taskGroup(group -> {
                group.createTask(sibling);
                sibling.awaitStarted();
                group.createTask(() -> {
                    throw fatal;
                });
                sleep(FOREVER);
            }));
            assertThat(thrown).isSameAs(fatal);
            assertThat(sibling.wasCancelled()).isTrue();
            assertThat(currentTask().orElseThrow().cancelling()).isZero();
        });
    }

    @OnEveryRuntime
    void tg16_otherErrors_areGroupedLikeExceptions(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var ofChild = new LinkageError("child");
            var ofBody = new AssertionError("body");
            var members = membersThrownBy(() -> taskGroup((TaskGroup group) -> {
                group.createTask(() -> {
                    throw ofChild;
                });
                assertThatThrownBy(() -> sleep(FOREVER)).isInstanceOf(CancelledException.class);
                throw ofBody;
            }));
            assertThat(members).containsExactly(ofChild, ofBody);
        });
    }

    @OnEveryRuntime
    void tg19_oneFailure_endsASelfReplicatingGroup(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var boom = new IOException("boom");
            var born = new AtomicInteger();
            var enough = new Gate();
            var members = membersThrownBy(() -> taskGroup(group -> {
                group.createTask(() -> replicate(group, born, enough));
                group.createTask(() -> {
                    enough.await();
                    throw boom;
                });
            }));
            assertThat(members).contains(boom);
            // one that was just about to spawn is told that it may not
            assertThat(members)
                    .filteredOn(member -> member != boom)
                    .allSatisfy(member -> assertThat(member)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("shutting down"));
            var bornAtEnd = born.get();
            assertThat(bornAtEnd).isGreaterThanOrEqualTo(10);
            Yielding.stubbornly(5);
            assertThat(born).hasValue(bornAtEnd);
        });
    }

    private static void replicate(TaskGroup group, AtomicInteger born, Gate enough) throws InterruptedException {
        if (born.incrementAndGet() == 10) {
            enough.open();
        }
        sleep(Duration.ZERO);
        group.createTask(() -> replicate(group, born, enough));
    }

    @OnEveryRuntime
    void tg22_createTaskAfterAFailure_isRejected(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var boom = new IOException("boom");
            var ran = new AtomicBoolean();
            var rejection = new AtomicReference<Throwable>();
            var members = membersThrownBy(() -> taskGroup(group -> {
                group.createTask(() -> {
                    throw boom;
                });
                assertThatThrownBy(() -> sleep(FOREVER)).isInstanceOf(CancelledException.class);
                rejection.set(catchThrowable(() -> group.createTask(() -> ran.set(true))));
            }));
            assertThat(rejection.get())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("shutting down");
            assertThat(members).containsExactly(boom);
            assertThat(ran).isFalse();
        });
    }

    @OnEveryRuntime
    void tg23_closeFailsWhileGroupAborts_bothAreMembers(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var boom = new IOException("boom");
            var ofClose = new IOException("close");
            Closeable resource = () -> {
                throw ofClose;
            };
            var members = membersThrownBy(() -> taskGroup(group -> {
                try {
                    group.createTask(() -> {
                        throw boom;
                    });
                    sleep(FOREVER);
                } finally {
                    resource.close();
                }
            }));
            assertThat(members).containsExactly(boom, ofClose);
            assertThat(currentTask().orElseThrow().cancelling()).isZero();
        });
    }

    /**
     * Java suppresses what close throws into the cancellation, which is no member of the group: it must not get lost
     * with it.
     */
    @OnEveryRuntime
    void tg23_closeOfTryWithResourcesFailsWhileGroupAborts_isFoundInWhatIsThrown(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var boom = new IOException("boom");
            var ofClose = new IOException("close");
            var thrown = catchThrowable(() -> taskGroup(group -> {
                try (Closeable resource = () -> {
                    throw ofClose;
                }) {
                    assertThat(resource).isNotNull();
                    group.createTask(() -> {
                        throw boom;
                    });
                    sleep(FOREVER);
                }
            }));
            assertThat(GroupFailures.membersOf(thrown)).contains(boom);
            assertThat(foundIn(thrown)).contains(ofClose);
            assertThat(currentTask().orElseThrow().cancelling()).isZero();
        });
    }

    @OnEveryRuntime
    void tg28_failureHandled_noRequestStands(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var boom = new IOException("boom");
            assertThat(membersThrownBy(() -> taskGroup(group -> {
                        group.createTask(() -> {
                            throw boom;
                        });
                        sleep(FOREVER);
                    })))
                    .containsExactly(boom);
            assertThat(currentTask().orElseThrow().cancelling()).isZero();
        });
    }

    @OnEveryRuntime
    void tg31_childStartsFailingSiblingWhileBeingCreated_isCancelledToo(TestRuntime runtime) throws Exception {
        var eager = TaskOptions.defaults().eagerStart(true);
        runtime.run(() -> assertCreatorOfFailingSiblingIsCancelled(eager));
    }

    @OnEveryRuntime
    void tg31_childStartsFailingSibling_isCancelledToo(TestRuntime runtime) throws Exception {
        runtime.run(() -> assertCreatorOfFailingSiblingIsCancelled(TaskOptions.defaults()));
    }

    private static void assertCreatorOfFailingSiblingIsCancelled(TaskOptions options) {
        var boom = new IOException("boom");
        var creatorCaught = new AtomicReference<Throwable>();
        var members = membersThrownBy(() -> taskGroup(group -> {
            group.createTask(options, () -> {
                group.createTask(options, () -> {
                    throw boom;
                });
                creatorCaught.set(catchThrowable(() -> sleep(FOREVER)));
            });
        }));
        assertThat(members).containsExactly(boom);
        assertThat(creatorCaught.get()).isInstanceOf(CancelledException.class);
    }

    @OnEveryRuntime
    void tg32_failureWhileBodyEnds_doesNotLeakItsRequest(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var boom = new IOException("boom");
            for (var i = 0; i < 200; i++) {
                var members = membersThrownBy(() -> taskGroup(group -> {
                    group.createTask(() -> {
                        throw boom;
                    });
                }));
                assertThat(members).containsExactly(boom);
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
                assertThat(currentTask().orElseThrow().cancelling()).isZero();
                sleep(Duration.ZERO);
            }
        });
    }

    @OnPlatformThread
    void tg32_failureWhileBodyEndsOnPlatformThread_leavesNoInterrupt() throws Exception {
        var boom = new IOException("boom");
        for (var i = 0; i < 200; i++) {
            var go = new Gate();
            var members = membersThrownBy(() -> taskGroup(group -> {
                group.createTask(() -> {
                    go.await();
                    throw boom;
                });
                go.open();
            }));
            assertThat(members).containsExactly(boom);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            sleep(Duration.ZERO);
        }
    }

    private static final class FatalError extends VirtualMachineError {
        private static final long serialVersionUID = 1L;

        FatalError() {
            super("fatal");
        }
    }

    /** The whole chain that docs/internals.md tells of, from the failure to the lock and the group's exception. */
    @OnEveryRuntime
    void tg5_childFailsWhileTheBlockWaitsForALock_itIsNotHeldAfterwards(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var lock = new Lock();
            var mayRelease = new Event();
            var holder = createTask(() -> lock.with(() -> mayRelease.await()));
            while (!lock.isLocked()) {
                sleep(ZERO);
            }
            var failure = new IOException("boom");
            var thrown = catchThrowable(() -> taskGroup(group -> {
                group.createTask(() -> {
                    while (lock.snapshot().waiting() == 0) {
                        sleep(ZERO);
                    }
                    throw failure;
                });
                lock.acquire();
            }));
            assertThat(thrown).isInstanceOf(ExceptionGroup.class);
            assertThat(((ExceptionGroup) thrown).exceptions()).containsExactly(failure);
            assertThat(lock.isHeldByCaller()).isFalse();
            assertThat(lock.snapshot().waiting()).isZero();
            mayRelease.set();
            holder.await();
            assertThat(lock.isLocked()).isFalse();
        });
    }
}

package dev.weft;

import static dev.weft.GroupFailures.membersOf;
import static dev.weft.GroupFailures.membersThrownBy;
import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.currentTask;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;

/** Groups in groups. */
class TaskGroupNestingTest {

    @OnEveryRuntime
    void tg10_innerGroupFails_isAMemberOfTheOuterOne(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var boom = new IOException("boom");
            var hanging = new HangingBody();
            var outer = membersThrownBy(() -> taskGroup(outerGroup -> {
                outerGroup.createTask(hanging);
                hanging.awaitStarted();
                taskGroup(innerGroup -> {
                    innerGroup.createTask(() -> {
                        throw boom;
                    });
                });
            }));
            assertThat(outer).hasSize(1);
            assertThat(membersOf(outer.getFirst())).containsExactly(boom);
            assertThat(hanging.wasCancelled()).isTrue();
        });
    }

    @OnEveryRuntime
    void tg10_groupsInBodyAndChild_addALevelEach(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var boom = new IOException("boom");
            var outer = membersThrownBy(() -> taskGroup(group -> {
                group.createTask(() -> taskGroup(middle -> {
                    taskGroup(inner -> {
                        inner.createTask(() -> {
                            throw boom;
                        });
                        sleep(FOREVER);
                    });
                }));
            }));
            assertThat(outer).hasSize(1);
            var middle = membersOf(outer.getFirst());
            assertThat(middle).hasSize(1);
            assertThat(membersOf(middle.getFirst())).containsExactly(boom);
        });
    }

    @OnEveryRuntime
    void tg11_outerChildFails_innerGroupIsCancelledAndContributesNothing(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var boom = new IOException("boom");
            var innerChild = new HangingBody();
            var innerThrew = new AtomicReference<Throwable>();
            var members = membersThrownBy(() -> taskGroup(outer -> {
                outer.createTask(() -> {
                    innerChild.awaitStarted();
                    throw boom;
                });
                try {
                    taskGroup(inner -> {
                        inner.createTask(innerChild);
                    });
                } catch (Exception e) {
                    innerThrew.set(e);
                    throw e;
                }
            }));
            assertThat(members).containsExactly(boom);
            assertThat(innerThrew.get()).isInstanceOf(CancelledException.class);
            assertThat(innerChild.wasCancelled()).isTrue();
        });
    }

    @OnEveryRuntime
    void tg29_innerAndOuterFail_outersRequestStandsUntilTheOuterEnds(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var me = currentTask().orElseThrow();
            var ofInner = new IOException("inner");
            var ofOuter = new IOException("outer");
            var failOuter = new Gate();
            var outerMembers = membersThrownBy(() -> taskGroup(outer -> {
                outer.createTask(() -> {
                    failOuter.await();
                    throw ofOuter;
                });
                var innerMembers = membersThrownBy(() -> taskGroup(inner -> {
                    inner.createTask(() -> {
                        throw ofInner;
                    });
                    assertThatThrownBy(() -> sleep(FOREVER)).isInstanceOf(CancelledException.class);
                    assertThat(me.cancelling()).isEqualTo(1);
                    failOuter.open();
                    assertThatThrownBy(() -> sleep(FOREVER)).isInstanceOf(CancelledException.class);
                    assertThat(me.cancelling()).isEqualTo(2);
                }));
                assertThat(innerMembers).containsExactly(ofInner);
                assertThat(me.cancelling()).isEqualTo(1);
            }));
            assertThat(outerMembers).containsExactly(ofOuter);
            assertThat(me.cancelling()).isZero();
        });
    }

    @OnEveryRuntime
    void tg29_outerCancelledWhileInnerUnwinds_requestIsDeliveredAfterTheInner(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var me = currentTask().orElseThrow();
            var ofInner = new IOException("inner");
            var keeperStarted = new Gate();
            var innerAborts = new Gate();
            var afterInner = new AtomicReference<Throwable>();
            taskGroup(outer -> {
                var innerMembers = membersThrownBy(() -> taskGroup(inner -> {
                    inner.createTask(() -> {
                        keeperStarted.open();
                        innerAborts.awaitStubbornly();
                        outer.cancel();
                    });
                    keeperStarted.await();
                    inner.createTask(() -> {
                        throw ofInner;
                    });
                    try {
                        sleep(FOREVER);
                    } finally {
                        innerAborts.open();
                    }
                }));
                assertThat(innerMembers).containsExactly(ofInner);
                assertThat(me.cancelling()).isEqualTo(1);
                afterInner.set(catchThrowable(() -> sleep(FOREVER)));
            });
            assertThat(afterInner.get()).isInstanceOf(CancelledException.class);
            assertThat(me.cancelling()).isZero();
        });
    }
}

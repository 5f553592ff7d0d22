package dev.weft;

import static dev.weft.GroupFailures.membersOf;
import static dev.weft.GroupFailures.membersThrownBy;
import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.currentTask;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** What a task group does when the task around it is cancelled from outside. */
class TaskGroupCancelledTest {

    @OnEveryRuntime
    void tg6_parentCancelledWhileWaitingForChildren_theyAreCancelledAndAwaited(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var bodyDone = new Gate();
            var children = hangingBodies(5);
            var parent = createTask(() -> catchThrowable(() -> taskGroup(group -> {
                children.forEach(group::createTask);
                bodyDone.open();
            })));
            bodyDone.await();
            awaitAllStarted(children);
            assertThat(parent.cancel("enough")).isTrue();
            assertCancelledFor("enough", parent.await());
            assertThat(children).allMatch(HangingBody::wasCancelled);
        });
    }

    @OnEveryRuntime
    void tg6_parentCancelledWhileWaitingForStubbornChild_waitsOn(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var started = new Gate();
            var asked = new Gate();
            var release = new Gate();
            var parent = createTask(() -> taskGroup(group -> {
                group.createTask(() -> {
                    started.open();
                    assertThatThrownBy(() -> sleep(FOREVER)).isInstanceOf(CancelledException.class);
                    asked.open();
                    release.awaitStubbornly();
                });
            }));
            started.await();
            parent.cancel();
            asked.await();
            Yielding.stubbornly(5);
            assertThat(parent.isDone()).isFalse();
            release.open();
            assertThatThrownBy(parent::await).isInstanceOf(CancellationException.class);
            assertThat(parent.isCancelled()).isTrue();
        });
    }

    @OnEveryRuntime
    void tg7_parentCancelledInBody_bodySeesItAndChildrenAreCancelled(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var children = hangingBodies(5);
            var inBody = new Gate();
            var bodyCaught = new AtomicReference<Throwable>();
            var parent = createTask(() -> catchThrowable(() -> taskGroup(group -> {
                children.forEach(group::createTask);
                awaitAllStarted(children);
                inBody.open();
                hangAndRemember(bodyCaught);
            })));
            inBody.await();
            parent.cancel("enough");
            assertCancelledFor("enough", parent.await());
            assertCancelledFor("enough", bodyCaught.get());
            assertThat(children).allMatch(HangingBody::wasCancelled);
        });
    }

    @OnEveryRuntime
    void tg7_parentCancelledInBodyWithoutChildren_isCancelled(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var inBody = new Gate();
            var bodyCaught = new AtomicReference<Throwable>();
            var parent = createTask(() -> taskGroup(group -> {
                inBody.open();
                hangAndRemember(bodyCaught);
            }));
            inBody.await();
            parent.cancel("enough");
            assertThatThrownBy(parent::await).isInstanceOf(CancellationException.class);
            assertThat(parent.isCancelled()).isTrue();
            assertCancelledFor("enough", bodyCaught.get());
        });
    }

    @OnEveryRuntime
    void tg8_childrenFailInTheirCleanUp_groupReplacesTheCancellation(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var failures = List.of(new IOException("1"), new IOException("2"), new IOException("3"));
            var started = List.of(new Gate(), new Gate(), new Gate());
            var bodyDone = new Gate();
            var parent = createTask(() -> catchThrowable(() -> taskGroup(group -> {
                for (var i = 0; i < failures.size(); i++) {
                    var failure = failures.get(i);
                    var gate = started.get(i);
                    group.createTask(() -> {
                        gate.open();
                        failWhenCancelled(failure);
                    });
                }
                bodyDone.open();
            })));
            bodyDone.await();
            for (var gate : started) {
                gate.await();
            }
            parent.cancel();
            assertThat(membersOf(parent.await())).containsExactlyInAnyOrderElementsOf(failures);
        });
    }

    @OnEveryRuntime
    void tg12_childFailsWhileCancelledBodyCleansUp_groupWins(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var boom = new IOException("boom");
            var inBody = new Gate();
            var parent = createTask(() -> catchThrowable(() -> groupWhoseChildFailsInTheBodysCleanUp(boom, inBody)));
            inBody.await();
            parent.cancel();
            assertThat(membersOf(parent.await())).containsExactly(boom);
        });
    }

    @OnEveryRuntime
    void tg12_cancelledThroughAnAwaitingTask_groupWins(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var boom = new IOException("boom");
            var inBody = new Gate();
            var nested = createTask(() -> groupWhoseChildFailsInTheBodysCleanUp(boom, inBody));
            var awaiting = new Gate();
            var parent = createTask(() -> {
                awaiting.open();
                nested.await();
            });
            awaiting.await();
            inBody.await();
            parent.cancel();
            assertThat(membersOf(catchThrowable(parent::await))).containsExactly(boom);
            assertThat(membersOf(nested.exception())).containsExactly(boom);
        });
    }

    private static void groupWhoseChildFailsInTheBodysCleanUp(Exception failure, Gate inBody) throws Exception {
        taskGroup(group -> {
            var fail = new Gate();
            group.createTask(() -> {
                fail.await();
                throw failure;
            });
            try {
                inBody.open();
                sleep(FOREVER);
            } catch (CancelledException e) {
                fail.open();
                sleep(FOREVER); // until the failure interrupts the clean-up
            }
        });
    }

    @OnEveryRuntime
    void tg13_bodyThrowsSomethingElseWhenCancelled_thatIsGrouped(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var odd = new IOException("instead of the cancellation");
            var inBody = new Gate();
            var parent = createTask(() -> catchThrowable(() -> taskGroup(group -> {
                inBody.open();
                failWhenCancelled(odd);
            })));
            inBody.await();
            parent.cancel();
            assertThat(membersOf(parent.await())).containsExactly(odd);
        });
    }

    @OnEveryRuntime
    void tg30_cancelledWhileGroupAborts_groupComesFirstAndTheCancellationNext(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var boom = new IOException("boom");
            var aborting = new Gate();
            var keeper = new StubbornBody();
            var afterGroup = new AtomicReference<Throwable>();
            var parent = createTask(() -> {
                var me = currentTask().orElseThrow();
                var members = membersThrownBy(() -> taskGroup(group -> {
                    group.createTask(keeper);
                    keeper.awaitStarted();
                    group.createTask(() -> {
                        throw boom;
                    });
                    try {
                        sleep(FOREVER);
                    } finally {
                        aborting.open();
                    }
                }));
                assertThat(members).containsExactly(boom);
                assertThat(me.cancelling()).isEqualTo(1);
                hangAndRemember(afterGroup);
            });
            aborting.await();
            parent.cancel("from outside");
            keeper.release();
            assertThatThrownBy(parent::await).isInstanceOf(CancellationException.class);
            assertThat(parent.isCancelled()).isTrue();
            assertCancelledFor("from outside", afterGroup.get());
        });
    }

    @OnEveryRuntime
    void tg30_childFailsAfterTheCancellationWasSeen_itIsDeliveredOnceMore(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var boom = new IOException("boom");
            var inBody = new Gate();
            var afterGroup = new AtomicReference<Throwable>();
            var parent = createTask(() -> {
                var members = membersThrownBy(() -> groupWhoseChildFailsInTheBodysCleanUp(boom, inBody));
                assertThat(members).containsExactly(boom);
                assertThat(currentTask().orElseThrow().cancelling()).isEqualTo(1);
                hangAndRemember(afterGroup);
            });
            inBody.await();
            parent.cancel("from outside");
            assertThatThrownBy(parent::await).isInstanceOf(CancellationException.class);
            assertThat(parent.isCancelled()).isTrue();
            assertCancelledFor("from outside", afterGroup.get());
        });
    }

    private static List<HangingBody> hangingBodies(int count) {
        return Stream.generate(HangingBody::new).limit(count).toList();
    }

    private static void awaitAllStarted(List<HangingBody> bodies) throws InterruptedException {
        for (var body : bodies) {
            body.awaitStarted();
        }
    }

    private static void hangAndRemember(AtomicReference<Throwable> caught) throws InterruptedException {
        try {
            sleep(FOREVER);
        } catch (InterruptedException e) {
            caught.set(e);
            throw e;
        }
    }

    private static void failWhenCancelled(Exception failure) throws Exception {
        try {
            sleep(FOREVER);
        } catch (CancelledException e) {
            throw failure;
        }
    }

    private static void assertCancelledFor(Object reason, Throwable thrown) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        CancelledException.class,
                        e -> assertThat(e.cancellation().reason()).isEqualTo(reason));
    }
}

package dev.weft;

import static dev.weft.Weft.createTask;
import static dev.weft.Weft.currentTask;
import static dev.weft.Weft.taskGroup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.fail;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** What a task group starts, waits for, and lets go. */
class TaskGroupLifeTest {

    @OnEveryRuntime
    void tg1_bodyReturnsWhileChildrenRun_blockEndsWithTheLastChild(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var bodyDone = new Gate();
            var children = new ArrayList<Task<Integer>>();
            var result = taskGroup(group -> {
                children.add(group.createTask(() -> {
                    bodyDone.await();
                    return 42;
                }));
                children.add(group.createTask(() -> {
                    bodyDone.await();
                    Yielding.stubbornly(5);
                    return 11;
                }));
                bodyDone.open();
                return "body";
            });
            assertThat(result).isEqualTo("body");
            assertThat(children).extracting(Task::result).containsExactly(42, 11);
        });
    }

    @OnEveryRuntime
    void tg1_emptyBlock_returnsItsResult(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            String result = taskGroup(group -> "alone");
            assertThat(result).isEqualTo("alone");
        });
    }

    @OnEveryRuntime
    void tg2_childrenAddedAfterWaits_areWaitedForToo(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var children = new ArrayList<Task<Integer>>();
            taskGroup(group -> {
                var early = group.createTask(() -> 1);
                children.add(early);
                early.await();
                var late = group.createTask(() -> {
                    Yielding.stubbornly(2);
                    return 2;
                });
                children.add(late);
                late.await();
                children.add(group.createTask(() -> {
                    Yielding.stubbornly(5);
                    return 3;
                }));
            });
            assertThat(children).extracting(Task::result).containsExactly(1, 2, 3);
        });
    }

    @OnEveryRuntime
    void tg3_oneChildCancelled_isNoFailure(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var hanging = new HangingBody();
            var children = new ArrayList<Task<?>>();
            var result = taskGroup(group -> {
                var cancelled = group.createTask(hanging);
                hanging.awaitStarted();
                var before = group.createTask(() -> {
                    Yielding.until(cancelled::isDone);
                    return 1;
                });
                assertThat(cancelled.cancel("not needed")).isTrue();
                var after = group.createTask(() -> {
                    Yielding.until(cancelled::isDone);
                    return 2;
                });
                children.addAll(List.of(cancelled, before, after));
                return before.await() + after.await();
            });
            assertThat(result).isEqualTo(3);
            assertThat(hanging.wasCancelled()).isTrue();
            assertThat(children.getFirst().isCancelled()).isTrue();
            assertThat(currentTask().orElseThrow().cancelling()).isZero();
        });
    }

    @OnEveryRuntime
    void tg17_childrenEndInOpenGroup_areReleased(TestRuntime runtime) throws Exception {
        runtime.run(() -> taskGroup(group -> {
            var children = new ArrayList<WeakReference<Task<?>>>();
            for (var i = 0; i < 20; i++) {
                children.add(endedChild(group));
            }
            for (var attempt = 0; attempt < 200; attempt++) {
                System.gc();
                // the last one may still be held by the runtime, but not by the group
                if (children.stream().filter(child -> child.get() != null).count() <= 1) {
                    return;
                }
                Weft.sleep(Duration.ofMillis(1));
            }
            fail("the group holds on to children that have ended");
        }));
    }

    private static WeakReference<Task<?>> endedChild(TaskGroup group) throws InterruptedException {
        var child = group.createTask(Object::new);
        child.await();
        return new WeakReference<>(child);
    }

    @OnEveryRuntime
    void tg18_childSpawnsSiblingAfterBodyHasReturned_isWaitedForToo(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var bodyDone = new Gate();
            var spawned = new CopyOnWriteArrayList<Task<String>>();
            taskGroup(group -> {
                group.createTask(() -> {
                    bodyDone.await();
                    Yielding.stubbornly(3);
                    spawned.add(group.createTask(() -> {
                        Yielding.stubbornly(3);
                        spawned.add(group.createTask(() -> {
                            Yielding.stubbornly(3);
                            return "grandchild";
                        }));
                        return "child";
                    }));
                });
                bodyDone.open();
            });
            assertThat(spawned).extracting(Task::result).containsExactlyInAnyOrder("child", "grandchild");
        });
    }

    @OnEveryRuntime
    void tg20_childWithName_bearsItInside(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var children = new ArrayList<Task<String>>();
            taskGroup(group -> {
                children.add(group.createTask("fetch-7", TaskGroupLifeTest::currentName));
                children.add(group.createTask(TaskOptions.named("fetch-8"), TaskGroupLifeTest::currentName));
            });
            assertThat(children).extracting(Task::name).containsExactly("fetch-7", "fetch-8");
            assertThat(children).extracting(Task::result).containsExactly("fetch-7", "fetch-8");
        });
    }

    private static String currentName() {
        return currentTask().orElseThrow().name();
    }

    @OnEveryRuntime
    void tg21_childWithContext_changesThatContextAndNoOther(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var user = TaskLocal.<String>named("user");
            user.set("parent");
            var context = TaskContext.empty();
            var options = TaskOptions.defaults().context(context);
            var seen = new CopyOnWriteArrayList<String>();
            taskGroup(group -> {
                group.createTask(options, () -> {
                            seen.add(user.orElse("none"));
                            user.set("first");
                        })
                        .await();
                group.createTask(options, () -> {
                            seen.add(user.get());
                            user.set("second");
                        })
                        .await();
            });
            assertThat(seen).containsExactly("none", "first");
            assertThat(context.find(user)).isEqualTo("second");
            assertThat(user.get()).isEqualTo("parent");
        });
    }

    /**
     * A group cannot be entered, so not twice either: it comes with its block. The nearest misuse is to run the same
     * block again.
     */
    @OnEveryRuntime
    void tg24_sameBlockRunAgain_hasAGroupOfItsOwn(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var groups = new ArrayList<TaskGroup>();
            GroupBody<Integer> block = group -> {
                groups.add(group);
                return group.createTask(() -> 1).await();
            };
            assertThat(taskGroup(block)).isEqualTo(1);
            assertThat(taskGroup(block)).isEqualTo(1);
            int nested = taskGroup(
                    outer -> taskGroup(block) + outer.createTask(() -> 1).await());
            assertThat(nested).isEqualTo(2);
            assertThat(groups).hasSize(3).doesNotHaveDuplicates();
            assertThat(groups).allSatisfy(TaskGroupLifeTest::assertFinished);
        });
    }

    @OnEveryRuntime
    void tg24_outerGroupUsedInInnerBlock_keepsItsOwnChildren(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var innerDone = new Gate();
            var children = new ArrayList<Task<String>>();
            taskGroup(outer -> {
                taskGroup(inner -> {
                    children.add(outer.createTask(() -> {
                        innerDone.await();
                        return "outlived the inner block";
                    }));
                });
                innerDone.open();
            });
            assertThat(children.getFirst().result()).isEqualTo("outlived the inner block");
        });
    }

    @OnEveryRuntime
    void tg25_createTaskAfterTheBlock_isRejected(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var escaped = new AtomicReference<TaskGroup>();
            taskGroup(group -> {
                escaped.set(group);
            });
            assertFinished(escaped.get());
        });
    }

    @OnEveryRuntime
    void tg25_createTaskAfterFailedBlock_isRejected(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var escaped = new AtomicReference<TaskGroup>();
            var boom = new IllegalArgumentException("boom");
            assertThat(GroupFailures.membersThrownBy(() -> taskGroup((TaskGroup group) -> {
                        escaped.set(group);
                        throw boom;
                    })))
                    .containsExactly(boom);
            assertFinished(escaped.get());
        });
    }

    private static void assertFinished(TaskGroup group) {
        var ran = new AtomicBoolean();
        assertThatThrownBy(() -> group.createTask(() -> ran.set(true)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("finished");
        Yielding.stubbornly(2);
        assertThat(ran).isFalse();
    }

    /** There is no group before its block begins. The nearest misuse is to create a task without any owner. */
    @OnPlatformThread
    void tg26_createTaskWithoutOwner_isRejected() {
        var ran = new AtomicBoolean();
        assertThatThrownBy(() -> createTask(() -> ran.set(true)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("run");
        Yielding.stubbornly(2);
        assertThat(ran).isFalse();
    }

    @OnEveryRuntime
    void tg26_createTaskAsTheFirstStatement_works(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            int result = taskGroup(group -> {
                return group.createTask(() -> 7).await();
            });
            assertThat(result).isEqualTo(7);
        });
    }

    @OnPlatformThread
    void tg27_onPlatformThreadOutsideOfARun_works() throws Exception {
        assertThat(Thread.currentThread().isVirtual()).isFalse();
        assertGroupWorksHere();
    }

    @OnPlatformThread
    void tg27_onForeignVirtualThread_works() throws Exception {
        var thrown = new AtomicReference<Throwable>();
        var thread =
                Thread.ofVirtual().start(() -> thrown.set(catchThrowable(TaskGroupLifeTest::assertGroupWorksHere)));
        thread.join();
        assertThat(thrown.get()).isNull();
    }

    private static void assertGroupWorksHere() throws Exception {
        var children = new ArrayList<Task<Boolean>>();
        int result = taskGroup(group -> {
            children.add(group.createTask(() -> Thread.currentThread().isVirtual()));
            return group.createTask(() -> 20).await() + 1;
        });
        assertThat(result).isEqualTo(21);
        assertThat(children.getFirst().result()).isTrue();

        var hanging = new HangingBody();
        var boom = new IllegalArgumentException("boom");
        assertThat(GroupFailures.membersThrownBy(() -> taskGroup(group -> {
                    group.createTask(hanging);
                    hanging.awaitStarted();
                    group.createTask(() -> {
                        throw boom;
                    });
                    Weft.sleep(Weft.FOREVER);
                })))
                .containsExactly(boom);
        assertThat(hanging.wasCancelled()).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
}

package dev.weft;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.asCompleted;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.mapConcurrent;
import static dev.weft.Weft.taskGroup;
import static dev.weft.Weft.timeout;
import static dev.weft.Weft.timeoutAt;
import static dev.weft.Weft.uninterrupted;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

/** J32: the deadline that a caller is under. */
class EffectiveDeadlineTest {

    @OnEveryRuntime
    void j32_withoutALimit_isEmpty(TestRuntime runtime) throws Exception {
        assertThat(Deadline.current()).isEmpty();
        runtime.run(() -> {
            assertThat(Deadline.current()).isEmpty();
            timeout(FOREVER, () -> assertThat(Deadline.current()).isEmpty());
            assertThat(gather(Deadline::current, Deadline::current)).containsOnly(Optional.empty());
        });
    }

    @OnEveryRuntime
    void j32_childThatSaysWhenItIsReady_hasItsGroupsLimit(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var deadline = Deadline.after(ofHours(1));
            timeoutAt(
                    deadline,
                    () -> taskGroup(group -> {
                        group.start((Ready<Object> ready) -> {
                            assertThat(Deadline.current()).contains(deadline);
                            ready.set("ready");
                            assertThat(Deadline.current()).contains(deadline);
                        });
                    }));
        });
    }

    @NotSimulated("the caller has another clock")
    @OnEveryRuntime
    void j32_backgroundTaskWhoseFailureHasItsTime_hasTheLimitAroundTheRun(TestRuntime runtime) throws Exception {
        var deadline = Deadline.after(ofHours(1));
        timeoutAt(
                deadline,
                () -> runtime.run(() -> {
                    var options = TaskOptions.defaults().reportFailureAfter(ofHours(1));
                    assertThat(createTask(options, () -> Deadline.current()).await())
                            .isPresent();
                }));
    }

    @OnEveryRuntime
    void j32_ofNestedBlocks_theEarliestCounts(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var early = Deadline.after(ofHours(1));
            var late = Deadline.after(ofHours(2));
            for (var deadlines : List.of(List.of(early, late), List.of(late, early))) {
                timeoutAt(deadlines.getFirst(), outer -> {
                    timeoutAt(
                            deadlines.getLast(),
                            () -> assertThat(Deadline.current()).contains(early));
                    assertThat(Deadline.current()).contains(deadlines.getFirst());
                    outer.reschedule(FOREVER);
                    assertThat(Deadline.current()).isEmpty();
                });
            }
            assertThat(Deadline.current()).isEmpty();
        });
    }

    @OnEveryRuntime
    void j32_inTasks_thoseOfAllOwnersCount(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var deadline = Deadline.after(ofHours(1));
            var later = Deadline.after(ofHours(2));
            timeoutAt(deadline, () -> {
                assertThat(gather(
                                Deadline::current,
                                () -> gather(Deadline::current, Deadline::current)
                                        .getFirst()))
                        .containsOnly(Optional.of(deadline));
                assertThat(mapConcurrent(List.of(1, 2), 2, item -> timeoutAt(later, () -> Deadline.current())))
                        .containsOnly(Optional.of(deadline));
                taskGroup(group -> {
                    var child = group.createTask(() -> Deadline.current());
                    assertThat(child.await()).contains(deadline);
                });
            });
        });
    }

    @OnEveryRuntime
    void j32_ofACompletionsLimit_itsChildrenAreUnderIt(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            List<Body<Optional<Deadline>, RuntimeException>> bodies = List.of(Deadline::current);
            for (var completion : asCompleted(bodies, ofHours(1))) {
                assertThat(completion.await().orElseThrow().remaining()).isBetween(ofSeconds(1), ofHours(1));
            }
        });
    }

    @OnEveryRuntime
    void j32_backgroundTask_isUnderItsRunsCallerOnly(TestRuntime runtime) throws Exception {
        runtime.run(() -> timeout(ofHours(1), () -> {
            var task = createTask(() -> Deadline.current());
            assertThat(task.await()).isEmpty();
        }));
    }

    @NotSimulated("the limit around the run is on another clock")
    @OnEveryRuntime
    void j32_aroundTheRun_limitsMainAndBackgroundTasks(TestRuntime runtime) throws Exception {
        timeout(ofHours(1), limit -> {
            runtime.run(() -> {
                assertThat(Deadline.current()).contains(limit.when());
                assertThat(createTask(() -> Deadline.current()).await()).contains(limit.when());
                assertThat(gather(Deadline::current, Deadline::current)).containsOnly(Optional.of(limit.when()));
            });
        });
    }

    @OnEveryRuntime
    void j32_withinAShield_onlyLimitsInsideOfItCount(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var outer = Deadline.after(ofHours(1));
            var inner = Deadline.after(ofHours(2));
            timeoutAt(outer, () -> {
                uninterrupted(() -> {
                    assertThat(Deadline.current()).isEmpty();
                    timeoutAt(inner, () -> {
                        assertThat(Deadline.current()).contains(inner);
                        assertThat(gather(Deadline::current, Deadline::current)).containsOnly(Optional.of(inner));
                    });
                });
                assertThat(Deadline.current()).contains(outer);
            });
        });
    }

    @OnAnyThread
    void j32_onAnyThread(AnyThread thread) throws Exception {
        thread.run(() -> {
            timeout(ofHours(1), limit -> {
                assertThat(Deadline.current()).contains(limit.when());
                assertThat(gather(Deadline::current, Deadline::current)).containsOnly(Optional.of(limit.when()));
            });
            assertThat(Deadline.current()).isEmpty();
        });
    }
}

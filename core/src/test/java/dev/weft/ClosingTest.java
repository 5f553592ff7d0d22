package dev.weft;

import static dev.weft.Tasks.awaitTrue;
import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.abandonOnCancel;
import static dev.weft.Weft.cancellable;
import static dev.weft.Weft.closing;
import static dev.weft.Weft.combine;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.mapConcurrent;
import static dev.weft.Weft.race;
import static dev.weft.Weft.settle;
import static dev.weft.Weft.shield;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.sync.Attempts.hedge;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.sync.Event;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/** J31: values that nobody gets are closed, each once; values that somebody gets are not. */
class ClosingTest {

    private final CopyOnWriteArrayList<String> closed = new CopyOnWriteArrayList<>();
    private final Exception failure = new IOException("failure");

    private ClosingBody<String, RuntimeException> opening(String value) {
        return closing(() -> value, closed::add);
    }

    private ClosingBody<String, RuntimeException> opening(String value, Event opened) {
        return closing(
                () -> {
                    opened.set();
                    return value;
                },
                closed::add);
    }

    @OnEveryRuntime
    void j31_gatherThatFailsClosesWhatItDrops(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var first = new Event();
            var second = new Event();
            assertThatThrownBy(() -> gather(opening("a", first), opening("b", second), () -> {
                        first.await();
                        second.await();
                        throw failure;
                    }))
                    .isSameAs(failure);
            assertThat(closed).containsExactly("a", "b");
        });
    }

    @OnEveryRuntime
    void j31_gatherThatReturnsClosesNothing(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            assertThat(gather(opening("a"), opening("b"), () -> "c")).containsExactly("a", "b", "c");
            assertThat(gather(List.of(opening("a"), opening("b")))).containsExactly("a", "b");
            String both = combine(opening("a"), opening("b"), (a, b) -> a + b);
            assertThat(both).isEqualTo("ab");
            assertThat(closed).isEmpty();
        });
    }

    @OnEveryRuntime
    void j31_gatherThatIsCancelledClosesWhatItDrops(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var opened = new Event();
            var gathering = createTask(() -> gather(opening("a", opened), () -> sleep(FOREVER, "b")));
            opened.await();
            gathering.cancel();
            assertThatThrownBy(gathering::await).isInstanceOf(CancellationException.class);
            assertThat(closed).isSubsetOf("a").hasSizeLessThanOrEqualTo(1);
        });
    }

    @OnEveryRuntime
    void j31_raceClosesTheLosersValuesAndNotTheWinners(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var all =
                    IntStream.range(0, 50).mapToObj(i -> opening("value " + i)).toList();
            var winner = race(all);
            assertThat(closed).doesNotContain(winner).doesNotHaveDuplicates();
        });
    }

    @OnEveryRuntime
    void j31_raceOfTwoThatBothSucceedClosesOne(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var second = new Event();
            var winner = race(
                    closing(
                            () -> {
                                try {
                                    return sleep(FOREVER, "never");
                                } catch (InterruptedException e) {
                                    return "late";
                                }
                            },
                            closed::add),
                    opening("early", second));
            assertThat(winner).isEqualTo("early");
            // on the event loop the loser begins first and is cancelled in its sleep; elsewhere it may never begin
            assertThat(closed).isSubsetOf("late");
        });
    }

    @OnEveryRuntime
    void j31_sameObjectFromTwoBodiesIsClosedForTheOneThatLost(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var permits = new CopyOnWriteArrayList<Boolean>();
            var permit = closing(
                    () -> {
                        permits.add(true);
                        return true;
                    },
                    value -> permits.remove(value));
            assertThat(race(permit, permit, permit)).isTrue();
            assertThat(permits).hasSize(1);
        });
    }

    @OnEveryRuntime
    void j31_settleClosesNothingThatItReturns(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var outcomes = settle(opening("a"), () -> {
                throw failure;
            });
            assertThat(outcomes.getFirst()).isEqualTo(new Outcome.Success<>("a"));
            assertThat(closed).isEmpty();
        });
    }

    /** The task ends cancelled, for it has asked itself to stop; its value is in no outcome. */
    @OnEveryRuntime
    void j31_valueOfATaskThatEndsCancelledIsClosed(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var outcomes = settle(closing(
                    () -> {
                        Tasks.self().cancel();
                        return "lost";
                    },
                    closed::add));
            assertThat(outcomes.getFirst()).isInstanceOf(Outcome.Cancelled.class);
            assertThat(closed).containsExactly("lost");
        });
    }

    @OnEveryRuntime
    void j31_nullIsNotClosed(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            assertThatThrownBy(() -> gather(opening(null), () -> {
                        throw failure;
                    }))
                    .isSameAs(failure);
            assertThat(closed).isEmpty();
        });
    }

    @OnEveryRuntime
    void j31_closerThatThrowsIsSuppressedAndTheOthersAreClosed(TestRuntime runtime) throws Exception {
        var broken = new IllegalStateException("closer");
        runtime.run(() -> {
            var first = new Event();
            var second = new Event();
            ClosingBody<String, RuntimeException> breaks = closing(
                    () -> {
                        first.set();
                        return "a";
                    },
                    value -> {
                        throw broken;
                    });
            assertThatThrownBy(() -> gather(breaks, opening("b", second), () -> {
                        first.await();
                        second.await();
                        throw failure;
                    }))
                    .isSameAs(failure)
                    .hasSuppressedException(broken);
            assertThat(closed).containsExactly("b");
        });
    }

    @OnEveryRuntime
    void j31_closerThatThrowsAfterASuccessIsReported(TestRuntime runtime) throws Exception {
        var broken = new IllegalStateException("closer");
        var problems = new CopyOnWriteArrayList<Problem>();
        runtime.run(problems, () -> {
            ClosingBody<String, RuntimeException> body = closing(
                    () -> {
                        Tasks.self().cancel();
                        return "lost";
                    },
                    value -> {
                        throw broken;
                    });
            assertThat(settle(body, () -> "kept").getLast()).isEqualTo(new Outcome.Success<>("kept"));
        });
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Problem.Kind.CALLBACK_FAILURE);
            assertThat(problem.exception()).isSameAs(broken);
        });
    }

    /** Closers run where the call was made; a request that comes meanwhile is not lost. */
    @OnEveryRuntime
    void j31_requestThatACloserNoticesIsDeliveredAfterwards(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var closers = new ArrayList<Task<?>>();
            var task = createTask(() -> {
                var first = new Event();
                var second = new Event();
                Closer<String> slow = value -> {
                    closers.add(Tasks.self());
                    if (closers.size() == 1) {
                        Tasks.self().cancel("meanwhile");
                        sleep(FOREVER);
                    } else {
                        sleep(ofMillis(1));
                    }
                };
                var thrown = catchThrowable(() -> gather(
                        closing(
                                () -> {
                                    first.set();
                                    return "a";
                                },
                                slow),
                        closing(
                                () -> {
                                    second.set();
                                    return "b";
                                },
                                slow),
                        () -> {
                            first.await();
                            second.await();
                            throw failure;
                        }));
                assertThat(thrown).isSameAs(failure);
                sleep(FOREVER);
            });
            assertThatThrownBy(task::await).isInstanceOf(CancellationException.class);
            assertThat(closers).hasSize(2).allMatch(closer -> closer == task);
        });
    }

    /** What was asked before the first closer begins does not disturb it, and is told afterwards, once. */
    @OnEveryRuntime
    void j31_requestThatIsPendingWhenValuesAreClosed_isDeliveredOnce(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var task = createTask(() -> {
                var self = Tasks.self();
                var opened = new Event();
                Closer<String> slow = value -> {
                    sleep(ofMillis(1));
                    closed.add(value);
                };
                var thrown = catchThrowable(() -> cancellable(scope -> gather(
                        closing(
                                () -> {
                                    opened.set();
                                    return "a";
                                },
                                slow),
                        () -> {
                            opened.await();
                            scope.cancel();
                            try {
                                return sleep(FOREVER, "b");
                            } finally {
                                self.cancel("while it is joined");
                            }
                        })));
                assertThat(thrown).isInstanceOf(CancelledException.class);
                assertThat(closed).containsExactly("a");
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
                return sleep(ofMillis(1), "cleaned up");
            });
            assertThat(task.await()).isEqualTo("cleaned up");
        });
    }

    /** A request that one closer does not notice disturbs the next one no more than one that it does. */
    @OnEveryRuntime
    void j31_requestThatNoCloserNotices_isDeliveredAfterwardsAsARequest(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var task = createTask(() -> {
                var first = new Event();
                var second = new Event();
                Closer<String> closer = value -> {
                    if (closed.isEmpty()) {
                        Tasks.self().cancel("meanwhile");
                    } else {
                        sleep(ofMillis(1));
                    }
                    closed.add(value);
                };
                var thrown = catchThrowable(() -> gather(
                        closing(
                                () -> {
                                    first.set();
                                    return "a";
                                },
                                closer),
                        closing(
                                () -> {
                                    second.set();
                                    return "b";
                                },
                                closer),
                        () -> {
                            first.await();
                            second.await();
                            throw failure;
                        }));
                assertThat(thrown).isSameAs(failure);
                assertThat(Suppressed.in(failure)).isEmpty();
                return catchThrowable(() -> sleep(FOREVER));
            });
            assertThat(task.await()).isInstanceOf(CancelledException.class).hasMessageContaining("meanwhile");
            assertThat(closed).containsExactly("a", "b");
        });
    }

    /**
     * Two interrupts, of which the call that was interrupted has noticed one: what is thrown tells of both requests.
     */
    @OnEveryRuntime
    void j31_requestThatTheThrownExceptionTellsOf_isNotDeliveredAgain(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var task = createTask(() -> {
                var thrown = catchThrowable(() -> timeout(
                        FOREVER,
                        closing(
                                () -> {
                                    Tasks.self().cancel("one");
                                    Tasks.self().cancel("two");
                                    throw new InterruptedException();
                                },
                                value -> closed.add("" + value))));
                assertThat(thrown).isInstanceOf(InterruptedException.class);
                return sleep(ofMillis(1), "told once");
            });
            assertThat(task.await()).isEqualTo("told once");
        });
    }

    @OnEveryRuntime
    void j31_mapConcurrentThatFailsClosesItsResults(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            assertThatThrownBy(() -> mapConcurrent(
                            List.of(1, 2, 3, 4),
                            1,
                            closing(
                                    (Integer item) -> {
                                        if (item == 4) {
                                            throw failure;
                                        }
                                        return "value " + item;
                                    },
                                    closed::add)))
                    .isSameAs(failure);
            assertThat(closed).containsExactly("value 1", "value 2", "value 3");
            assertThat(mapConcurrent(List.of(1), 1, closing((Integer item) -> "kept", closed::add)))
                    .containsExactly("kept");
            assertThat(closed).hasSize(3);
        });
    }

    @OnEveryRuntime
    void j31_hedgeClosesTheValueOfATryThatLost(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            ClosingBody<String, RuntimeException> slow = closing(
                    () -> {
                        try {
                            return sleep(FOREVER, "never");
                        } catch (InterruptedException e) {
                            return "slow";
                        }
                    },
                    closed::add);
            assertThat(hedge(ofMillis(1), slow, opening("fast"))).isEqualTo("fast");
            assertThat(closed).containsExactly("slow");
            assertThat(hedge(ofHours(1), opening("first"), opening("second"))).isEqualTo("first");
            assertThat(closed).containsExactly("slow");
        });
    }

    @OnEveryRuntime
    @NotSimulated("the abandoned call runs on a thread of its own, in real time")
    void j31_abandonedCallClosesTheValueThatComesLate(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var begun = new CountDownLatch(1);
            var release = new CountDownLatch(1);
            var interrupted = new CopyOnWriteArrayList<Boolean>();
            var call = createTask(() -> abandonOnCancel(closing(
                    () -> {
                        begun.countDown();
                        while (release.getCount() > 0) {
                            Thread.onSpinWait();
                        }
                        return "late";
                    },
                    value -> {
                        interrupted.add(Thread.currentThread().isInterrupted());
                        closed.add(value);
                    })));
            awaitTrue(() -> begun.getCount() == 0);
            call.cancel();
            assertThatThrownBy(call::await).isInstanceOf(CancellationException.class);
            assertThat(closed).isEmpty();
            release.countDown();
            awaitTrue(() -> !closed.isEmpty());
            assertThat(closed).containsExactly("late");
            assertThat(interrupted).containsExactly(false);
            assertThat(abandonOnCancel(opening("kept"))).isEqualTo("kept");
            assertThat(closed).hasSize(1);
        });
    }

    @OnEveryRuntime
    void j31_shieldThatIsLeftClosesTheValueThatComesLate(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var release = new Event();
            assertThatThrownBy(() -> timeout(
                            ofMillis(1),
                            () -> shield(closing(
                                    () -> {
                                        release.await();
                                        return "late";
                                    },
                                    closed::add))))
                    .isInstanceOf(TimeoutException.class);
            assertThat(closed).isEmpty();
            release.set();
            awaitTrue(() -> !closed.isEmpty());
            assertThat(shield(opening("kept"))).isEqualTo("kept");
            assertThat(closed).containsExactly("late");
        });
    }

    @OnEveryRuntime
    void j31_whereNoResultIsWantedTheValueIsClosedAtOnce(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            gather(opening("a"), () -> closed.size());
            VoidBody<RuntimeException> none = opening("b");
            gather(none, () -> {});
            assertThat(closed).containsExactly("b");
        });
    }

    @OnEveryRuntime
    void j31_valuesThatCloseThemselves(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            AutoCloseable resource = () -> closed.add("resource");
            var opened = new Event();
            assertThatThrownBy(() -> gather(
                            closing(() -> {
                                opened.set();
                                return resource;
                            }),
                            () -> {
                                opened.await();
                                throw failure;
                            }))
                    .isSameAs(failure);
            assertThat(closed).containsExactly("resource");
        });
    }
}

package dev.weft;

import static dev.weft.Weft.createTask;
import static dev.weft.Weft.currentRun;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Background tasks that are created, and end, at the very moment at which main ends and counts who goes on. */
class RunEndStressTest {

    private static final int ROUNDS = 3_000;
    private static final int CREATORS = 3;

    private static void linger(int round, int place) {
        for (var i = (round * 7 + place * 13) % 60; i > 0; i--) {
            Thread.onSpinWait();
        }
    }

    @OnEveryRuntime
    void r5_allThatWasLetInHasEndedWhenRunReturns(TestRuntime runtime) throws Exception {
        for (var round = 0; round < ROUNDS; round++) {
            var number = round;
            var letIn = new AtomicInteger();
            var refused = new AtomicInteger();
            var begun = new AtomicInteger();
            var ended = ConcurrentHashMap.<Task<?>>newKeySet();
            var created = ConcurrentHashMap.<Task<?>>newKeySet();
            runtime.run(() -> {
                var run = currentRun();
                for (var i = 0; i < CREATORS; i++) {
                    var place = i;
                    created.add(createTask(() -> {
                        begun.incrementAndGet();
                        linger(number, place);
                        try {
                            for (var more = 0; more < 4; more++) {
                                created.add(run.createTask(() -> linger(number, place)));
                                letIn.incrementAndGet();
                            }
                        } catch (IllegalStateException e) {
                            refused.incrementAndGet();
                        }
                    }));
                }
                while (begun.get() < CREATORS && number % 3 != 0) {
                    Weft.sleep(Duration.ZERO);
                }
                linger(number, CREATORS);
            });
            created.stream().filter(Task::isDone).forEach(ended::add);
            assertThat(ended).as("round %d", round).isEqualTo(created).hasSize(CREATORS + letIn.get());
            assertThat(refused.get()).isLessThanOrEqualTo(begun.get());
        }
    }

    @OnEveryRuntime
    void r6_eachFailureIsToldOnceThoughMainEndsMeanwhile(TestRuntime runtime) throws Exception {
        for (var round = 0; round < ROUNDS; round++) {
            var number = round;
            var problems = new CopyOnWriteArrayList<Problem>();
            Set<Throwable> thrown = ConcurrentHashMap.newKeySet();
            runtime.run(problems, () -> {
                for (var i = 0; i < CREATORS; i++) {
                    var place = i;
                    createTask(() -> {
                        linger(number, place);
                        var failure = new IOException("in round " + number);
                        thrown.add(failure);
                        throw failure;
                    });
                }
                linger(number, CREATORS);
            });
            assertThat(problems)
                    .as("round %d", round)
                    .extracting(Problem::exception)
                    .containsExactlyInAnyOrderElementsOf(thrown);
        }
    }
}

package dev.weft;

import static dev.weft.Tasks.linger;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.currentRun;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;

/** Background tasks that are created, and end, at the very moment at which main ends and counts who goes on. */
@Tag("races")
class RunEndStressTest {

    private static final int ROUNDS = 3_000;
    private static final int CREATORS = 3;
    private static final int PAUSES = 60;

    @OnEveryRuntime
    void r5_allThatWasLetInHasEndedWhenRunReturns(TestRuntime runtime) throws Exception {
        for (var round = 0; round < ROUNDS; round++) {
            var number = round;
            var letIn = new AtomicInteger();
            var begun = new AtomicInteger();
            var created = ConcurrentHashMap.<Task<?>>newKeySet();
            runtime.run(() -> {
                var run = currentRun();
                for (var i = 0; i < CREATORS; i++) {
                    var place = i;
                    created.add(createTask(() -> {
                        begun.incrementAndGet();
                        linger(number, place, PAUSES);
                        try {
                            for (var more = 0; more < 4; more++) {
                                created.add(run.createTask(() -> linger(number, place, PAUSES)));
                                letIn.incrementAndGet();
                            }
                        } catch (IllegalStateException e) {
                            assertThat(e).hasMessageContaining("the run is ending"); // refused, and told so
                        }
                    }));
                }
                while (begun.get() < CREATORS && number % 3 != 0) {
                    Weft.sleep(Duration.ZERO);
                }
                linger(number, CREATORS, PAUSES);
            });
            assertThat(created)
                    .as("round %d", round)
                    .hasSize(CREATORS + letIn.get())
                    .allMatch(Task::isDone);
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
                        linger(number, place, PAUSES);
                        var failure = new IOException("in round " + number);
                        thrown.add(failure);
                        throw failure;
                    });
                }
                linger(number, CREATORS, PAUSES);
            });
            assertThat(problems)
                    .as("round %d", round)
                    .extracting(Problem::exception)
                    .containsExactlyInAnyOrderElementsOf(thrown);
        }
    }
}

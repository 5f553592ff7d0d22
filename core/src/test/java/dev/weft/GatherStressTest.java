package dev.weft;

import static dev.weft.Tasks.linger;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.race;
import static dev.weft.Weft.settle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Children that end at the very moment at which the caller has begun the last one, and counts who goes on. */
@Tag("races")
class GatherStressTest {

    private static final int ROUNDS = 4_000;
    private static final int SIZE = 6;
    private static final int MANY = 2_500;
    private static final int PAUSES = 400;

    @OnEveryRuntime
    void g1_allHaveEndedAndAllResultsAreThereHoweverShortTheBodies(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var round = 0; round < ROUNDS; round++) {
                var number = round;
                var ended = new AtomicInteger();
                var bodies = new ArrayList<Body<Integer, RuntimeException>>();
                for (var i = 0; i < SIZE; i++) {
                    var place = i;
                    bodies.add(() -> {
                        linger(number, place, PAUSES);
                        ended.incrementAndGet();
                        return place;
                    });
                }
                assertThat(gather(bodies)).containsExactly(0, 1, 2, 3, 4, 5);
                assertThat(ended).hasValue(SIZE);
            }
        });
    }

    /**
     * The last child lets the others end, when the caller is about to count who goes on. Only tasks on many cores can.
     */
    @Test
    void g1_allHaveEndedThoughTheyEndWhileTheCallerCounts() throws Exception {
        TestRuntime.PARALLEL.run(() -> {
            for (var round = 0; round < ROUNDS; round++) {
                var number = round;
                var ended = new AtomicInteger();
                var free = new AtomicBoolean();
                var bodies = new ArrayList<Body<Integer, InterruptedException>>();
                for (var i = 0; i < SIZE; i++) {
                    var place = i;
                    bodies.add(() -> {
                        while (!free.get()) {
                            Weft.sleep(Duration.ZERO);
                        }
                        linger(number, place, PAUSES);
                        return ended.incrementAndGet();
                    });
                }
                bodies.add(() -> {
                    free.set(true);
                    return 0;
                });
                gather(bodies);
                assertThat(ended).hasValue(SIZE);
            }
        });
    }

    /** The caller takes results while children end; some go on until the last of all has begun. */
    @OnEveryRuntime
    void g1_allResultsAreThereThoughTheyAreTakenWhileChildrenEnd(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var round = 0; round < ROUNDS / 80; round++) {
                var number = round;
                var lastHasBegun = new Gate();
                var bodies = new ArrayList<Body<Integer, InterruptedException>>();
                for (var i = 0; i < MANY; i++) {
                    var place = i;
                    bodies.add(() -> {
                        if (place == MANY - 1) {
                            lastHasBegun.open();
                        } else if ((place + number) % 50 == 0) {
                            lastHasBegun.await();
                        }
                        linger(number, place, PAUSES);
                        return place;
                    });
                }
                var results = gather(bodies);
                for (var i = 0; i < MANY; i++) {
                    assertThat(results.get(i)).isEqualTo(i);
                }
            }
        });
    }

    @OnEveryRuntime
    void g2_failureAtTheVeryEndIsThrownAndTheOthersAreStopped(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var round = 0; round < ROUNDS; round++) {
                var number = round;
                var open = new AtomicInteger();
                var failure = new IOException("in round " + round);
                Body<Integer, Exception> fails = () -> {
                    linger(number, SIZE, PAUSES);
                    throw failure;
                };
                Body<Integer, Exception> waits = () -> {
                    open.incrementAndGet();
                    try {
                        Weft.sleep(Weft.FOREVER);
                        return 0;
                    } finally {
                        open.decrementAndGet();
                    }
                };
                assertThatThrownBy(() -> gather(waits, waits, fails)).isSameAs(failure);
                assertThat(open).hasValue(0);
            }
        });
    }

    @OnEveryRuntime
    void j10_successWinsThatComesWhileTheCallerLooksWhoHasEnded(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var losers = new ArrayList<Task<Integer>>();
            for (var i = 0; i < 64; i++) {
                losers.add(createTask(() -> {
                    throw new IOException("always");
                }));
            }
            Tasks.join(losers.toArray(Task<?>[]::new));
            for (var round = 0; round < ROUNDS; round++) {
                var number = round;
                // each loser that is looked at lets the only possible winner come a little further
                var bodies = new ArrayList<Body<Integer, RuntimeException>>();
                bodies.add(() -> number);
                losers.stream().limit(round % losers.size()).forEach(bodies::add);
                assertThat(race(bodies)).isEqualTo(number);
            }
            losers.forEach(Task::exception);
        });
    }

    @OnEveryRuntime
    void g3_eachOutcomeIsThereHoweverShortTheBodies(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var round = 0; round < ROUNDS; round++) {
                var number = round;
                var failure = new IOException("in round " + round);
                var outcomes = settle(List.<Body<Integer, Exception>>of(
                        () -> {
                            linger(number, 1, PAUSES);
                            return number;
                        },
                        () -> {
                            linger(number, 2, PAUSES);
                            throw failure;
                        }));
                assertThat(outcomes.get(0)).isEqualTo(new Outcome.Success<>(number));
                assertThat(outcomes.get(1)).isEqualTo(new Outcome.Failure<>(failure));
            }
        });
    }
}

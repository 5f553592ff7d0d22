package dev.weft;

import static dev.weft.TimeoutRace.Act.CANCEL;
import static dev.weft.TimeoutRace.Act.EXPIRE_INNER;
import static dev.weft.TimeoutRace.Act.EXPIRE_OUTER;
import static dev.weft.TimeoutRace.Act.INTERRUPT;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.TimeoutRace.Act;
import dev.weft.TimeoutRace.Mix;
import dev.weft.TimeoutRace.Work;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The end of a block races its own limit, and interrupts and requests from elsewhere: hundreds of thousands of times,
 * and not one is left behind or lost. Stops early on a machine that is too slow for that; the canaries show that what
 * is left still finds a broken hand-over. {@code -Dweft.stress=N} takes N times as long.
 */
@Tag("races")
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TimeoutRaceStressTest {

    /** Of a single test, for the sake of slow machines. */
    private static final Duration LIMIT = ofMillis(300).multipliedBy(Integer.getInteger("weft.stress", 1));

    private static final List<Set<Act>> EXPIRE =
            List.of(Set.of(EXPIRE_INNER), Set.of(EXPIRE_OUTER), Set.of(EXPIRE_INNER, EXPIRE_OUTER));
    private static final List<Set<Act>> CANCELS = List.of(
            Set.of(CANCEL),
            Set.of(CANCEL, EXPIRE_INNER),
            Set.of(CANCEL, EXPIRE_OUTER),
            Set.of(CANCEL, EXPIRE_INNER, EXPIRE_OUTER));
    private static final List<Set<Act>> INTERRUPTS = List.of(Set.of(INTERRUPT));
    private static final List<Set<Act>> INTERRUPTS_OF_A_WAIT =
            List.of(Set.of(INTERRUPT, EXPIRE_INNER), Set.of(INTERRUPT, EXPIRE_OUTER));

    private static final List<Work> QUICK = List.of(Work.COMPUTE, Work.WAIT_SHORTLY);
    private static final List<Work> SLOW = List.of(
            Work.WAIT_FOR_RELEASE,
            Work.WAIT,
            Work.GATHER,
            Work.FAILING_GROUP,
            Work.JDK_SLEEP,
            Work.JDK_QUEUE,
            Work.JDK_QUEUE_RELEASED,
            Work.JDK_PARK);
    private static final List<Work> WITHOUT_REQUESTS =
            SLOW.stream().filter(work -> work != Work.FAILING_GROUP).toList();
    private static final List<Work> ALL = List.of(Work.values());

    @ParameterizedTest
    @EnumSource(AnyThread.class)
    void j5_limitRacesQuickBodies_noInterruptIsLeft(AnyThread kind, TestReporter reporter) throws Exception {
        race(reporter, kind, 400_000, LIMIT.multipliedBy(3), List.of(new Mix(QUICK, EXPIRE, true)));
    }

    @ParameterizedTest
    @EnumSource(AnyThread.class)
    void j5_limitRacesBodiesThatBlock_noInterruptIsLeft(AnyThread kind, TestReporter reporter) throws Exception {
        race(reporter, kind, 60_000, LIMIT, List.of(new Mix(SLOW, EXPIRE, true)));
    }

    @ParameterizedTest
    @EnumSource(
            value = AnyThread.class,
            names = {"TASK_ON_PARALLEL_RUNTIME", "TASK_ON_EVENT_LOOP"})
    void j5_cancelRacesLimit_eachIsSeenOnce(AnyThread kind, TestReporter reporter) throws Exception {
        race(reporter, kind, 100_000, LIMIT, List.of(new Mix(QUICK, CANCELS, true), new Mix(ALL, CANCELS, true)));
    }

    @ParameterizedTest
    @EnumSource(AnyThread.class)
    void j5_interruptRacesEndOfBlock_isSeenOnce(AnyThread kind, TestReporter reporter) throws Exception {
        race(
                reporter,
                kind,
                100_000,
                LIMIT,
                List.of(new Mix(QUICK, INTERRUPTS, true), new Mix(WITHOUT_REQUESTS, INTERRUPTS, true)));
    }

    @ParameterizedTest
    @EnumSource(AnyThread.class)
    void j5_interruptOfAWaitRacesLimit_isSeenOnce(AnyThread kind, TestReporter reporter) throws Exception {
        race(reporter, kind, 50_000, LIMIT, List.of(new Mix(List.of(Work.WAIT), INTERRUPTS_OF_A_WAIT, true)));
    }

    @ParameterizedTest
    @EnumSource(AnyThread.class)
    void j5_timerRacesEndOfBlock_noInterruptIsLeft(AnyThread kind) throws Exception {
        kind.run(() -> {
            var seed = System.nanoTime();
            var random = new Random(seed);
            var end = Deadline.after(LIMIT.dividedBy(2));
            for (var round = 0; round < 25_000 && !end.hasPassed(); round++) {
                var limit = Duration.ofNanos(random.nextInt(30_000));
                var wait = random.nextInt(8) == 0;
                var spins = random.nextInt(500);
                var returned = false;
                try {
                    timeout(limit, () -> {
                        TimeoutRace.burn(spins);
                        if (wait) {
                            sleep(ofSeconds(60));
                        }
                    });
                    returned = true;
                } catch (TimeoutException e) {
                    // the other way it can end
                }
                assertThat(returned && wait)
                        .as("seed %s, round %s", seed, round)
                        .isFalse();
                assertThat(Thread.interrupted())
                        .as("seed %s, round %s", seed, round)
                        .isFalse();
                sleep(Duration.ZERO);
            }
        });
    }

    // ---- what is broken is found

    @Test
    void j5_canary_limitWithoutHandOver_isFoundToLeak() {
        assertThatThrownBy(() -> race(
                        AnyThread.VIRTUAL_THREAD,
                        BrokenLimits.WITHOUT_HAND_OVER,
                        List.of(new Mix(QUICK, EXPIRE, false))))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("0 requests and 1 interrupts were seen");
    }

    @Test
    void j5_canary_limitThatClearsInterrupts_isFoundToLoseThem() {
        assertThatThrownBy(() -> race(
                        AnyThread.VIRTUAL_THREAD, BrokenLimits.SWALLOWING, List.of(new Mix(QUICK, INTERRUPTS, false))))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("0 requests and 0 interrupts were seen");
    }

    private static void race(AnyThread kind, Limiter broken, List<Mix> mixes) throws Exception {
        var race = new TimeoutRace(broken, System.nanoTime());
        kind.run(() -> race.run(Integer.MAX_VALUE, Deadline.after(ofSeconds(120)), mixes));
    }

    private static void race(TestReporter reporter, AnyThread kind, int rounds, Duration limit, List<Mix> mixes)
            throws Exception {
        var race = new TimeoutRace(Limiter.WEFT, System.nanoTime());
        kind.run(() -> race.run(rounds, Deadline.after(limit), mixes));
        reporter.publishEntry("rounds", Integer.toString(race.raced()));
        assertThat(race.raced()).isPositive();
    }
}

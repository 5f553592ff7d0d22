package dev.weft.test;

import static dev.weft.Weft.blocking;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.sync.Attempts.retry;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.VoidBody;
import dev.weft.sync.RetryPolicy;
import dev.weft.test.junit.LeakCheck;
import dev.weft.test.junit.Seed;
import dev.weft.test.junit.SimulationTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The programs of docs/testing.md. */
class TestingGuideTest {

    @SimulationTest
    void slowServer_isGivenUpAfterAMinute() throws Exception {
        assertThatThrownBy(() -> timeout(ofMinutes(1), () -> sleep(ofHours(1)))).isInstanceOf(TimeoutException.class);
    }

    // ----

    static class Account {
        int balance = 100;

        void withdraw(int amount) throws InterruptedException {
            if (balance >= amount) {
                sleep(ofMillis(5)); // asks another service
                balance -= amount;
            }
        }
    }

    @Test
    void withdrawals_keepTheBalancePositive() throws Exception {
        assertThatThrownBy(() -> Simulation.create().explore(1000, () -> {
                    var account = new Account();
                    gather(() -> account.withdraw(80), () -> account.withdraw(80));
                    assertThat(account.balance).isNotNegative();
                }))
                .isInstanceOf(ScheduleFailedError.class)
                .hasMessageContaining("@Seed(\"fifo\")");
    }

    // ----

    @SimulationTest(seeds = 1000)
    @Seed("random:17")
    void oneAfterTheOther_keepsTheBalancePositive() throws Exception {
        var account = new Account();
        gather(() -> account.withdraw(80));
        gather(() -> account.withdraw(80));
        assertThat(account.balance).isEqualTo(20);
    }

    // ----

    record Token(InstantSource clock, java.time.Instant expires) {
        boolean isValid() {
            return clock.instant().isBefore(expires);
        }
    }

    @SimulationTest
    void token_expiresAfterAnHour(World world) throws Exception {
        var clock = world.clock();
        var token = new Token(clock, clock.instant().plus(ofHours(1)));
        world.advanceBy(ofMinutes(59));
        assertThat(token.isValid()).isTrue();
        world.advanceBy(ofMinutes(1));
        assertThat(token.isValid()).isFalse();
    }

    // ----

    @SimulationTest(seeds = 1000)
    void order_isShippedOnce_whateverTheNetworkDoes(World world) throws Exception {
        var shipped = new HashSet<String>();
        VoidBody<IOException> ship = () -> {
            sleep(ofMillis(10L * world.draw(3))); // at once, late, later
            shipped.add("order 1");
            if (world.draw(2) == 1) {
                throw new IOException("the answer is lost");
            }
        };
        try {
            retry(RetryPolicy.attempts(3).delay(ofSeconds(1)), ship);
        } catch (IOException e) {
            // all three answers were lost
        }
        assertThat(shipped).hasSize(1);
    }

    // ----

    @SimulationTest
    void cache_isRefreshedEachMinute(World world) throws Exception {
        var refreshed = new ArrayList<Duration>();
        world.createBackgroundTask(() -> {
            while (true) {
                sleep(ofMinutes(1));
                refreshed.add(world.currentTime());
            }
        });
        sleep(ofMinutes(2).plusSeconds(30));
        assertThat(refreshed).containsExactly(ofMinutes(1), ofMinutes(2));
    }

    // ----

    @SimulationTest(sweep = true)
    void download_closesItsFile_wheneverItIsCancelled(World world) throws Exception {
        try (var file = world.open("file")) {
            for (var part = 0; part < 3; part++) {
                sleep(ofMillis(20));
            }
            assertThat(file.isClosed()).isFalse();
        }
    }

    // ----

    @SimulationTest
    void second_comesAfterFirst() throws Exception {
        var log = new ArrayList<String>();
        var sequencer = new Sequencer();
        gather(
                () -> sequencer.at(1, () -> {
                    log.add("second");
                }),
                () -> sequencer.at(0, () -> {
                    sleep(ofSeconds(1));
                    log.add("first");
                }));
        assertThat(log).containsExactly("first", "second");
    }

    // ----

    @Test
    @LeakCheck
    void plainTest_onAllCores() throws Exception {
        gather(() -> sleep(ofMillis(1)), () -> sleep(ofMillis(2)));
    }

    // ----

    @SimulationTest(seeds = 1)
    void realCalls_holdTheClock(World world) throws Exception {
        var ticker = createTask(() -> sleep(ofHours(1)));
        blocking(() -> Files.readAllLines(Path.of("pom.xml"))); // real I/O: the clock waits for it
        assertThat(world.currentTime()).isZero();
        ticker.await();
    }

    /** Every block of Java on the page stands above, letter by letter but for the indentation. */
    @Test
    void page_showsWhatRuns() throws IOException {
        var sources = squeezed(Files.readString(Path.of("src/test/java/dev/weft/test/TestingGuideTest.java")));
        var blocks = new ArrayList<String>();
        var matcher = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../docs/testing.md")));
        while (matcher.find()) {
            blocks.addAll(List.of(matcher.group(1).split("\n\n")));
        }
        assertThat(blocks)
                .hasSizeGreaterThan(8)
                .allSatisfy(block -> assertThat(sources).contains(squeezed(block)));
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}

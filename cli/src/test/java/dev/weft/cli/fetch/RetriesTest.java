package dev.weft.cli.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.http.RetryAfter;
import dev.weft.cli.model.Attempt;
import dev.weft.cli.model.ErrorKind;
import dev.weft.cli.model.Outcome;
import dev.weft.cli.model.Phase;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which outcomes are tried again, and when; and what a server says of that. */
class RetriesTest {

    private static final Retries RETRIES = new Retries(3, Duration.ofSeconds(1), Duration.ofSeconds(10));

    /** In the middle: pauses are not varied. */
    private final RandomGenerator middle = new Random() {
        private static final long serialVersionUID = 1L;

        @Override
        public double nextDouble(double from, double to) {
            return (from + to) / 2;
        }
    };

    private Retries.Decision after(int tries, Outcome outcome, @Nullable Duration asked, String method) {
        return RETRIES.after(tries, new Attempt(outcome, asked), method, middle);
    }

    @Test
    void pauses_double_upToTheLongest_andEnd() {
        var broken = new Outcome.Broken(ErrorKind.IO, "x");
        assertThat(after(1, broken, null, "GET")).isEqualTo(new Retries.Again(Duration.ofSeconds(1)));
        assertThat(after(2, broken, null, "GET")).isEqualTo(new Retries.Again(Duration.ofSeconds(2)));
        assertThat(after(3, broken, null, "GET")).isEqualTo(new Retries.Again(Duration.ofSeconds(4)));
        assertThat(after(4, broken, null, "GET")).isEqualTo(new Retries.GiveUp(null));
        var many = new Retries(100, Duration.ofSeconds(1), Duration.ofSeconds(10));
        assertThat(many.after(99, Attempt.of(broken), "GET", middle))
                .isEqualTo(new Retries.Again(Duration.ofSeconds(10)));
    }

    @Test
    void pauses_varyByAFifth() {
        var random = new Random(1);
        for (var i = 0; i < 1000; i++) {
            var decision = RETRIES.after(1, Attempt.of(new Outcome.Failed(503)), "GET", random);
            assertThat(((Retries.Again) decision).after()).isBetween(Duration.ofMillis(800), Duration.ofMillis(1200));
        }
    }

    @Test
    void retryAfter_isNeverComeBefore_andTooLongAOneIsTheEnd() {
        var busy = new Outcome.Failed(429);
        assertThat(after(1, busy, Duration.ofSeconds(7), "GET")).isEqualTo(new Retries.Again(Duration.ofSeconds(7)));
        assertThat(after(3, busy, Duration.ofSeconds(2), "GET")).isEqualTo(new Retries.Again(Duration.ofSeconds(4)));
        assertThat(after(1, busy, Duration.ofSeconds(11), "GET"))
                .isEqualTo(new Retries.GiveUp("asks to come back in 11s, later than --retry-max-wait 10s"));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
    void passingStatus_isTriedAgain(int status) {
        assertThat(after(1, new Outcome.Failed(status), null, "GET")).isInstanceOf(Retries.Again.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 403, 404, 410, 501})
    void otherStatus_isFinal(int status) {
        assertThat(after(1, new Outcome.Failed(status), null, "GET")).isEqualTo(new Retries.GiveUp(null));
    }

    @Test
    void lostMember_mayHaveDoneIt_soThatNoPostIsRepeated() {
        assertThat(after(1, new Outcome.Broken(ErrorKind.LOST, "x"), null, "POST"))
                .isEqualTo(new Retries.GiveUp(null));
    }

    @ParameterizedTest
    @CsvSource({
        "DNS, true",
        "CONNECT, true",
        "IO, true",
        "LOST, true",
        "TLS, false",
        "REDIRECT, false",
        "SIZE, false",
        "FILE, false",
        "URL, false",
        "INTERNAL, false"
    })
    void error_isTriedAgain_ifItMayPass(ErrorKind kind, boolean again) {
        assertThat(after(1, new Outcome.Broken(kind, "x"), null, "GET") instanceof Retries.Again)
                .isEqualTo(again);
    }

    @Test
    void whatMayHaveHadItsEffect_isNotRepeated() {
        assertThat(after(1, new Outcome.Broken(ErrorKind.IO, "x"), null, "POST"))
                .isEqualTo(new Retries.GiveUp(null));
        assertThat(after(1, new Outcome.Failed(500), null, "POST")).isEqualTo(new Retries.GiveUp(null));
        assertThat(after(1, new Outcome.TimedOut(Phase.ANSWER, Duration.ofSeconds(1)), null, "POST"))
                .isEqualTo(new Retries.GiveUp(null));
        assertThat(after(1, new Outcome.Failed(503), null, "POST")).isInstanceOf(Retries.Again.class);
        assertThat(after(1, new Outcome.Broken(ErrorKind.CONNECT, "x"), null, "POST"))
                .isInstanceOf(Retries.Again.class);
        assertThat(after(1, new Outcome.TimedOut(Phase.LOOKUP, Duration.ofSeconds(1)), null, "POST"))
                .isInstanceOf(Retries.Again.class);
    }

    @Test
    void ok_isOk() {
        assertThat(after(1, new Outcome.Ok(200), null, "GET")).isEqualTo(new Retries.GiveUp(null));
    }

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static @Nullable Duration said(String... namesAndValues) {
        var headers = new java.util.HashMap<String, List<String>>();
        for (var i = 0; i < namesAndValues.length; i += 2) {
            headers.put(namesAndValues[i], List.of(namesAndValues[i + 1]));
        }
        return RetryAfter.of(HttpHeaders.of(Map.copyOf(headers), (_, _) -> true), NOW);
    }

    @Test
    void retryAfter_isSecondsOrADate() {
        assertThat(said("Retry-After", "120")).isEqualTo(Duration.ofMinutes(2));
        assertThat(said("Retry-After", "Sun, 01 Mar 2026 12:00:30 GMT")).isEqualTo(Duration.ofSeconds(30));
        assertThat(said("Retry-After", "Sun, 01 Mar 2026 11:00:00 GMT")).isEqualTo(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000000000", "99999999999999", "999999999999999999999999"})
    void retryAfter_ofManyDigits_isLongerThanARun(String value) {
        assertThat(said("Retry-After", value)).isGreaterThan(Duration.ofDays(10_000));
        assertThat(said("Retry-After", "000000000000120")).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void retryAfter_asADate_isByTheServersClock() {
        assertThat(said("Retry-After", "Sun, 01 Mar 2026 15:00:30 GMT", "Date", "Sun, 01 Mar 2026 15:00:00 GMT"))
                .isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-5", "1.5", "Sun, 99 Mar 2026 12:00:30 GMT"})
    void retryAfter_withoutAMeaning_isIgnored(String value) {
        assertThat(said("Retry-After", value)).isNull();
        assertThat(said()).isNull();
    }
}

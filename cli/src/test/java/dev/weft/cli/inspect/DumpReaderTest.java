package dev.weft.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weft.diagnostics.Entry;
import dev.weft.diagnostics.TaskDump;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DumpReaderTest {

    static final TaskDump DUMP = new TaskDump(
            Instant.parse("2026-01-02T03:04:05.678Z"),
            42,
            List.of(
                    new Entry(
                            1,
                            0,
                            Entry.Kind.RUN,
                            "run",
                            Entry.State.RUNNING,
                            null,
                            null,
                            List.of(),
                            List.of(),
                            null,
                            null,
                            null,
                            List.of()),
                    new Entry(
                            7,
                            1,
                            Entry.Kind.TASK,
                            "odd \" \\ \u0001 \ud83d\ude00 name",
                            Entry.State.WAITING,
                            Duration.ofNanos(1_234_567_890_123L),
                            "a lock",
                            List.of(1L, 7L),
                            List.of(7L),
                            new Entry.Limit(Duration.ofMillis(-5), "timeout of 5s"),
                            new Entry.Stop(2, "why", "main", Duration.ofSeconds(3)),
                            "A.java:3",
                            List.of("a.B.c(B.java:1)", "d"))),
            List.of(List.of(7L, 1L), List.of()));

    @Test
    void whatAProcessWrites_isReadWhole() throws Exception {
        assertThat(DumpReader.read(DUMP.toJson(), 42)).isEqualTo(DUMP);
    }

    @Test
    void fieldsOfALaterWeft_arePassedOver() throws Exception {
        var json = DUMP.toJson()
                .replaceFirst("\"pid\"", "\"new\":{\"a\":[1,{}]},\"pid\"")
                .replaceFirst("\"parent\"", "\"newer\":[[\"x\"]],\"parent\"")
                .replaceFirst("\"owner\"", "\"newest\":null,\"owner\"");
        assertThat(DumpReader.read(json, 42)).isEqualTo(DUMP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no",
                "[]",
                "null",
                "{\"entries\":[",
                "{\"entries\":{}}",
                "{\"entries\":[{\"id\":\"x\"}]}",
                "{\"entries\":[{\"kind\":\"CAT\"}]}",
                "{\"entries\":[{\"name\":3}]}",
                "{\"takenAt\":\"yesterday\"}",
                "{\"pid\":1e99}",
                "{} {}",
            })
    void anythingElse_isToldWithTheProcessAndTheRemedy(String json) {
        assertThatExceptionOfType(CannotInspectException.class)
                .isThrownBy(() -> DumpReader.read(json, 42))
                .withMessageContaining("process 42")
                .withMessageContaining("same version")
                .matches(e -> e.kind() == CannotInspectException.Kind.NOT_UNDERSTOOD);
    }
}

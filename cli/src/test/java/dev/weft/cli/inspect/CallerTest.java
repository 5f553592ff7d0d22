package dev.weft.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Calls into another process. */
class CallerTest {

    @Test
    void limitOfManyYears_isALimit() throws Exception {
        var caller = new Caller(1, Duration.ofHours(999_999_999));
        assertThat(caller.<String>call(() -> "answer")).isEqualTo("answer");
        var isLast = new AtomicBoolean();
        caller.last(() -> isLast.set(true));
        assertThat(isLast).isTrue();
    }
}

package dev.weft.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.console.Style;
import dev.weft.cli.inspect.Jvms.Jvm;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code weft ps} without a process. */
class JvmListTest {

    @Test
    void table_hasALineForEach_andTheReasonWhereItCannotBeLookedInto() {
        var lines = PsCommand.table(
                List.of(new Jvm(12, "app.jar", 1, 345, null), new Jvm(7, "a\u001b[1mb", -1, -1, "it is asleep")),
                Style.PLAIN);
        assertThat(lines)
                .extracting(String::strip)
                .satisfiesExactly(
                        heading -> assertThat(heading.split("\\s+")).containsExactly("PID", "RUNS", "TASKS", "PROGRAM"),
                        known -> assertThat(known.split("\\s+")).containsExactly("12", "1", "345", "app.jar"),
                        unknown -> assertThat(unknown)
                                .startsWith("7")
                                .contains("?")
                                .contains("a\\x1b[1mb  it is asleep"));
        assertThat(PsCommand.table(List.of(), Style.PLAIN)).isEmpty();
    }
}

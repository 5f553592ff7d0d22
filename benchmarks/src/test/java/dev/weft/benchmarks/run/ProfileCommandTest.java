package dev.weft.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProfileCommandTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int execute(String... args) {
        return ProfileCommand.execute(
                new Console(
                        "benchmarks/profile",
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8)),
                args);
    }

    private void checkRefused(String[] args, String... messages) {
        err.reset();
        assertThat(execute(args)).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("benchmarks/profile: ")
                .contains(messages);
    }

    private static String[] args(String... args) {
        return args;
    }

    @Test
    void wrongUsage_isRefusedWithTheRemedy() {
        checkRefused(args(), "WORKLOAD");
        checkRefused(args("gather"), "PEER");
        checkRefused(args("gathr", "weft"), "'gathr'", "start-await", "--help");
        checkRefused(args("start-await", "asyncoi"), "'asyncoi'", "kotlinDefault");
        checkRefused(args("start-await", "asyncio"), "'asyncio' does not do start-await on the JVM", "weft");
        checkRefused(args("gather", "weft"), "--size of 'gather' must be one of 10, 1000");
        checkRefused(args("gather", "--size", "11", "weft"), "one of 10, 1000", "not 11");
        checkRefused(args("start-await", "--size", "10", "weft"), "has no sizes");
        checkRefused(args("start-up", "weft"), "'start-up' is run once");
        checkRefused(args("memory", "weft"), "--size of 'memory' must be one of 100000");
    }

    @Test
    void figuresAreOfOneItem() {
        assertThat(ProfileCommand.perItem(Samples.at("gather", 10).primary().unit()))
                .isEqualTo("per task");
        assertThat(ProfileCommand.perItem(Samples.at("fan-out").primary().unit()))
                .isEqualTo("per request");
    }
}

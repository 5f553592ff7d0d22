package dev.weft.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.console.StandardIo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Standard output that takes nothing, as on a full disk, or whose reader has gone: no command calls that a success. */
class FullOutputTest {

    static Stream<List<String>> helps() {
        var asked = Commands.all().stream()
                .flatMap(command -> Stream.of(
                        Stream.concat(Arrays.stream(Commands.words(command)), Stream.of("--help"))
                                .toList(),
                        Stream.concat(Stream.of("help"), Arrays.stream(Commands.words(command)))
                                .toList()));
        return Stream.concat(asked, Stream.of(List.of("--version"), List.of("version")));
    }

    static Stream<List<String>> all() {
        return Stream.concat(
                helps(),
                Stream.of(
                        List.of("completion", "zsh"),
                        List.of("fetch", "http://127.0.0.1:1/"),
                        List.of("check", "--no-config", "--offline", "../README.md")));
    }

    private static Ran run(List<String> arguments, String failure) {
        var out = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(failure);
            }
        };
        var err = new ByteArrayOutputStream();
        var io = new StandardIo(InputStream.nullInputStream(), out, err, Map.of(), false, false);
        var code = new Program(io).run(arguments.toArray(String[]::new));
        return new Ran(code, "", err.toString(UTF_8), Duration.ZERO);
    }

    @ParameterizedTest
    @MethodSource("all")
    void fullDisk_isTold(List<String> arguments) {
        var ran = run(arguments, "No space left on device");
        assertThat(ran.exitCode()).isEqualTo(74);
        assertThat(ran.err()).contains("weft: cannot write ", ": No space left on device");
    }

    @ParameterizedTest
    @MethodSource("helps")
    void readerThatHasGone_isToldByTheExitCodeAlone(List<String> arguments) {
        var ran = run(arguments, "Broken pipe");
        assertThat(ran.exitCode()).isEqualTo(141);
        assertThat(ran.err()).isEmpty();
    }

    /** As one of the JVM that no command expects. */
    @Test
    void error_isAFaultOfWeft_andNoOtherExitCode() {
        var out = new OutputStream() {
            @Override
            public void write(int b) {
                throw new LinkageError("as if a class were missing");
            }
        };
        var err = new ByteArrayOutputStream();
        var io = new StandardIo(InputStream.nullInputStream(), out, err, Map.of(), false, false);
        assertThat(new Program(io).run("completion", "zsh")).isEqualTo(70);
        assertThat(err.toString(UTF_8)).contains("a fault of weft itself", "as if a class were missing");
    }
}

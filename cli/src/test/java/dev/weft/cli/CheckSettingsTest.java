package dev.weft.cli;

import static dev.weft.cli.Ran.weft;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code weft check} with a file of settings. */
class CheckSettingsTest {

    @TempDir
    Path folder;

    @BeforeEach
    void fill() throws IOException {
        Files.writeString(folder.resolve("one.md"), "[a](gone.md) [b](two.md) [c](https://a.example/)");
        Files.writeString(folder.resolve("two.md"), "[a](one.md)");
    }

    private Ran check(String settings, String... arguments) throws IOException {
        var file = Files.writeString(folder.resolve("settings.toml"), settings);
        var all = new ArrayList<>(List.of("check", "--config", file.toString()));
        all.addAll(List.of(arguments));
        return weft(all.toArray(String[]::new));
    }

    @Test
    void settings_areThoseOfTheOptions() throws Exception {
        var ran = check("""
            # the links of our pages
            [check]
            documents = ["%s"]
            offline = true
            exclude = ["gone", "nothing"]
            timeout = "5s"
            retries = 2
            format = "ndjson"
            quiet = false
            """.formatted(folder));
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.summary()).containsEntry("total", 2L).containsEntry("skipped", 2L);
    }

    @Test
    void settings_withAMarkOfUtf8_areRead() throws Exception {
        var ran = check("\ufeff[check]\nexclude = 'gone'\noffline = true\n", folder.toString());
        assertThat(ran.exitCode()).as(ran.err()).isZero();
    }

    @Test
    void commandLine_winsWhereThereCanBeOneValue_andAddsWhereThereCanBeSeveral() throws Exception {
        var settings = """
            [check]
            documents = "missing.md"
            offline = true
            exclude = "gone"
            format = "json"
            """;
        var ran = check(settings, "--format", "ndjson", "--exclude", "two", folder.toString());
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.summary()).containsEntry("total", 1L).containsEntry("skipped", 3L);
        var without = check(settings, "--no-config", "--offline", "-q", folder.toString());
        assertThat(without.exitCode()).isEqualTo(1);
        assertThat(without.out()).startsWith("failed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[check]\\noffline = true\\nexcludes = 'x' | :3: 'excludes' is not known: did you mean exclude?",
                "[check]\\nmaxage = '1h' | :2: 'maxage' is not known: did you mean max-age?",
                "[check]\\n\\n\\ncolour = 1 | :4: 'colour' is not known; a key is the long name of an option",
                "[check]\\nconfig = 'x' | :2: 'config' is not known",
                "offline = true | :1: 'offline' is not known: settings of weft check stand in a table [check]",
                "[chek]\\noffline = true | :1: 'chek' is not known",
                "check = 1 | :1: 'check' is a table",
                "[check]\\ntimeout = '5' | :2: 'timeout' '5' is no duration; it has no unit",
                "[check]\\nexclude = ['ok', '[a'] | :2: 'exclude' '[a' is not a regular expression",
                "[check]\\nexclude = [1] | :2: 'exclude' is a text, or a list of texts",
                "[check]\\noffline = 'yes' | :2: 'offline' is true or false",
                "[check]\\ntimeout = true | :2: 'timeout' is a text or a number",
                "[check]\\ndocuments = 3 | :2: 'documents' is a text, or a list of texts",
                "[check]\\ndepth = 1.5 | :2: 'depth' is a text or a number",
                "[check\\noffline = true | settings.toml:1: ",
                "[check]\\noffline = tru | is not TOML",
                "[check]\\nexclude = \"\\.png$\" | in '…' a backslash is meant as itself",
                "[check]\\noffline = true\\noffline = false | settings.toml:3: ",
            })
    void settingThatIsWrong_isNamedWithItsLine(String row) throws Exception {
        var parts = row.split(" \\| ");
        var ran = check(parts[0].replace("\\n", "\n"), folder.toString());
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("settings.toml").contains(parts[1]).endsWith("See 'weft check --help'.\n");
    }

    @Test
    void fileThatIsNoText_isWrongUsage() throws Exception {
        var file = Files.write(folder.resolve("x.toml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        var ran = weft("check", "--config", file.toString(), folder.toString());
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("is not in UTF-8");
        assertThat(weft("check", "--config", folder.toString(), folder.toString())
                        .err())
                .contains("it is a folder");
    }

    @Test
    void nestingWithoutEnd_isWrongUsage() throws Exception {
        var ran = check("[check]\nexclude = " + "[".repeat(200_000) + "\n", folder.toString());
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("is nested too deeply to be read");
    }

    @Test
    void documentThatBeginsWithADash_isNoOption() throws Exception {
        var ran = check("[check]\ndocuments = ['--help', '%s']\noffline = true\n".formatted(folder));
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out()).contains("--help  there is no such file").contains("gone.md");
    }
}

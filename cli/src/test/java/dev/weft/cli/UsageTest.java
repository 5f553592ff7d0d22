package dev.weft.cli;

import static dev.weft.cli.Ran.weft;
import static dev.weft.cli.Ran.weftWith;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.console.StandardIo;
import dev.weft.cli.model.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "--deadline 30 | --deadline | 30s or 30ms",
                "--deadline 0s | --deadline | more than 0",
                "--timeout soon | --timeout | 30s, 500ms or 1m30s",
                "--concurrency 0 | --concurrency | from 1 to",
                "--concurrency 1.5 | --concurrency | from 1 to",
                "--per-host -1 | --per-host | from 1 to",
                "--format xml | --format | human, ndjson",
                "--progress maybe | --progress | auto, always, never",
                "--rate 0 http://a/ | --rate | 10/s, 90/m or 500/h",
                "--max-bytes 0 http://a/ | --max-bytes | more than 0",
                "--max-bytes 1XB http://a/ | --max-bytes | 500kB",
                "--max-redirects -1 http://a/ | --max-redirects | from 0 to",
                "--retries x http://a/ | --retries | from 0 to",
                "--retry-wait 0s http://a/ | --retry-wait | more than 0",
                "--accept 2x http://a/ | --accept | 2xx",
                "--fail-on never http://a/ | --fail-on | failed, error",
                "--proxy ftp://p http://a/ | --proxy | http://host:port",
                "--cacert /no/such http://a/ | --cacert | no file /no/such",
                "--check -X GET http://a/ | --check | leave out --method",
                "--check -o x http://a/ | --output | leave out",
                "-X HEAD -o x http://a/ | --output | --method HEAD",
                "-o  http://a/ | --output | '' is no name",
                "--resume  http://a/ | --resume | '' is no name",
                "--timeline  http://a/ | --timeline | '' is no name",
                "--resume /dev/null http://a/ | --resume | a pipe, a socket or a device",
                "--resume . http://a/ | --resume | name of a file",
                "--header x | --header | Name: value",
                "--header :x | --header | Name: value",
                "--method G@T | --method | GET, HEAD",
                "--dedline 3s | --dedline | --deadline",
                "--deadline | --deadline | Missing",
                "-i - -i - | -i - | only once",
                "-i - --links - | --links - | only once",
                "--sitemap - --sitemap - | --sitemap - | only once",
                "--links x --base docs/ | --base | https://docs/",
                "--base https://x/ -i y | --base | --links FILE",
                "--links | --links | Missing",
                "--demo --links x | --demo | leave out",
                "--demo http://a/ | --demo | leave out",
                "--demo-urls 0 --demo | --demo-urls | from 1 to",
            })
    void wrongUsage_namesTheOptionAndTheRemedy_andFetchesNothing(String arguments, String option, String remedy) {
        var ran = weft(("fetch " + arguments).split(" "));
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .startsWith("weft fetch: ")
                .contains(option)
                .contains(remedy)
                .contains("weft fetch --help");
        assertThat(ran.err().lines()).hasSizeLessThan(5);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "ps 1 --format xml | --format | human, json, ndjson",
                "ps 1 --frames -1 | --frames | from 0 to",
                "ps 1 --state asleep | --state | not-started, running, waiting",
                "ps 1 --timeout 5 | --timeout | 5s or 5ms",
                "ps 1 2 | 2 | weft ps --help",
                "ps --name x | --name | need a PID",
                "ps --frames 1 | --frames | need a PID",
                "ps --cluster | --cluster | need a PID",
                "ps 1 --name x --format json | --name | ndjson",
                "pstree | PID | Missing",
                "top | PID | Missing",
                "top 1 --interval 0s | --interval | more than 0",
                "top 1 --count 0 | --count | from 1 to",
            })
    void wrongUsageOfALook_namesTheOptionAndTheRemedy(String arguments, String option, String remedy) {
        var ran = weft(arguments.split(" "));
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .startsWith("weft ")
                .contains(option)
                .contains(remedy)
                .contains("--help");
        assertThat(ran.err().lines()).hasSizeLessThan(5);
    }

    @Test
    void nothingToFetch_saysHowToGiveSomething() {
        assertThat(weft("fetch").err()).contains("no URLs").contains("-i FILE").contains("--demo");
        assertThat(weft("fetch").exitCode()).isEqualTo(2);
        assertThat(weftWith("# nothing\n\n", "fetch", "-i", "-").err()).contains("no URLs in -");
        assertThat(weftWith("# nothing\n\n", "fetch", "-i", "-").exitCode()).isEqualTo(2);
    }

    @Test
    void missingFile_andNothingElse_isWrongUsage(@TempDir Path folder) {
        var missing = folder.resolve("missing").toString();
        var ran = weft("fetch", "-i", missing, "-i", folder.toString());
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err())
                .contains("-i " + missing + ": there is no such file")
                .contains("-i " + folder + ": is a directory");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void help_isOnStandardOutput_withOptionsAndExamples() {
        var help = weft("fetch", "--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out())
                .contains("--deadline", "--per-host", "Examples:", "Exit: 0 all ok", "Limits", "Default: 20s");
        assertThat(help.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        assertThat(weft("--help").out()).contains("fetch", "demo-server", "ps", "pstree", "top");
        for (var look : new String[] {"ps", "pstree", "top"}) {
            var lookHelp = weft(look, "--help");
            assertThat(lookHelp.out()).contains("--timeout", "PID", "Examples:", "Exit: 0");
            assertThat(lookHelp.out().lines())
                    .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        }
        assertThat(weft("demo-server", "--help").out()).contains("--port");
        assertThat(weft("--version").out()).startsWith("weft ");
    }

    @Test
    void noCommand_orAnUnknownOne_saysWhichThereAre() {
        assertThat(weft().exitCode()).isEqualTo(2);
        assertThat(weft().err()).contains("fetch, check, worker");
        assertThat(weft("fetsch").exitCode()).isEqualTo(2);
        assertThat(weft("fetsch").err()).contains("fetsch").contains("fetch");
    }

    @Test
    void demoServer_onAPortThatIsTaken_saysSo() throws Exception {
        try (var taken = new java.net.ServerSocket(0, 1, java.net.InetAddress.ofLiteral("127.0.0.1"))) {
            var ran = weft("demo-server", "--port", String.valueOf(taken.getLocalPort()));
            assertThat(ran.exitCode()).isEqualTo(2);
            assertThat(ran.err()).contains("--port " + taken.getLocalPort()).contains("take another one");
        }
        assertThat(weft("demo-server", "--port", "70000").err())
                .contains("--port")
                .contains("65535");
    }

    @Test
    void demoServerWhoseUrlsCannotBeWritten_saysSo_andEnds() {
        var full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        var err = new ByteArrayOutputStream();
        var io = new StandardIo(InputStream.nullInputStream(), full, err, Map.of(), false, false);
        assertThat(new Program(io).run("demo-server")).isEqualTo(ExitCode.CANNOT_WRITE);
        assertThat(err.toString(UTF_8))
                .contains("cannot write the URLs: No space")
                .doesNotContain("fault of weft");
    }
}

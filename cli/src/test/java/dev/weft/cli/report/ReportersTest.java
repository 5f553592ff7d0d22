package dev.weft.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Weft;
import dev.weft.cli.console.Output;
import dev.weft.cli.console.StandardIo;
import dev.weft.cli.console.Style;
import dev.weft.cli.model.Ending;
import dev.weft.cli.model.ErrorKind;
import dev.weft.cli.model.Outcome;
import dev.weft.cli.model.Phase;
import dev.weft.cli.model.Result;
import dev.weft.cli.model.SourceLocation;
import dev.weft.cli.model.StopSignal;
import dev.weft.cli.model.Summary;
import dev.weft.cli.model.Tally;
import dev.weft.cli.model.Transfer;
import dev.weft.cli.model.Verdict;
import dev.weft.cli.text.Columns;
import dev.weft.diagnostics.TinyJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class ReportersTest {

    private static final List<SourceLocation> ARGUMENT = List.of(SourceLocation.argument(1));
    private static final Transfer NO_BYTES = transfer(20, 0);

    private final HumanReporter human = new HumanReporter(Style.PLAIN, Style.PLAIN);
    private final NdjsonReporter ndjson = new NdjsonReporter();

    private static Transfer transfer(long queuedMillis, long bytes, String... redirects) {
        return new Transfer(
                Duration.ofMillis(queuedMillis),
                Duration.ofMillis(530),
                bytes,
                Stream.of(redirects).map(URI::create).toList(),
                1,
                null,
                null);
    }

    private static Result result(Outcome outcome) {
        return result(ARGUMENT, outcome, transfer(20, 12_345));
    }

    private static Result result(List<SourceLocation> locations, Outcome outcome, Transfer transfer) {
        return new Result("http://a/", locations, outcome, transfer, false);
    }

    @Test
    void human_ofEachOutcome_alignsTheUrlAndSaysWhy() {
        assertThat(human.line(result(new Outcome.Ok(200))))
                .isEqualTo("ok         200         0.53s   12.3 kB  http://a/");
        assertThat(human.line(result(new Outcome.Failed(404))))
                .isEqualTo("failed     404         0.53s   12.3 kB  http://a/");
        assertThat(human.line(result(new Outcome.Broken(ErrorKind.DNS, "there is no host a"))))
                .isEqualTo("error      dns         0.53s   12.3 kB  http://a/  there is no host a");
        assertThat(human.line(result(new Outcome.TimedOut(Phase.BODY, Duration.ofSeconds(20)))))
                .isEqualTo("timeout    body        0.53s   12.3 kB  http://a/  no end of the body within 20s");
        assertThat(human.line(result(new Outcome.Cut(Phase.ANSWER))))
                .isEqualTo("cut        answer      0.53s   12.3 kB  http://a/  no answer yet");
        assertThat(human.line(Result.neverBegun("http://a/", ARGUMENT, new Outcome.Unstarted())))
                .isEqualTo("unstarted  -               -         -  http://a/");
    }

    @Test
    void human_ofSomethingToMend_saysWhereItStands() {
        var location = List.of(SourceLocation.line("urls.txt", 7));
        assertThat(human.line(result(location, new Outcome.Failed(404), NO_BYTES)))
                .endsWith("http://a/  in urls.txt:7");
        assertThat(human.line(result(location, new Outcome.Ok(200), NO_BYTES))).endsWith("http://a/");
        assertThat(human.line(Result.neverBegun(
                        "nowhere",
                        List.of(new SourceLocation("nowhere", true)),
                        new Outcome.Broken(ErrorKind.INPUT, "gone"))))
                .endsWith("nowhere  gone");
    }

    @Test
    void human_ofADuplicate_namesAllPlaces() {
        var locations = List.of(SourceLocation.argument(1), SourceLocation.line("urls.txt", 7));
        assertThat(human.line(result(locations, new Outcome.Ok(200), NO_BYTES)))
                .endsWith("http://a/  in argument 1, urls.txt:7");
    }

    @Test
    void human_ofALongWait_showsItApart() {
        assertThat(human.line(result(ARGUMENT, new Outcome.Ok(200), transfer(1200, 0, "http://b/"))))
                .contains(" 0.53s ")
                .endsWith("http://a/  redirected to http://b/; queued 1.20s");
        assertThat(human.line(result(ARGUMENT, new Outcome.Ok(200), transfer(0, 0, "http://b/", "http://c/"))))
                .endsWith("http://a/  2 times redirected to http://c/");
    }

    @Test
    void human_ofAHostileUrl_sendsNothingToTheTerminal() {
        var bad = Result.neverBegun("\u001b[2Jx\u202e", ARGUMENT, new Outcome.Broken(ErrorKind.URL, "a\nb"));
        assertThat(human.line(bad)).contains("\\x1b[2Jx").contains("a\\x0ab").doesNotContain("\u001b", "\n", "\u202e");
    }

    @Test
    void human_inColour_coloursTheVerdict() {
        var coloured = new HumanReporter(Style.COLOURED, Style.COLOURED);
        assertThat(coloured.line(result(new Outcome.Ok(200)))).startsWith("\u001b[32mok       \u001b[0m  200");
        assertThat(human.line(result(new Outcome.Ok(200)))).doesNotContain("\u001b");
    }

    private static Tally tally() {
        var tally = new Tally();
        tally.count(Verdict.OK);
        tally.count(Verdict.OK);
        tally.count(Verdict.CUT);
        return tally;
    }

    @Test
    void summary_showsAllSix_andWhatEndedTheRun() {
        var elapsed = Duration.ofMillis(3010);
        assertThat(human.text(new Summary(tally(), Ending.COMPLETE, null, elapsed, null, null, Verdict.NOT_OK)))
                .isEqualTo("3 URLs in 3.01s: 2 ok, 0 failed, 0 error, 0 timeout, 1 cut, 0 unstarted");
        assertThat(human.text(new Summary(
                        tally(), Ending.DEADLINE, null, elapsed, Duration.ofSeconds(3), null, Verdict.NOT_OK)))
                .endsWith("0 unstarted (deadline of 3s hit)");
        assertThat(human.text(new Summary(
                        tally(), Ending.STOPPED, new StopSignal("SIGTERM", 143), elapsed, null, null, Verdict.NOT_OK)))
                .endsWith("0 unstarted (stopped by SIGTERM)");
    }

    @Test
    void exitCode_isByWhatEndedTheRun_thenByTheResults() {
        var ok = new Tally();
        ok.count(Verdict.OK);
        var second = Duration.ofSeconds(1);
        assertThat(new Summary(ok, Ending.COMPLETE, null, second, second, null, Verdict.NOT_OK).exitCode())
                .isZero();
        assertThat(new Summary(tally(), Ending.COMPLETE, null, second, second, null, Verdict.NOT_OK).exitCode())
                .isEqualTo(1);
        assertThat(new Summary(ok, Ending.DEADLINE, null, second, second, null, Verdict.NOT_OK).exitCode())
                .isEqualTo(124);
        assertThat(new Summary(ok, Ending.STOPPED, new StopSignal("SIGTERM", 143), second, second, null, Verdict.NOT_OK)
                        .exitCode())
                .isEqualTo(143);
    }

    @Test
    void ndjson_ofEachOutcome_hasWhatMeansSomething() {
        assertThat(TinyJson.object(ndjson.line(result(new Outcome.Ok(200)))))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "type",
                        "result",
                        "url",
                        "http://a/",
                        "outcome",
                        "ok",
                        "status",
                        200L,
                        "queued_ms",
                        20L,
                        "took_ms",
                        530L,
                        "bytes",
                        12_345L,
                        "from",
                        List.of("argument 1")));
        assertThat(TinyJson.object(ndjson.line(result(new Outcome.Broken(ErrorKind.TLS, "\"x\"\n")))))
                .containsEntry("outcome", "error")
                .containsEntry("kind", "tls")
                .containsEntry("message", "\"x\"\n")
                .doesNotContainKey("status");
        assertThat(TinyJson.object(ndjson.line(result(new Outcome.TimedOut(Phase.BODY, Duration.ofSeconds(2))))))
                .containsEntry("outcome", "timeout")
                .containsEntry("phase", "body")
                .containsEntry("limit_ms", 2000L);
        assertThat(TinyJson.object(ndjson.line(result(new Outcome.Cut(Phase.LOOKUP)))))
                .containsEntry("phase", "lookup");
        assertThat(TinyJson.object(ndjson.line(Result.neverBegun("http://a/", ARGUMENT, new Outcome.Unstarted()))))
                .containsOnlyKeys("type", "url", "outcome", "from");
    }

    @Test
    void ndjson_ofStrangeText_isStillJson() {
        var strange = "q\" b\\ n\n t\t \u0001 \u001b \u20ac \ud83d\ude00 lone \ud83d";
        var line = ndjson.line(Result.neverBegun(strange, ARGUMENT, new Outcome.Broken(ErrorKind.URL, strange)));
        assertThat(TinyJson.object(line)).containsEntry("url", strange);
        assertThat(line.chars()).noneMatch(Character::isISOControl);
        assertThat(new String(
                        line.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo(line);
    }

    @Test
    void ndjson_ofTheSummary_hasAllSix() {
        var summary = new Summary(
                tally(),
                Ending.STOPPED,
                new StopSignal("SIGINT", 130),
                Duration.ofMillis(3010),
                Duration.ofSeconds(3),
                "a hint",
                Verdict.NOT_OK);
        assertThat(TinyJson.object(ndjson.line(summary)))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("type", "summary"),
                        Map.entry("total", 3L),
                        Map.entry("ok", 2L),
                        Map.entry("failed", 0L),
                        Map.entry("error", 0L),
                        Map.entry("timeout", 0L),
                        Map.entry("cut", 1L),
                        Map.entry("unstarted", 0L),
                        Map.entry("elapsed_ms", 3010L),
                        Map.entry("deadline_ms", 3000L),
                        Map.entry("deadline_hit", false),
                        Map.entry("stopped_by", "SIGINT"),
                        Map.entry("hint", "a hint")));
    }

    @Test
    void progressLine_saysWhereItHangs_andStaysOneLine() {
        var line = new ProgressLine(
                tally(),
                10,
                2,
                Duration.ofMillis(2140),
                Duration.ofMillis(860),
                "http://slow/",
                Duration.ofMillis(2100));
        assertThat(line.text(200)).isEqualTo("[3/10] 2 running, 1 not ok, 2.1s (0.8s left), longest 2.1s http://slow/");
        assertThat(line.text(40)).hasSize(39).endsWith("…");
        var wide = new ProgressLine(
                tally(),
                10,
                2,
                Duration.ofMillis(2140),
                Duration.ofMillis(860),
                "http://slow/" + "取得".repeat(20),
                Duration.ofMillis(2100));
        assertThat(Columns.of(wide.text(100))).isEqualTo(98);
        var young =
                new ProgressLine(tally(), 10, 2, Duration.ofMillis(140), null, "http://quick/", Duration.ofMillis(100));
        assertThat(young.text(200)).isEqualTo("[3/10] 2 running, 1 not ok, 0.1s");
    }

    private static String written(Reporter reporter, List<Result> results, Summary summary) throws Exception {
        var out = new ByteArrayOutputStream();
        var io = new StandardIo(
                InputStream.nullInputStream(), out, OutputStream.nullOutputStream(), Map.of(), false, false);
        Weft.run(() -> {
            var output = new Output(io);
            results.forEach(result -> reporter.result(result, output));
            reporter.summary(summary, output);
            output.drain();
        });
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Summary summary(Tally tally, Set<Verdict> failOn) {
        return new Summary(tally, Ending.COMPLETE, null, Duration.ofMillis(1500), null, null, failOn);
    }

    @Test
    void json_isOneDocument() throws Exception {
        var results = List.of(result(new Outcome.Ok(200)), result(new Outcome.Cut(Phase.ANSWER)));
        var document = TinyJson.object(written(new JsonReporter(), results, summary(tally(), Verdict.NOT_OK))
                .replace("\n", ""));
        assertThat(document).containsOnlyKeys("results", "summary");
        assertThat((List<?>) document.get("results")).hasSize(2);
        var empty = TinyJson.object(written(new JsonReporter(), List.of(), summary(new Tally(), Verdict.NOT_OK))
                .replace("\n", ""));
        assertThat((List<?>) empty.get("results")).isEmpty();
    }

    @Test
    void junit_isWhatBuildServersRead() throws Exception {
        var strange = "http://a/\u0000<&\"\ud800";
        var results = List.of(
                result(new Outcome.Ok(200)),
                result(List.of(SourceLocation.line("urls.txt", 7)), new Outcome.Failed(404), NO_BYTES),
                result(new Outcome.TimedOut(Phase.ANSWER, Duration.ofSeconds(2))),
                Result.neverBegun(strange, ARGUMENT, new Outcome.Broken(ErrorKind.URL, "]]>\u0001")),
                Result.neverBegun("http://b/", ARGUMENT, new Outcome.Unstarted()));
        var failOn = EnumSet.of(Verdict.FAILED, Verdict.ERROR, Verdict.UNSTARTED);
        var text = written(new JunitReporter(), results, summary(tally(), failOn));
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        var suite = (Element) document.getElementsByTagName("testsuite").item(0);
        assertThat(List.of("tests", "failures", "errors", "skipped", "time"))
                .extracting(suite::getAttribute)
                .containsExactly("5", "1", "2", "1", "1.500");
        assertThat(document.getElementsByTagName("testcase").getLength()).isEqualTo(5);
        var failure = (Element) document.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("message")).isEqualTo("failed 404");
        assertThat(failure.getTextContent()).isEqualTo("urls.txt:7");
        assertThat(((Element) failure.getParentNode()).getAttribute("classname"))
                .isEqualTo("a:80");
        assertThat(((Element) failure.getParentNode()).getAttribute("time")).isEqualTo("0.530");
        var error = (Element) document.getElementsByTagName("error").item(0);
        assertThat(error.getAttribute("type")).isEqualTo("error.url");
        assertThat(((Element) error.getParentNode()).getAttribute("name")).isEqualTo("http://a/\\x00<&\"\\xd800");
        assertThat(((Element) document.getElementsByTagName("skipped").item(0)).getAttribute("message"))
                .as("a timeout is no failure here")
                .isEqualTo("timeout answer: no answer within 2s");
    }
}

package dev.weft.cli.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.timeline.Timeline.Fact;
import dev.weft.cli.timeline.Timeline.Lane;
import dev.weft.cli.timeline.Timeline.Mark;
import dev.weft.cli.timeline.Timeline.Role;
import dev.weft.cli.timeline.Timeline.Span;
import dev.weft.cli.timeline.Timeline.State;
import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

/** The picture for documents. */
class TimelineSvgTest {

    private static Lane lane(long id, String name, long from, long to, State state, Span... spans) {
        return new Lane(
                id,
                id == 1 ? 0 : 1,
                id == 1 ? 0 : 1,
                name,
                "",
                from,
                to,
                Lane.NOT_QUEUED,
                state,
                "",
                "",
                Role.WORK,
                List.of(spans),
                state == State.FAILURE ? List.of(new Fact("Exception", "java.io.IOException")) : List.of());
    }

    private static Timeline timeline(List<Lane> lanes, Mark... marks) {
        var end = lanes.stream().mapToLong(Lane::toMicros).max().orElse(0);
        return new Timeline("A race", "", Timeline.Kind.TASKS, end, lanes, List.of(marks), "There is nothing.");
    }

    private static Timeline race() {
        return timeline(
                List.of(
                        lane(1, "main", 0, 100_000, State.SUCCESS, new Span(0, 100_000, true, "waits")),
                        lane(2, "near", 0, 50_000, State.FAILURE),
                        lane(3, "far", 20_000, 100_000, State.CANCELLED)),
                new Mark(100_000, "deadline", 0, "timeout of 100ms"),
                new Mark(90_000, "cancel", 3, "is asked to stop"));
    }

    private static void assertWellFormed(String svg) throws Exception {
        DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static double number(String svg, String pattern) {
        var matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(svg);
        assertThat(matcher.find()).as(pattern).isTrue();
        return Double.parseDouble(matcher.group(1));
    }

    @Test
    void picture_hasALanePerTask_itsEnd_andWordsForThoseWhoCannotSeeIt() throws Exception {
        var svg = TimelineSvg.of(race());
        assertWellFormed(svg);
        assertThat(svg)
                .contains("role=\"img\"", "<title id=\"title\">A race</title>")
                .contains("near: from 0 to 50 ms, failed with IOException. far: from 20 ms to 100 ms, cancelled.")
                .contains("timeout of 100ms at 100 ms.")
                .contains(">near</text>", ">IOException</text>", ">cancelled</text>", ">100 ms</text>")
                .contains("prefers-color-scheme: dark");
    }

    @Test
    void marks_standWhereTheirTimeIs() {
        var svg = TimelineSvg.of(race());
        var begin = number(svg, "<text class=\"soft middle\" x=\"([\\d.]+)\" y=\"[\\d.]+\">0<");
        var end = number(svg, "<text class=\"soft middle\" x=\"([\\d.]+)\" y=\"[\\d.]+\">100 ms<");
        assertThat(number(svg, "<line class=\"deadline\" x1=\"([\\d.]+)\"")).isEqualTo(end);
        assertThat(number(svg, "<path class=\"cancel\" d=\"M([\\d.]+) "))
                .isCloseTo(begin + 0.9 * (end - begin), org.assertj.core.data.Offset.offset(0.1));
    }

    @Test
    void legend_namesWhatIsThere_andNothingElse() {
        assertThat(TimelineSvg.of(race()))
                .contains(">running<", ">waiting<", ">failed<", ">request to stop<", ">deadline<")
                .doesNotContain(">has not ended<", ">warning<");
        assertThat(TimelineSvg.of(timeline(List.of(lane(1, "main", 0, 10, State.SUCCESS)))))
                .contains(">running<")
                .doesNotContain(">waiting<", ">failed<", ">request to stop<", ">deadline<");
    }

    @Test
    void hostileNames_stayText() throws Exception {
        var name = "</text><script>alert(1)</script>&\"\u0000\ud800\u202e" + "x".repeat(300);
        var svg = TimelineSvg.of(timeline(List.of(lane(1, name, 0, 10, State.OPEN))));
        assertWellFormed(svg);
        assertThat(svg).doesNotContain("<script").contains("&lt;script&gt;", "…</text>");
    }

    @Test
    void manyLanes_areCut_andSaidSo() throws Exception {
        var lanes = IntStream.rangeClosed(1, 1000)
                .mapToObj(i -> lane(i, "task " + i, i, i + 5, State.SUCCESS))
                .toList();
        var svg = TimelineSvg.of(timeline(lanes));
        assertWellFormed(svg);
        assertThat(svg).contains(">task 200<", "and 800 more").doesNotContain(">task 201<");
    }

    @Test
    void everyShape_isInsideThePicture() {
        var svg = TimelineSvg.of(race());
        var width = number(svg, "viewBox=\"0 0 (\\d+) ");
        Pattern.compile("<rect class=\"[a-z]+\" x=\"([\\d.]+)\" y=\"[\\d.]+\" width=\"([\\d.]+)\"")
                .matcher(svg)
                .results()
                .forEach(rect -> assertThat(Double.parseDouble(rect.group(1)) + Double.parseDouble(rect.group(2)))
                        .isLessThanOrEqualTo(width));
    }

    @Test
    void scale_hasRoomForItsTexts() {
        var svg = TimelineSvg.of(timeline(List.of(lane(1, "main", 0, 200_000_000, State.SUCCESS))));
        assertThat(svg).contains(">1 min<", ">3 min<").doesNotContain(">1 min 30 s<");
    }

    @Test
    void noLanes_isSaid() throws Exception {
        var svg = TimelineSvg.of(timeline(List.of()));
        assertWellFormed(svg);
        assertThat(svg).contains("There is nothing.");
    }

    @Test
    void equalTimelines_giveEqualBytes_inEveryLocale() {
        var before = Locale.getDefault();
        var svg = TimelineSvg.of(race());
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(TimelineSvg.of(race())).isEqualTo(svg);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void scale_hasFewRoundSteps() {
        for (long length = 1; length < 1_000_000_000_000_000L; length = length * 3 + 1) {
            assertThat(length / TimeScale.step(length, 6)).isLessThanOrEqualTo(6);
        }
        assertThat(TimeScale.step(2_000_000, 6)).isEqualTo(500_000);
        assertThat(TimeScale.text(90_000_000)).isEqualTo("1 min 30 s");
        assertThat(TimeScale.text(7_200_000_000L)).isEqualTo("2 h");
        assertThat(TimeScale.text(1_500)).isEqualTo("1.5 ms");
        assertThat(TimeScale.text(-200)).isEqualTo("−200 µs");
        assertThat(TimeScale.rounded(12_345_678)).isEqualTo("12.3 s");
    }

    @Test
    void passwords_areLeftOut_alsoWhereATextIsCut() {
        var url = "GET http://me:geheim-und-sehr-lang-so-dass-der-Name-davor-endet@example.org/page";
        var svg = TimelineSvg.of(timeline(
                List.of(lane(1, url, 0, 1_000_000, State.SUCCESS, new Span(0, 1_000_000, true, "waits for " + url))),
                new Mark(500_000, "deadline", 0, url),
                new Mark(600_000, "cancel", 1, url)));
        assertThat(svg).doesNotContain("geheim").contains("example.org/page");
    }
}

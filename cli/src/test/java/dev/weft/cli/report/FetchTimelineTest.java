package dev.weft.cli.report;

import static dev.weft.cli.report.FetchPictures.fetched;
import static dev.weft.cli.report.FetchPictures.picture;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.model.ErrorKind;
import dev.weft.cli.model.Outcome;
import dev.weft.cli.model.Phase;
import dev.weft.cli.timeline.Timeline;
import dev.weft.cli.timeline.Timeline.Lane;
import dev.weft.cli.timeline.Timeline.Role;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which lanes a fetch is drawn with, and their names. */
class FetchTimelineTest {

    private static final Outcome OK = new Outcome.Ok(200);

    private static Timeline of(String... urls) {
        var timeline = new FetchTimeline();
        for (var url : urls) {
            fetched(timeline, url, OK, 10, 20);
        }
        return picture(timeline);
    }

    private static List<String> labels(Timeline timeline) {
        return timeline.lanes().stream()
                .map(lane -> "  ".repeat(lane.depth()) + (lane.label().isEmpty() ? lane.name() : lane.label()))
                .toList();
    }

    @Test
    void urlsOfAHost_standUnderIt_andAreNamedByWhatDiffers() {
        assertThat(labels(of("http://a/docs/x", "https://b/", "http://a/docs/y?z=1")))
                .containsExactly("http://a/docs", "  /x", "  /y?z=1", "https://b/");
    }

    @Test
    void whatDiffers_beginsAtASeparator_andIsNeverEmpty() {
        assertThat(labels(of("http://a", "http://a/x"))).containsExactly("http://a", "  /", "  /x");
        assertThat(labels(of("http://a/x", "http://a/x/y"))).containsExactly("http://a", "  /x", "  /x/y");
        assertThat(labels(of("http://a/x", "http://a/x"))).containsExactly("http://a", "  /x", "  /x");
        assertThat(labels(of("http://a/s?q=10&p=1", "http://a/s?q=10&p=2")))
                .containsExactly("http://a/s?q=10", "  &p=1", "  &p=2");
        assertThat(labels(of("http://a/page10", "http://a/page11")))
                .containsExactly("http://a", "  /page10", "  /page11");
    }

    @Test
    void anotherSchemeOrPort_isAnotherHost() {
        assertThat(labels(of("http://a/x", "https://a/x", "http://a:81/x")))
                .containsExactly("http://a/x", "https://a/x", "http://a:81/x");
    }

    @Test
    void whatIsNoUrl_standsAsItIs() {
        assertThat(labels(of("not a url", "nor this"))).containsExactly("not a url", "nor this");
    }

    @Test
    void outcomes_areThoseOfTheSummary_withTheStatusOrTheKindAtTheBar() {
        var timeline = new FetchTimeline();
        fetched(timeline, "http://a/1", OK, 0, 1);
        fetched(timeline, "http://a/2", new Outcome.Failed(404), 0, 1);
        fetched(timeline, "http://a/3", new Outcome.Broken(ErrorKind.DNS, "unknown host"), 0, 1);
        fetched(timeline, "http://a/4", new Outcome.Cut(Phase.BODY), 0, 1);
        var lanes = picture(timeline).lanes();
        assertThat(lanes.stream().skip(1).map(lane -> lane.word() + " " + lane.tag()))
                .containsExactly("ok 200", "failed 404", "error dns", "cut cut");
        assertThat(lanes.getFirst().tag()).isEqualTo("1 ok, 1 failed, 1 error, 1 cut");
    }

    @Test
    void start_isALaneOfItsOwn_unlessItIsNothingBesideTheWhole() {
        var timeline = new FetchTimeline();
        fetched(timeline, "http://a/1", OK, 200, 900);
        var jvm = Duration.ofMillis(120);
        var whole = timeline.finish(FetchPictures.summary(Duration.ofMillis(900)), jvm, Duration.ofMillis(80));
        assertThat(whole.beginMicros()).isEqualTo(-120_000);
        assertThat(whole.lanes().getFirst())
                .returns(Role.START, Lane::role)
                .returns(-120_000L, Lane::fromMicros)
                .returns(80_000L, Lane::toMicros);
        assertThat(whole.lanes().getFirst().spans())
                .extracting(Timeline.Span::what)
                .containsExactly("the Java virtual machine starts", "the program starts: options, client, output");
        assertThat(timeline.finish(FetchPictures.summary(Duration.ofMinutes(9)), jvm, Duration.ofMillis(80))
                        .lanes())
                .extracting(Lane::role)
                .containsExactly(Role.WORK);
    }

    @Test
    void whatHasNoLane_isCounted() {
        assertThat(picture(new FetchTimeline()).subtitle()).endsWith("UTC");
        var timeline = new FetchTimeline();
        var counted = FetchPictures.summary(Duration.ofSeconds(1), 7);
        assertThat(timeline.finish(counted, Duration.ZERO, Duration.ZERO).subtitle())
                .endsWith("; 7 more are counted only, and have no lane");
    }
}

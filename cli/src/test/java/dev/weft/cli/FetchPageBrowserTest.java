package dev.weft.cli;

import static dev.weft.cli.report.FetchPictures.atDeadline;
import static dev.weft.cli.report.FetchPictures.fetched;
import static dev.weft.cli.report.FetchPictures.picture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.cli.model.ErrorKind;
import dev.weft.cli.model.Outcome;
import dev.weft.cli.model.Phase;
import dev.weft.cli.report.FetchTimeline;
import dev.weft.cli.timeline.Timeline;
import dev.weft.cli.timeline.TimelinePage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The picture of a fetch in a real browser. Skipped where there is none; WEFT_BROWSER names one. */
@Timeout(240)
class FetchPageBrowserTest {

    private static final String HOSTILE =
            "http://h.example/</script><script>document.title='broken'</script>?q=\"'><img src=x onerror=alert(1)>";
    private static final Duration JVM = Duration.ofMillis(130);
    private static final Duration READY = Duration.ofMillis(120);

    private static Browser browser;

    @TempDir
    Path folder;

    @BeforeAll
    static void openBrowser() throws Exception {
        var program = Browser.program();
        assumeTrue(program.isPresent(), "no Chromium on the path, and WEFT_BROWSER names none: page not tested");
        browser = Browser.open(program.get());
    }

    @AfterAll
    static void closeBrowser() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    private static Outcome outcome(int number) {
        return switch (number % 11) {
            case 3 -> new Outcome.Failed(404);
            case 5 -> new Outcome.Broken(ErrorKind.CONNECT, "nobody answers at 127.0.0.1:9");
            case 7 -> new Outcome.TimedOut(Phase.ANSWER, Duration.ofMillis(700));
            default -> new Outcome.Ok(number % 11 == 1 ? 204 : 200);
        };
    }

    private static FetchTimeline urls(int count, String path) {
        var timeline = new FetchTimeline();
        for (var i = 0; i < count; i++) {
            var from = 130 + i * 2_000L / Math.max(20, count);
            var host = i % 3 == 2 ? "https://docs.example" : "http://www.example:8080";
            fetched(timeline, host + path + i, outcome(i), from, from + 40 + i * 37 % 1_100);
        }
        return timeline;
    }

    private static Timeline some(int count, String path) {
        var timeline = urls(count, path);
        fetched(timeline, "https://slow.example/never", new Outcome.Cut(Phase.ANSWER), 140, 4_000);
        return timeline.finish(atDeadline(Duration.ofSeconds(4)), JVM, READY);
    }

    private void show(Timeline timeline, int width, boolean dark) throws Exception {
        var file = folder.resolve("page.html");
        Files.writeString(file, TimelinePage.of(timeline));
        browser.show(file, width, 720, dark);
    }

    private String rows() throws Exception {
        return browser.text("document.body.dataset.rows");
    }

    private static String button(String word) {
        return "[...document.querySelectorAll('#legend button')].find(b => b.innerText.endsWith(' " + word + "'))";
    }

    @Test
    void outcomes_areButtonsThatShowTheirLanesOnly() throws Exception {
        show(some(22, "/a/"), 1280, false);
        assertThat(browser.text("document.getElementById('legend').innerText"))
                .contains("16 ok", "✕ 2 failed", "! 2 error", "◔ 2 timeout", "1 cut", "0 unstarted");
        assertThat(rows()).as("23 URLs, 2 hosts of several, and the start").isEqualTo("26");
        browser.text(button("failed") + ".click()");
        browser.settle();
        assertThat(browser.text("rows.map(lane => lane.outcome.word).filter(word => word !== 'thread').join()"))
                .isEqualTo("failed,failed");
        assertThat(browser.text(button("failed") + ".getAttribute('aria-pressed')"))
                .isEqualTo("true");
        assertThat(browser.text("document.getElementById('found').textContent")).isEqualTo("2 of 23");
        browser.text(button("cut") + ".click()");
        browser.settle();
        assertThat(browser.text("document.getElementById('found').textContent")).isEqualTo("3 of 23");
        assertThat(browser.text(button("unstarted") + ".disabled")).isEqualTo("true");
        browser.control("Escape");
        assertThat(rows()).isEqualTo("26");
        assertThat(browser.text("document.querySelectorAll('[aria-pressed=true]').length"))
                .isEqualTo("0");
    }

    @Test
    void outcomes_areReachedAndPressedByKeys() throws Exception {
        show(some(22, "/a/"), 1280, false);
        browser.text(button("error") + ".focus()");
        browser.key(" ");
        assertThat(browser.text("document.getElementById('found').textContent")).isEqualTo("2 of 23");
        browser.key(" ");
        assertThat(rows()).isEqualTo("26");
    }

    @Test
    void rows_areAsTallAsThereIsRoom_andNoLower() throws Exception {
        show(some(3, "/a/"), 1280, false);
        assertThat(browser.number("document.body.dataset.row")).isEqualTo(34);
        show(some(3_000, "/a/"), 1280, false);
        assertThat(browser.number("document.body.dataset.row")).isEqualTo(20);
        browser.text(button("cut") + ".click()");
        browser.settle();
        assertThat(browser.number("document.body.dataset.row"))
                .as("of one lane")
                .isEqualTo(34);
    }

    @Test
    void start_isALaneWithItsName_leftOfTheProgramsOwnClock() throws Exception {
        show(some(3, "/a/"), 1280, false);
        assertThat(browser.number("document.body.dataset.from")).isEqualTo(-130_000);
        assertThat(browser.text("rows[0].name")).isEqualTo("start of the program");
        assertThat(browser.text("document.getElementById('tiles').innerText"))
                .contains("4.00 s", "after 130 ms of starting Java");
        browser.text("choose(rows[0])");
        assertThat(browser.text("document.getElementById('details').innerText"))
                .contains("start, before anything could be fetched", "the Java virtual machine starts, 130 ms");
    }

    @Test
    void deadline_hasOneColourByDayAndByNight() throws Exception {
        show(some(3, "/a/"), 1280, false);
        var day = browser.text("colours.deadline");
        show(some(3, "/a/"), 1280, true);
        assertThat(browser.text("colours.deadline")).isEqualTo(day);
    }

    @Test
    void hostileNames_areTextAndNothingElse() throws Exception {
        var timeline = new FetchTimeline();
        fetched(timeline, HOSTILE, new Outcome.Ok(200), 0, 800);
        fetched(timeline, HOSTILE + "2", new Outcome.Broken(ErrorKind.IO, HOSTILE), 0, 300);
        for (var dark : new boolean[] {false, true}) {
            show(picture(timeline), dark ? 420 : 1280, dark);
            assertThat(browser.text("document.title")).isEqualTo("Weft timeline: weft fetch");
            assertThat(browser.text("document.querySelectorAll('img').length")).isEqualTo("0");
            assertThat(browser.text("document.querySelectorAll('script').length"))
                    .isEqualTo("2");
            browser.text("choose(lanes[1])");
            assertThat(browser.text("document.querySelector('#details h2').textContent"))
                    .isEqualTo(HOSTILE);
            TimelineBrowserTest.keep(browser, "fetch-hostile" + (dark ? "-420-dark" : "-1280"));
        }
    }

    @Test
    void everyPicture_fitsItsWindow() throws Exception {
        var deep = "/" + "a-long-folder-name/".repeat(10);
        for (var dark : new boolean[] {false, true}) {
            for (var width : new int[] {1280, 420}) {
                look("none", picture(new FetchTimeline()), width, dark);
                var one = new FetchTimeline();
                fetched(one, "https://www.example/", new Outcome.Ok(200), 125, 300);
                look("one", one.finish(atDeadline(Duration.ofMillis(300)), JVM, READY), width, dark);
                look("ten", some(10, "/page/"), width, dark);
                look("long", some(24, deep + "?q="), width, dark);
                look("many", some(3_000, "/page/"), width, dark);
            }
        }
    }

    private void look(String name, Timeline timeline, int width, boolean dark) throws Exception {
        show(timeline, width, dark);
        assertThat(browser.number("document.documentElement.scrollWidth"))
                .as("no wider than the window")
                .isLessThanOrEqualTo(width);
        TimelineBrowserTest.keep(browser, "fetch-" + name + "-" + width + (dark ? "-dark" : "-light"));
    }
}

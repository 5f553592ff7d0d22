package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.cli.text.Shown;
import dev.weft.cli.timeline.Timeline;
import dev.weft.cli.timeline.Timeline.Fact;
import dev.weft.cli.timeline.Timeline.Lane;
import dev.weft.cli.timeline.Timeline.Mark;
import dev.weft.cli.timeline.Timeline.Role;
import dev.weft.cli.timeline.Timeline.Span;
import dev.weft.cli.timeline.Timeline.State;
import dev.weft.cli.timeline.TimelinePage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser. Skipped where there is none; WEFT_BROWSER names one that is not on the path. */
@Timeout(240)
class TimelineBrowserTest {

    private static final String NASTY = "</script><script>document.title='broken'</script> & \u2028 \ud83d\ude00";
    private static final int MILLISECOND = 1_000;

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

    /** Main over a second, and under it {@code count} tasks: every tenth fails, every seventh is cancelled. */
    private static Timeline tasks(int count) {
        var lanes = new ArrayList<Lane>();
        var end = 1_000 * MILLISECOND;
        lanes.add(lane(1, 0, "main", 0, end, State.SUCCESS, List.of(new Span(1_000, end - 1_000, true, "gather"))));
        for (var i = 0; i < count; i++) {
            var from = 10 * MILLISECOND + i * 700L * MILLISECOND / count;
            var to = from + 200 * MILLISECOND;
            var state = i % 10 == 3 ? State.FAILURE : i % 7 == 5 ? State.CANCELLED : State.SUCCESS;
            var name = i == 4 ? NASTY : "task " + i;
            lanes.add(
                    lane(i + 2, 1, name, from, to, state, List.of(new Span(from + 20_000, to - 50_000, true, "lock"))));
        }
        var marks = List.of(new Mark(600 * MILLISECOND, "deadline", 0, "timeout of 600ms"));
        return new Timeline("a test", "today", Timeline.Kind.TASKS, end, lanes, marks, "no tasks at all");
    }

    private static Lane lane(long id, long parent, String name, long from, long to, State state, List<Span> spans) {
        return new Lane(
                id,
                parent,
                parent == 0 ? 0 : 1,
                name,
                "",
                from,
                to,
                Lane.NOT_QUEUED,
                state,
                "",
                "",
                Role.WORK,
                spans,
                state == State.SUCCESS ? List.of() : List.of(new Fact("Why", "reason of " + id)));
    }

    private void show(Timeline timeline, int width, int height, boolean dark) throws Exception {
        var file = folder.resolve("page.html");
        Files.writeString(file, TimelinePage.of(timeline));
        browser.show(file, width, height, dark);
    }

    private double top(int row) throws Exception {
        var height = browser.number("document.body.dataset.row");
        return browser.number("document.getElementById('rows').getBoundingClientRect().top") + 24 + (row + .5) * height;
    }

    private double span() throws Exception {
        return browser.number("document.body.dataset.to - document.body.dataset.from");
    }

    @Test
    void hover_showsTheTaskUnderThePointer() throws Exception {
        show(tasks(20), 1200, 700, false);
        assertThat(browser.text("document.getElementById('tip').hidden")).isEqualTo("true");
        browser.mouse("mouseMoved", 420, top(4), 0);
        assertThat(browser.text("document.getElementById('tip').innerText"))
                .contains("task 3", "failed", "200 ms", "reason of 5");
        browser.mouse("mouseMoved", 420, 20, 0);
        assertThat(browser.text("document.getElementById('tip').hidden")).isEqualTo("true");
    }

    @Test
    void click_showsDetails_andEscapeClosesThem() throws Exception {
        show(tasks(20), 1200, 700, false);
        browser.click(500, top(6));
        assertThat(browser.text("document.getElementById('details').innerText"))
                .contains("task 5")
                .contains("cancelled")
                .contains("lock")
                .contains("Owner\tmain");
        browser.control("Escape");
        assertThat(browser.text("document.getElementById('details').hidden")).isEqualTo("true");
    }

    @Test
    void wheelKeysAndButtons_zoomAndMove() throws Exception {
        show(tasks(20), 1200, 700, false);
        assertThat(span()).isEqualTo(1_000 * MILLISECOND);
        browser.wheel(700, top(3), -300, true);
        var zoomed = span();
        assertThat(zoomed).isLessThan(600 * MILLISECOND);
        var under = browser.number("us(700)");
        browser.wheel(700, top(3), -100, true);
        assertThat(span()).isLessThan(zoomed);
        assertThat(browser.number("us(700)"))
                .as("what is under the pointer stays")
                .isCloseTo(under, org.assertj.core.data.Offset.offset(2.0));
        var from = browser.number("document.body.dataset.from");
        browser.mouse("mousePressed", 700, top(3), 1);
        browser.mouse("mouseMoved", 800, top(3), 1);
        browser.mouse("mouseReleased", 800, top(3), 0);
        assertThat(browser.number("document.body.dataset.from")).as("dragged").isLessThan(from);
        browser.key("0");
        assertThat(span()).isEqualTo(1_000 * MILLISECOND);
        browser.key("+");
        assertThat(span()).isEqualTo(625 * MILLISECOND);
        browser.text("document.getElementById('all').click()");
        browser.settle();
        assertThat(span()).isEqualTo(1_000 * MILLISECOND);
    }

    @Test
    void dragInTheOverview_choosesATime() throws Exception {
        show(tasks(20), 1200, 700, false);
        var y = browser.number("document.getElementById('overview').getBoundingClientRect().top + 30");
        browser.mouse("mousePressed", 500, y, 1);
        browser.mouse("mouseMoved", 700, y, 1);
        browser.mouse("mouseReleased", 700, y, 0);
        assertThat(span()).isBetween(150.0 * MILLISECOND, 300.0 * MILLISECOND);
    }

    @Test
    void search_showsWhatMatchesAndItsOwners() throws Exception {
        show(tasks(200), 1200, 700, false);
        browser.key("/");
        browser.type("task 123");
        assertThat(browser.text("document.getElementById('found').textContent")).isEqualTo("1 of 201");
        assertThat(browser.text("document.body.dataset.rows")).as("and main").isEqualTo("2");
        browser.text("document.getElementById('search').select()");
        browser.type("reason of 5");
        assertThat(browser.number("document.body.dataset.rows")).isGreaterThan(2);
        browser.text("document.getElementById('search').select()");
        browser.type("nobody");
        assertThat(browser.text("document.getElementById('found').textContent")).isEqualTo("nothing found");
        browser.control("Escape");
        assertThat(browser.text("document.body.dataset.rows")).isEqualTo("201");
    }

    @Test
    void keyboard_choosesLanes_andSaysThem() throws Exception {
        show(tasks(20), 1200, 700, false);
        browser.text("document.getElementById('rows').focus()");
        browser.control("ArrowDown");
        browser.control("ArrowDown");
        assertThat(browser.text("document.getElementById('live').textContent")).contains("task 0", "State success");
    }

    @Test
    void summary_hasTheFigures() throws Exception {
        show(tasks(20), 1200, 700, false);
        assertThat(browser.text("document.getElementById('tiles').innerText"))
                .contains("1.00 s", "21", "Most at once", "First result", "210 ms")
                .contains("Deadline", "600 ms", "Slowest");
    }

    /** A name can be anything. */
    @Test
    void names_areTextAndNothingElse() throws Exception {
        show(tasks(20), 1200, 700, false);
        assertThat(browser.text("document.title")).isEqualTo("Weft timeline: a test");
        assertThat(browser.text("lanes[5].name")).isEqualTo(Shown.harmless(NASTY));
        browser.mouse("mouseMoved", 420, top(5), 0);
        assertThat(browser.text("document.querySelector('#tip b').textContent")).isEqualTo(Shown.harmless(NASTY));
    }

    @Test
    void noLanes_areSaidInWords() throws Exception {
        show(new Timeline("none", "", Timeline.Kind.TASKS, 0, List.of(), List.of(), "no tasks at all"), 600, 500, true);
        assertThat(browser.text("document.getElementById('empty').innerText")).isEqualTo("no tasks at all");
        keep(browser, "empty");
    }

    @Test
    void tenThousandTasks_areDrawnAndMovedFast() throws Exception {
        show(tasks(10_000), 1200, 700, false);
        assertThat(browser.text("document.body.dataset.rows")).isEqualTo("10001");
        keep(browser, "10000");
        // a hundred frames in each of which everything moves; on this page's own clock
        var frame = browser.number(
                "(() => { const begin = performance.now(); for (let i = 0; i < 100; i++) { $('rows').scrollTop = i *"
                        + " 1900; zoom(1.02); draw(); } return (performance.now() - begin) / 100; })()");
        assertThat(frame).as("milliseconds a frame").isLessThan(100);
        browser.text("show(0, end)");
        browser.text("document.getElementById('rows').scrollTop = 1e9");
        browser.settle();
        browser.mouse("mouseMoved", 60, top(20), 0);
        assertThat(browser.text("document.getElementById('tip').innerText")).contains("task 99");
    }

    @Test
    void everyWindow_isFilledAndNothingSticksOut() throws Exception {
        for (var dark : new boolean[] {false, true}) {
            for (var width : new int[] {360, 800, 1600}) {
                show(tasks(40), width, 700, dark);
                assertThat(browser.number("document.documentElement.scrollWidth"))
                        .as("no wider than the window of " + width)
                        .isLessThanOrEqualTo(width);
                var name = width + (dark ? "-dark" : "-light");
                var colours = keep(browser, name);
                assertThat(colours).as("colours in " + name).isGreaterThan(20);
                var ground = browser.text("getComputedStyle(document.body).backgroundColor");
                assertThat(ground).isEqualTo(dark ? "rgb(22, 24, 27)" : "rgb(251, 251, 250)");
            }
        }
    }

    /** Keeps a picture, to be looked at, and counts its colours. */
    static int keep(Browser browser, String name) throws Exception {
        var png = browser.picture();
        var target = Path.of("target", "timeline");
        Files.createDirectories(target);
        Files.write(target.resolve(name + ".png"), png);
        var image = ImageIO.read(new ByteArrayInputStream(png));
        var colours = new HashSet<Integer>();
        for (var x = 0; x < image.getWidth(); x += 3) {
            for (var y = 0; y < image.getHeight(); y++) {
                colours.add(image.getRGB(x, y));
            }
        }
        return colours.size();
    }
}

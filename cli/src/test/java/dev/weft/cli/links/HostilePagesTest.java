package dev.weft.cli.links;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * Pages that are made to be slow, deep or large. Each is read, or refused in words, in little time and memory.
 * {@code -Dweft.hostile.full=true} takes them eighty times as large.
 */
@Timeout(600)
class HostilePagesTest {

    private static final int SIZE = Boolean.getBoolean("weft.hostile.full") ? 8_000_000 : 100_000;

    private static final Map<String, String> PAGES = pages();

    private static String repeat(String part) {
        return part.repeat(SIZE / part.length());
    }

    private static String counted(String part, int size) {
        var text = new StringBuilder();
        for (var i = 0; text.length() < size; i++) {
            text.append(part.replace("#", String.valueOf(i)));
        }
        return text.toString();
    }

    private static Map<String, String> pages() {
        var pages = new LinkedHashMap<String, String>();
        pages.put("namespaces.xhtml", counted("<a xmlns:p#='u'>", SIZE));
        pages.put("namespaces-of-one.xhtml", "<a " + counted("xmlns:p#='u' ", SIZE) + "/>");
        pages.put("deep.xhtml", repeat("<a>"));
        pages.put("wrong-ends.xhtml", repeat("<a></b>"));
        pages.put("entities.xhtml", "<!DOCTYPE a [" + repeat("<!ENTITY x '&x;&x;'>"));
        pages.put("deep.html", repeat("<div>"));
        pages.put("formats.html", counted("<font size=#><p>", SIZE));
        pages.put("links.html", repeat("<a href=x>"));
        pages.put("tables.html", repeat("<table><tr><td>"));
        pages.put("foster.html", "<table>" + repeat("<a href=x>"));
        pages.put("attributes.html", "<a " + counted("x# ", SIZE) + ">");
        pages.put("templates.html", repeat("<template>"));
        pages.put("svg.html", repeat("<svg><g>"));
        pages.put("refresh.html", "<meta http-equiv=refresh content='" + repeat("0;") + "'>");
        pages.put("srcset.html", "<img srcset='" + repeat("a,") + "'>");
        for (var part : new String[] {"[", "![", "*a ", "> ", "- ", "`a``", "[a](", "![[]](", "<!--", "***a", "a@b "}) {
            pages.put("repeated '" + part + "'.md", repeat(part));
        }
        return pages;
    }

    @TestFactory
    Iterable<DynamicTest> hostilePage_isReadOrRefused() {
        return PAGES.entrySet().stream()
                .map(page -> DynamicTest.dynamicTest(page.getKey(), () -> {
                    try {
                        assertThat(LinksOf.page(page.getValue().getBytes(UTF_8), null, page.getKey()))
                                .isNotNull();
                    } catch (UnreadableDocumentException e) {
                        assertThat(e.getMessage()).isNotEmpty();
                    }
                }))
                .toList();
    }

    @Test
    void linksBelowTheDepthLimit_areFound() throws Exception {
        for (var name : new String[] {"a.html", "a.xhtml"}) {
            var page = "<div>".repeat(3 * HtmlLinks.MAX_DEPTH) + "<a href='deep'>x</a>";
            assertThat(LinksOf.page(page.getBytes(UTF_8), null, name).links()).containsExactly(new Link("deep", 1));
        }
    }

    @Test
    void nesting_isLimited_soThatMemoryGoesWithTheLength() throws Exception {
        var most = IntStream.of(1, 2)
                .map(times -> allocated(counted("<a xmlns:p#='u'>", times * 40_000)))
                .toArray();
        // quadratic would be four times
        assertThat(most[1]).isLessThan(3 * most[0]);
    }

    private static int allocated(String page) {
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        var before = threads.getCurrentThreadAllocatedBytes();
        try {
            LinksOf.page(page.getBytes(UTF_8), null, "a.xhtml");
        } catch (UnreadableDocumentException e) {
            throw new AssertionError(e);
        }
        return Math.toIntExact((threads.getCurrentThreadAllocatedBytes() - before) / 1000);
    }

    /** The deadline of a run gives a page up by an interrupt; then no more time is spent on it. */
    @Test
    void givenUpPage_isNotReadToItsEnd() {
        for (var name : new String[] {"a.html", "a.xhtml", "a.md"}) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> LinksOf.page("<a href=x>x</a> [a](b)".getBytes(UTF_8), null, name))
                    .isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}

package dev.weft.cli.links;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlLinksTest {

    private static List<Link> links(String html) {
        return HtmlLinks.ofHtml(html).links();
    }

    private static List<String> texts(String html) {
        return links(html).stream().map(Link::text).toList();
    }

    @Test
    void page_givesItsLinks_inTheirOrder_withTheirLines() {
        var html = """
            <!doctype html>
            <html>
            <head>
              <title>a <a href=no></title>
              <link rel="stylesheet" href="style.css">
              <meta property="og:image" content="https://x.example/og.png">
              <script src="app.js">if (a < b) document.write('<a href="no">');</script>
            </head>
            <body>
              <p><a href="/one"><img src="one.png"
                 srcset="one-1.png 1x, one-2.png 2x"></a>
              <a
                 class="x"
                 href="/three">three</a>
              <!-- <a href="no">in a comment</a> -->
              <textarea><a href="no"></textarea>
            </body>
            </html>
            """;
        assertThat(links(html))
                .containsExactly(
                        new Link("style.css", 5),
                        new Link("https://x.example/og.png", 6),
                        new Link("app.js", 7),
                        new Link("/one", 10),
                        new Link("one.png", 10),
                        new Link("one-1.png", 11),
                        new Link("one-2.png", 11),
                        new Link("/three", 14));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a href=u>",
                "<map><area href=u></map>",
                "<audio src=u>",
                "<blockquote cite=u>",
                "<del cite=u>",
                "<embed src=u>",
                "<frameset><frame src=u></frameset>",
                "<iframe src=u></iframe>",
                "<img src=u>",
                "<input type=image src=u>",
                "<ins cite=u>",
                "<link rel=next href=u>",
                "<link rel='preconnect stylesheet' href=u>",
                "<link rel=preload imagesrcset='u 1x'>",
                "<object data=u></object>",
                "<q cite=u>",
                "<script src=u></script>",
                "<video><source src=u></video>",
                "<picture><source srcset='u'></picture>",
                "<video><track src=u></video>",
                "<video src=u>",
                "<video poster=u>",
                "<svg><a xlink:href=u></a></svg>",
                "<svg><image href=u /></svg>",
                "<svg><use xlink:href=u /></svg>",
                "<meta http-equiv=refresh content='0; url=u'>",
                "<meta http-equiv=Refresh content=\"5;URL='u'\">",
                "<meta http-equiv=refresh content='3,u'>",
                "<meta property=og:url content=u>",
                "<meta name=twitter:image content=u>",
                "<A HREF=u>",
                "<table><tr><td><a href=u></table>",
                "<table><a href=u></table>",
                "<div><table><b href=u><a href=u></div>",
                "<p><noscript><img src=u></noscript>",
                "<a href='u'",
                "<template><a href=u></template>",
                "<!-- x --!><a href=u>",
            })
    void element_thatLinks_counts(String html) {
        // a tag that is not closed is no tag, for browsers too
        assertThat(texts(html)).isEqualTo(html.endsWith("'") ? List.of() : List.of("u"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<form action=u>",
                "<button formaction=u>",
                "<a ping=u>",
                "<link rel=preconnect href=u>",
                "<link rel='DNS-Prefetch preconnect' href=u>",
                "<div style='background: url(u)'>",
                "<style>a { background: url(u) }</style>",
                "<style><a href=u></style>",
                "<script>var a = '<a href=u>'</script>",
                "<meta name=description content=u>",
                "<meta http-equiv=refresh content=5>",
                "<!-- <a href=u> -->",
                "<title><a href=u></title>",
                "<textarea><a href=u></textarea>",
                "http://example.org/ in the text",
            })
    void whatDoesNotLink_doesNotCount(String html) {
        assertThat(texts(html)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.png 1x, b.png 2x | a.png b.png",
                "a.png | a.png",
                " , a.png 100w,b.png 200w , | a.png b.png",
                "a,b.png 1x,c.png | a,b.png c.png",
                "a.png, b.png | a.png b.png",
                "a.png (x, y) 1x, b.png | a.png b.png",
                "data:image/png;base64,AA== 1x, b.png 2x | data:image/png;base64,AA== b.png",
            })
    void srcset_isReadAsBrowsersDo(String srcset, String urls) {
        assertThat(Srcset.urls(srcset)).containsExactly(urls.split(" "));
    }

    @Test
    void entities_areDecoded() {
        assertThat(texts("<a href='/x?a=1&amp;b=2&#38;c=&eacute;'>")).containsExactly("/x?a=1&b=2&c=é");
    }

    @Test
    void base_isTheFirstOne() {
        assertThat(HtmlLinks.ofHtml("<base target=_top><base href=/a/><base href=/b/>")
                        .base())
                .isEqualTo("/a/");
        assertThat(HtmlLinks.ofHtml("<a href=x>").base()).isNull();
    }

    @Test
    void linksThatAreNotClosed_countOnce_whereTheyStand() {
        assertThat(links("<p><a href=1>a\n<p>b<p>c\n<div><a href=2><div>d</a></div>\n"
                        + "<table><a href=3>in</table>\n<b><a href=4><p></b><p>x"))
                .containsExactly(new Link("1", 1), new Link("2", 3), new Link("3", 4), new Link("4", 5));
    }

    @Test
    void windowsLineEnds_areOneLineEach() {
        assertThat(links("<p>\r\n\r\n<a href=x>")).containsExactly(new Link("x", 3));
    }

    @Test
    void aHundredThousandLinks_areAllFound() {
        var html = IntStream.range(0, 100_000)
                .mapToObj(i -> "<p><a href=\"/" + i + "\">" + i + "</a>")
                .collect(Collectors.joining("\n"));
        var links = links(html);
        assertThat(links).hasSize(100_000);
        assertThat(links.getLast()).isEqualTo(new Link("/99999", 100_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<div>", "<b>", "<p><b>", "<table>", "<a>", "<a></p>", "<li><ul>", "<svg><g>", "<!--", "<"})
    void unclosedTags_withoutEnd_areSurvived(String tag) {
        assertThat(links("<a href=first>" + tag.repeat(5_000) + "--><a href=last>"))
                .extracting(Link::text)
                .startsWith("first")
                .doesNotHaveDuplicates();
    }

    @Test
    void xhtml_hasEmptyElementsThatHtmlHasNot() {
        var xhtml = """
            <?xml version="1.0"?>
            <html xmlns="http://www.w3.org/1999/xhtml"><head><script src="a.js"/>
            <base href="/b/" /></head>
            <body><a href="x"/><img src='y' /></body></html>
            """;
        assertThat(HtmlLinks.ofXhtml(xhtml))
                .isEqualTo(new PageLinks("/b/", List.of(new Link("a.js", 2), new Link("x", 4), new Link("y", 4))));
    }
}

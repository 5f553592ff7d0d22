package dev.weft.cli.links;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What kind of page it is, in which charset, and that no bytes at all are too much for it. */
class PageLinksTest {

    /** Tells by its links how it was read: HTML and XHTML have "h", Markdown has "m". */
    private static final String BOTH = "[m](m) <script src=h /><a href=x>";

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "text/html; charset=utf-8 | a.md | HTML",
                "TEXT/HTML | a | HTML",
                "application/xhtml+xml | a.html | XHTML",
                "text/markdown;variant=GFM | a.html | MARKDOWN",
                "text/x-markdown | a | MARKDOWN",
                "text/plain | https://x/README.md | MARKDOWN",
                "text/plain | https://x/a.html?raw=1.md#b.md | HTML",
                "application/octet-stream | a.markdown | MARKDOWN",
                "- | a.MD | MARKDOWN",
                "- | a.htm | HTML",
                "- | a.xhtml | XHTML",
                "- | a.txt | MARKDOWN",
                "- | - | MARKDOWN",
            })
    void kind_isByContentType_orBySuffix(String contentType, String name, PageKind kind) throws Exception {
        assertThat(PageKind.of(BOTH.getBytes(UTF_8), contentType, name == null ? "-" : name))
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<!DOCTYPE html><p> | HTML",
                "'  <!-- a --> <html>' | HTML",
                "<head><title> | HTML",
                "<?xml version='1.0'?><!DOCTYPE html><html xmlns='x'> | XHTML",
                "<div align=center># A README | MARKDOWN",
                "# A heading | MARKDOWN",
                "'' | MARKDOWN",
            })
    void kind_isByItsBeginning_ifNothingElseTells(String text, PageKind kind) throws Exception {
        assertThat(PageKind.of(text.getBytes(UTF_8), null, "stdin")).isEqualTo(kind);
        assertThat(PageKind.of(("\ufeff" + text).getBytes(UTF_8), null, "stdin"))
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "image/png | a | x | image/png, and neither HTML nor Markdown",
                "application/pdf | a.html | x | application/pdf",
                "- | a.md | '\0x' | no text",
                "- | a | '\0x' | no text",
                "application/xml | a | <?xml version='1.0'?><urlset> | --sitemap",
                "- | a | <!-- x --> <sitemapindex> | --sitemap",
            })
    void whatIsNoPage_isToldWhatItIs(String contentType, String name, String text, String why) {
        assertThatThrownBy(() -> LinksOf.page(text.getBytes(ISO_8859_1), contentType, name))
                .isInstanceOf(UnreadableDocumentException.class)
                .hasMessageStartingWith("is ")
                .hasMessageContaining(why);
    }

    @Test
    void compressed_isUnpacked_upToTheLimit() throws Exception {
        var page = SitemapTest.gzip("<a href=x>".getBytes(UTF_8));
        for (var name : new String[] {"a.html", "a.html.gz", "https://x/a.html.gz?b"}) {
            assertThat(LinksOf.page(page, "application/gzip", name).links()).containsExactly(new Link("x", 1));
        }
        var bomb = SitemapTest.gzip(new byte[PageLinks.MAX_BYTES + 1]);
        assertThatThrownBy(() -> LinksOf.page(bomb, "text/html", "a")).hasMessageContaining("more than 8 MiB");
        assertThatThrownBy(() -> LinksOf.page(java.util.Arrays.copyOf(page, 12), "text/html", "a"))
                .hasMessageContaining("cannot be unpacked");
    }

    // ---- charsets

    private static String only(byte[] bytes, String contentType) throws Exception {
        return LinksOf.page(bytes, contentType, "a.html").links().getFirst().text();
    }

    @Test
    void charset_isByHeader_markOrPage() throws Exception {
        var html = "<a href=caf\u00e9>";
        assertThat(only(html.getBytes(UTF_8), null)).isEqualTo("caf\u00e9");
        assertThat(only(html.getBytes(ISO_8859_1), "text/html;charset=\"iso-8859-1\""))
                .isEqualTo("caf\u00e9");
        assertThat(only(("\ufeff" + html).getBytes(UTF_16LE), "text/html;charset=iso-8859-1"))
                .isEqualTo("caf\u00e9");
        assertThat(only(("\ufeff" + html).getBytes(UTF_16BE), null)).isEqualTo("caf\u00e9");
        assertThat(only(("<meta charset=latin1>" + html).getBytes(ISO_8859_1), null))
                .isEqualTo("caf\u00e9");
        assertThat(only(
                        ("<meta http-equiv=Content-Type content='text/html; charset=windows-1252'>" + html)
                                .getBytes(ISO_8859_1),
                        "text/html"))
                .isEqualTo("caf\u00e9");
        assertThat(only(("<?xml version='1.0' encoding='iso-8859-1'?>" + html).getBytes(ISO_8859_1), null))
                .isEqualTo("caf\u00e9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"utf-8", "no-such-charset", "?!", "utf-16"})
    void charset_thatIsWrong_showsInTheLink_andNowhereElse(String charset) throws Exception {
        var html = "<meta charset='" + charset + "'><a href='caf\u00e9'><a href=next>";
        assertThat(LinksOf.page(html.getBytes(ISO_8859_1), "text/html", "x").links())
                .extracting(Link::text)
                .containsExactly("caf\ufffd", "next");
    }

    // ---- anything

    /** Pieces of pages, put together and cut at random. */
    private static byte[] mutation(Random random) {
        var pieces = new String[] {
            "<a href='x'>",
            "<",
            ">",
            "\"",
            "'",
            "<a href=\"",
            "</a>",
            "<table>",
            "<tr>",
            "<svg>",
            "<script src=",
            "]]>",
            "<![CDATA[",
            "<!--",
            "-->",
            "[a](b)",
            "[",
            "](",
            ")",
            "`",
            "```\n",
            "\n",
            "\r\n",
            "    ",
            "> ",
            "* ",
            "1. ",
            "[r]: x\n",
            "<urlset>",
            "<url>",
            "<loc>",
            "</loc>",
            "</url>",
            "<sitemapindex>",
            "<?xml version='1.0'?>",
            "&",
            "&amp;",
            "&x;",
            "&#0;",
            "&#xFFFFFFF;",
            "https://a.example/",
            "www.a.example",
            "http://",
            "#",
            "?",
            "%",
            "%4",
            "\\",
            "..",
            "/../",
            "<base href=",
            "<meta http-equiv=refresh content='0;url=",
            "<img srcset='a 1x,",
            ",",
            "(",
            "\0",
            "\ufffd",
            "\ufeff",
            "\ud800",
            "\u0131",
            "*",
            "**",
            "_",
            "<!DOCTYPE x [",
            "<!ENTITY x 'y'>",
            "]>",
            "~~~",
            "|",
            "---\n",
            "<template>",
            "<noscript>",
            "<select>",
            "<math>",
            "<plaintext>",
            "<xmp>",
            "<p>",
            "<b>",
            "</p>",
        };
        var text = new StringBuilder();
        for (var i = random.nextInt(40); i >= 0; i--) {
            text.append(pieces[random.nextInt(pieces.length)].repeat(random.nextInt(8) == 0 ? 20 : 1));
        }
        var bytes = text.toString().getBytes(random.nextInt(5) == 0 ? UTF_16LE : UTF_8);
        for (var i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    @Test
    void anyBytes_areReadOrRefused_inWords() {
        for (var seed = 0L; seed < 1_000; seed++) {
            var bytes = mutation(new Random(seed));
            for (var name : new String[] {"a.html", "a.xhtml", "a.md", "a"}) {
                assertThatCode(() -> readAsPage(bytes, name))
                        .as("%s of seed %d", name, seed)
                        .doesNotThrowAnyException();
            }
            assertThatCode(() -> readAsSitemap(bytes)).as("seed %d", seed).doesNotThrowAnyException();
        }
    }

    private static void readAsPage(byte[] bytes, String name) {
        try {
            var base = URI.create("https://a.example/b/");
            for (var link : LinksOf.page(bytes, null, name).links()) {
                assertThat(link.line()).isPositive();
                assertThat(LinkTarget.of(link.text(), base)).isNotNull();
                assertThat(LinkTarget.of(link.text(), null)).isNotNull();
            }
        } catch (UnreadableDocumentException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static void readAsSitemap(byte[] bytes) {
        try {
            assertThat(LinksOf.sitemap(bytes)).isNotNull();
        } catch (UnreadableDocumentException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}

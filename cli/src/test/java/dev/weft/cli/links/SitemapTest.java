package dev.weft.cli.links;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SitemapTest {

    private static final String URLSET = """
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- made by hand -->
        <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
                xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
          <url><loc>https://a.example/1</loc><lastmod>2026-01-01</lastmod></url>
          <url>
            <loc>
              https://a.example/2?a=1&amp;b=2
            </loc>
            <image:image><image:loc>https://a.example/no.png</image:loc></image:image>
          </url>
          <url><loc><![CDATA[https://a.example/3]]></loc></url>
        </urlset>
        """;

    private static Sitemap read(byte[] bytes) throws Exception {
        return Sitemap.read(new ByteArrayInputStream(bytes), _ -> true);
    }

    private static Sitemap read(String text) throws Exception {
        return read(text.getBytes(UTF_8));
    }

    static byte[] gzip(byte[] bytes) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    @Test
    void urlset_givesItsPages_withTheirLines() throws Exception {
        var sitemap = read(URLSET);
        assertThat(sitemap.isIndex()).isFalse();
        assertThat(sitemap.broken()).isNull();
        assertThat(sitemap.locations())
                .containsExactly(
                        new Link("https://a.example/1", 5),
                        new Link("https://a.example/2?a=1&b=2", 8),
                        new Link("https://a.example/3", 12));
    }

    @Test
    void index_givesItsSitemaps() throws Exception {
        var sitemap = read("""
            <sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
            <sitemap><loc>https://a.example/1.xml</loc></sitemap>
            <sitemap><loc>https://a.example/2.xml.gz</loc></sitemap>
            </sitemapindex>
            """);
        assertThat(sitemap.isIndex()).isTrue();
        assertThat(sitemap.locations())
                .containsExactly(new Link("https://a.example/1.xml", 2), new Link("https://a.example/2.xml.gz", 3));
    }

    @Test
    void compressed_isUnpacked() throws Exception {
        assertThat(read(gzip(URLSET.getBytes(UTF_8)))).isEqualTo(read(URLSET));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-8"})
    void byteOrderMark_tellsTheCharset(String charset) throws Exception {
        var text = "\ufeff" + URLSET.replace("UTF-8", charset.substring(0, charset.length() > 5 ? 6 : 5));
        assertThat(read(text.getBytes(charset)).locations()).hasSize(3);
    }

    @Test
    void blankLines_beforeTheDeclaration_areCounted() throws Exception {
        assertThat(read("\ufeff\n \n" + URLSET).locations().getFirst()).isEqualTo(new Link("https://a.example/1", 7));
        assertThat(read("\n\n" + URLSET.substring(0, 400)).broken()).startsWith("line ");
        assertThat(read("\n\nhttps://a.example/1").locations()).containsExactly(new Link("https://a.example/1", 3));
    }

    @Test
    void bytesThatAreNoText_showInTheUrl_andNowhereElse() throws Exception {
        var latin = "<urlset>\n<url><loc>https://a.example/\u00e9</loc></url></urlset>";
        assertThat(read(latin.getBytes(StandardCharsets.ISO_8859_1)).locations())
                .containsExactly(new Link("https://a.example/\ufffd", 2));
        assertThat(read(("<?xml version='1.0' encoding='iso-8859-1'?>" + latin).getBytes(StandardCharsets.ISO_8859_1))
                        .locations())
                .containsExactly(new Link("https://a.example/\u00e9", 2));
    }

    @Test
    void lines_areOneUrlEach() throws Exception {
        assertThat(read("\ufeffhttps://a.example/1\r\n\r\n  https://a.example/2 \nnonsense")
                        .locations())
                .containsExactly(
                        new Link("https://a.example/1", 1),
                        new Link("https://a.example/2", 3),
                        new Link("nonsense", 4));
        assertThat(read("").locations()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "# A page | neither XML",
                "<!doctype html><html><body></html> | a page: --links",
                "<rss></rss> | root element is <rss>",
                "<urlset | is no sitemap",
                "<a | is no sitemap",
                "'\u001f\u008b' | cannot be unpacked",
            })
    void whatIsNone_isToldWhatItIs(String text, String why) {
        assertThatThrownBy(() -> read(text.getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(UnreadableDocumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void whatBreaksInTheMiddle_keepsWhatWasRead_andSaysWhere() throws Exception {
        var sitemap = read(URLSET.substring(0, URLSET.indexOf("<loc>\n")));
        assertThat(sitemap.locations()).containsExactly(new Link("https://a.example/1", 5));
        assertThat(sitemap.broken()).startsWith("line 7: ");
        var packed = gzip(URLSET.repeat(1000).getBytes(UTF_8));
        assertThat(read(Arrays.copyOf(packed, packed.length / 2)).broken()).isNotNull();
    }

    // ---- hostile

    @Test
    void externalEntity_isNotRead(@TempDir Path folder) throws Exception {
        var secret = Files.writeString(folder.resolve("secret"), "https://a.example/secret");
        var sitemap = read("<!DOCTYPE urlset [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>\n"
                + "<urlset><url><loc>https://a.example/1</loc></url>\n<url><loc>&x;</loc></url></urlset>");
        assertThat(sitemap.locations()).containsExactly(new Link("https://a.example/1", 2));
        assertThat(sitemap.broken()).startsWith("line 3: ").contains("x");
    }

    @Test
    void externalDocumentType_isNotRead() throws Exception {
        var sitemap = read("<!DOCTYPE urlset SYSTEM \"http://127.0.0.1:1/never.dtd\">\n"
                + "<urlset><url><loc>https://a.example/1</loc></url></urlset>");
        assertThat(sitemap.locations()).containsExactly(new Link("https://a.example/1", 2));
        assertThat(sitemap.broken()).isNull();
    }

    @Test
    void billionLaughs_areNotLaughed() throws Exception {
        var entities = IntStream.rangeClosed(1, 9)
                .mapToObj(i -> "<!ENTITY l" + i + " \"" + ("&l" + (i - 1) + ";").repeat(10) + "\">")
                .collect(Collectors.joining("\n"));
        var sitemap = read("<!DOCTYPE urlset [<!ENTITY l0 \"ha\">" + entities + "]>\n"
                + "<urlset><url><loc>https://a.example/&l9;</loc></url></urlset>");
        assertThat(sitemap.locations()).isEmpty();
        assertThat(sitemap.broken()).contains("l9");
    }

    @Test
    void gzipBomb_endsAtTheLimit() throws Exception {
        var bomb = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bomb)) {
            out.write("<urlset><url><loc>https://a.example/1</loc></url>\n<!--".getBytes(UTF_8));
            var zeros = "0".repeat(1 << 20).getBytes(UTF_8);
            for (var i = 0; i < 60; i++) {
                out.write(zeros);
            }
        }
        assertThat(bomb.size()).isLessThan(100_000);
        var sitemap = read(bomb.toByteArray());
        assertThat(sitemap.locations()).containsExactly(new Link("https://a.example/1", 1));
        assertThat(sitemap.broken()).contains("more than 50 MiB");
    }

    @Test
    void endlessLine_endsAtTheLimit() throws Exception {
        var sitemap = read(gzip(("https://a.example/1\nhttps://" + "x".repeat(Sitemap.MAX_BYTES)).getBytes(UTF_8)));
        assertThat(sitemap.locations()).containsExactly(new Link("https://a.example/1", 1));
        assertThat(sitemap.broken()).contains("beyond line 1").contains("more than 50 MiB");
    }

    @Test
    void deepElements_endInAnError() throws Exception {
        var sitemap = read("<urlset>" + "<url>".repeat(100_000));
        assertThat(sitemap.locations()).isEmpty();
        assertThat(sitemap.broken()).isNotNull();
    }

    @Test
    void manyLocations_areAllRead() throws Exception {
        var text = IntStream.range(0, 30_000)
                .mapToObj(i -> "<url><loc>https://a.example/" + i + "</loc></url>")
                .collect(Collectors.joining("\n", "<urlset>", "</urlset>"));
        assertThat(read(text.getBytes(StandardCharsets.ISO_8859_1)).locations())
                .hasSize(30_000)
                .last()
                .isEqualTo(new Link("https://a.example/29999", 30_000));
    }
}

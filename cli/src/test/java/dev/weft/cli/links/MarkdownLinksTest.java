package dev.weft.cli.links;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownLinksTest {

    private static List<String> texts(String markdown) {
        return MarkdownLinks.of(markdown).links().stream().map(Link::text).toList();
    }

    @Test
    void page_givesItsLinks_inTheirOrder_withTheirLines() {
        var markdown = """
            # A [heading](h)

            Text with [an inline link](https://a.example/1 "title") and ![an image](i.png).
            [A link whose text
            has two lines](https://a.example/2) and a [reference][r], [again][R], [r] and [r][].

            - a list
              - in it <https://a.example/3> and
                bare https://a.example/4, with a comma

            > a quote with [![a badge](badge.svg)](https://a.example/5)
            > and <a
            > href="html">HTML</a>

            | a table | [cell](cell) |
            |---|---|
            | www.a.example | <img src="img.png"> |

            <div>
              <a href="block">in a block</a>
            </div>

            [r]: https://a.example/r?a&amp;b
            [unused]: <u u> "title"
            """;
        assertThat(MarkdownLinks.of(markdown).links())
                .containsExactly(
                        new Link("h", 1),
                        new Link("https://a.example/1", 3),
                        new Link("i.png", 3),
                        new Link("https://a.example/2", 5),
                        new Link("https://a.example/3", 8),
                        new Link("https://a.example/4", 9),
                        new Link("https://a.example/5", 11),
                        new Link("badge.svg", 11),
                        new Link("html", 13),
                        new Link("cell", 15),
                        new Link("http://www.a.example", 17),
                        new Link("img.png", 17),
                        new Link("block", 20),
                        new Link("https://a.example/r?a&b", 23),
                        new Link("u u", 24));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "`https://a.example/` and `[a](b)`",
                "```\nhttps://a.example/\n[a](b)\n```",
                "~~~ html\n<a href=x>\n~~~",
                "    [indented](code)\n",
                "<!-- [a](b) https://a.example/ <a href=x> -->",
                "text <!-- https://a.example/ --> text",
                "\\[a](b\\) and [a]\\(b)",
                "[undefined] and [a][undefined]",
                "[^1]: Wikipedia\n\ntext[^1]",
                "redis://a.example:6379, s3://bucket/key, x+y://z, xhttps://a.example and file:///etc/hosts",
            })
    void whatIsNoLink_doesNotCount(String markdown) {
        assertThat(texts(markdown)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[a](<b c>) | b c",
                "[a](b\\)c) | b)c",
                "[a](b(c)d) | b(c)d",
                "[a](/x?a=1&amp;b=2) | /x?a=1&b=2",
                "(see https://a.example/x_(y)) | https://a.example/x_(y)",
                "https://a.example/x. Then | https://a.example/x",
                "me@example.org | mailto:me@example.org",
                "git+https://a.example/x | https://a.example/x",
                "HTTPS://a.example/x | HTTPS://a.example/x",
                "<redis://a.example/> | redis://a.example/",
                "[redis](redis://a.example/) | redis://a.example/",
                "ftp://a.example/x | ftp://a.example/x",
                "![the [text](b) of ![an](c)](a) | a",
                "[^1]: https://a.example/ | https://a.example/",
                "[a]( <> ) | ''",
                "[]() | ''",
            })
    void link_isReadAsMarkdownSaysIt(String markdown, String link) {
        assertThat(texts(markdown)).containsExactly(link);
    }

    @Test
    void footnotes_haveTheLinksOfTheirText_whereTheyStand() {
        var markdown = """
            Text[^1] and[^2], [^3][^4].

            [^1]: [text](https://a.example/1).
            [^2]: ![image](i.png)
            [r]: r.md
            [^3]: https://a.example/3
            [^4]: `https://a.example/code`
            > [^n]: <https://a.example/n>

            [^5]:
            [two](lines.md)
            """;
        assertThat(MarkdownLinks.of(markdown).links().stream()
                        .map(link -> link.text() + " " + link.line() + ":" + link.column()))
                .containsExactly(
                        "https://a.example/1 3:7",
                        "i.png 4:7",
                        "r.md 5:1",
                        "https://a.example/3 6:7",
                        "https://a.example/n 8:9",
                        "lines.md 11:1");
    }

    @Test
    void bareUrls_inTables_endWithTheirCell() {
        var markdown = """
            |a|b|
            |-|:-:|
            |https://a.example/1|text|
            |www.a.example|https://a.example/2|
            |[x](https://a.example/3)|[y](b|c)|

            https://a.example/x|y
            """;
        assertThat(texts(markdown))
                .containsExactly(
                        "https://a.example/1",
                        "http://www.a.example",
                        "https://a.example/2",
                        "https://a.example/3",
                        "b|c",
                        "https://a.example/x|y");
    }

    @Test
    void windowsLineEnds_areOneLineEach() {
        assertThat(MarkdownLinks.of("a\r\n\r\n[b](c)\r\n\r\n[r]\r\n\r\n[r]: d\r\n")
                        .links())
                .containsExactly(new Link("c", 3), new Link("d", 7));
    }

    @Test
    void aHundredThousandLinks_areAllFound() {
        var markdown = IntStream.range(0, 50_000)
                .mapToObj(i -> "- [" + i + "](/" + i + ") https://a.example/" + i)
                .collect(Collectors.joining("\n"));
        var links = MarkdownLinks.of(markdown).links();
        assertThat(links).hasSize(100_000);
        assertThat(links.getLast()).isEqualTo(new Link("https://a.example/49999", 50_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"> ", "* ", ">", "1. "})
    void nestedWithoutEnd_isReadOnASmallStack(String quote) throws Exception {
        var bytes = ("[a](b)\n\n" + quote.repeat(60_000) + "a\n\n[c](d)").getBytes(StandardCharsets.UTF_8);
        var links = new AtomicReference<List<Link>>();
        // the C library may reuse a stack four times as large
        var reader = new Thread(null, () -> links.set(read(bytes)), "reader", 256 * 1024);
        reader.start();
        reader.join();
        assertThat(links.get()).extracting(Link::text).startsWith("b");
    }

    private static List<Link> read(byte[] bytes) {
        try {
            return LinksOf.page(bytes, null, "deep.md").links();
        } catch (UnreadableDocumentException e) {
            throw new AssertionError(e);
        }
    }
}

package dev.weft.cli.links;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The places in a page that a link can name. */
class AnchorsTest {

    private static Set<String> markdown(String text) throws UnreadableDocumentException {
        return LinksOf.page(text.getBytes(UTF_8), null, "page.md").anchors();
    }

    private static Set<String> html(String text) throws UnreadableDocumentException {
        return LinksOf.page(text.getBytes(UTF_8), null, "page.html").anchors();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "# Two words | two-words",
                "### What's new in 1.2? | whats-new-in-12",
                "# a_b and a-b | a_b-and-a-b",
                "# `weft fetch` & co. | weft-fetch--co",
                "# A [link](https://a.example/) here | a-link-here",
                "# *So* **very** ~~old~~ | so-very-old",
                "# \uD83D\uDE80 Launch | -launch",
                "# :rocket: Launch | rocket-launch",
                "# \u2764\uFE0F love | \uFE0F-love",
                "# \uD83D\uDC69\u200D\uD83D\uDCBB Development | \u200D-development",
                "# Überblick | überblick",
                "# 日本語 の題 | 日本語-の題",
                "# ![logo](a.png) Weft | -weft",
                "# <b>Bold</b> text | bold-text",
                "# a &amp; b | a--b",
                "# Closed ## | closed",
                "# C++ / C# | c--c",
            })
    void headings_areNamedAsOnGitHub(String heading, String anchor) throws Exception {
        assertThat(markdown(heading)).containsExactly(anchor);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "## Set up {#install} | install | set-up-install",
                "## Set up {#Install_it .wide key=value} | Install_it | set-up-install_it-wide-keyvalue",
                "## Set up {: .wide #install } | install | set-up--wide-install-",
            })
    void headings_thatNameThemselves_haveThatNameToo(String heading, String own, String byText) throws Exception {
        assertThat(markdown(heading)).containsExactlyInAnyOrder(own, byText);
    }

    @ParameterizedTest
    @ValueSource(strings = {"# {a}#b", "# {#}", "# {#a} b", "# {# a}"})
    void headings_withOtherBraces_nameNothing(String heading) throws Exception {
        assertThat(markdown(heading)).hasSize(1);
    }

    @Test
    void headingsOfOneName_areNumbered() throws Exception {
        assertThat(markdown("# A\n## a\n### A!\n")).containsExactlyInAnyOrder("a", "a-1", "a-2");
    }

    @Test
    void headings_whoseNamesLookNumbered_haveTheNamesOfBothRules() throws Exception {
        assertThat(markdown("# A\n# A\n# A-1\n# A\n")).containsExactlyInAnyOrder("a", "a-1", "a-1-1", "a-2");
        assertThat(markdown("# A-1\n# A\n# A\n")).containsExactlyInAnyOrder("a", "a-1", "a-2");
    }

    @Test
    @Timeout(20)
    void headings_thatAllLookNumbered_areNamedInTime() throws Exception {
        var page = new StringBuilder();
        for (var i = 1; i < 50_000; i++) {
            page.append("# A-").append(i).append('\n');
        }
        assertThat(markdown(page + "# A\n".repeat(50_000))).contains("a-49999", "a-99998");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "---\ntitle: x\nlink: '[a](b)'\n---\n",
                "---\r\n# a comment\r\ntitle: x\r\n...\r\n",
                "---\n\nlayout: page\ntags:\n  - '[a](b)'\n---\n",
                "+++\ntitle = '[a](b)'\n[extra]\nx = 1\n+++\n",
            })
    void frontMatter_hasNoLinks_andNoHeadings(String frontMatter) throws Exception {
        var page = LinksOf.page((frontMatter + "# Real\n[c](d)\n").getBytes(UTF_8), null, "page.md");
        assertThat(page.anchors()).containsExactly("real");
        assertThat(page.links()).singleElement().satisfies(link -> {
            assertThat(link.text()).isEqualTo("d");
            assertThat(link.line()).isEqualTo(frontMatter.lines().count() + 2);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "---\n[a](b)\n\n---\n",
                "---\ntitle: x\n[a](b)\n",
                "----\ntitle: x\n[a](b)\n---\n",
                "text\n\n---\ntitle: x\n[a](b)\n\n---\n",
            })
    void rules_areNoFrontMatter(String page) throws Exception {
        assertThat(LinksOf.page(page.getBytes(UTF_8), null, "page.md").links())
                .extracting(Link::text)
                .containsExactly("b");
    }

    @Test
    void underlinedHeadings_andThoseInQuotesAndLists_haveNames() throws Exception {
        assertThat(markdown("One\n===\n\nTwo words\n---\n\n> # Three\n\n- # Four\n"))
                .containsExactlyInAnyOrder("one", "two-words", "three", "four");
    }

    @Test
    void htmlInMarkdown_hasItsIds_andItsHeadings() throws Exception {
        assertThat(markdown("""
            <h1 align="center"><img src="x.png"> The <i>name</i></h1>

            text <a name="here"></a> and <span id="there"></span>

            <div id="block">
            x
            </div>

            ```
            # code
            <a id="code"></a>
            ```
            """)).containsExactlyInAnyOrder("the-name", "-the-name", "here", "there", "block");
    }

    @Test
    void html_hasIds_andNamesOfAnchors_only() throws Exception {
        assertThat(html("<title>x</title><meta name=no><h1 id=A>a</h1><a name='b c'>b</a><input name=no><p id=''>"))
                .containsExactlyInAnyOrder("A", "b c", "");
    }

    @Test
    void link_knowsItsColumn() throws Exception {
        var page = LinksOf.page("""
            # A

            text [a](b) and ![c](d)
            <p>
              <a href="e">x</a>

            [two
            lines](f) <https://g.example/>

            [r]: h
            """.getBytes(UTF_8), null, "page.md");
        assertThat(page.links().stream().map(link -> link.text() + " " + link.line() + ":" + link.column()))
                .containsExactly("b 3:6", "d 3:17", "e 5:6", "f 8:6", "https://g.example/ 8:11", "h 10:1");
    }
}

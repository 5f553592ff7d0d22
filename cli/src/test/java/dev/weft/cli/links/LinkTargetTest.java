package dev.weft.cli.links;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkTargetTest {

    private static final URI BASE = URI.create("http://a/b/c/d;p?q");

    /** The examples of RFC 3986, section 5.4, without their fragments. */
    @ParameterizedTest
    @CsvSource({
        "g, http://a/b/c/g",
        "./g, http://a/b/c/g",
        "g/, http://a/b/c/g/",
        "/g, http://a/g",
        "//g, http://g",
        "?y, http://a/b/c/d;p?y",
        "g?y, http://a/b/c/g?y",
        "g#s, http://a/b/c/g",
        "g?y#s, http://a/b/c/g?y",
        ";x, http://a/b/c/;x",
        "g;x, http://a/b/c/g;x",
        ".., http://a/b/",
        ".., http://a/b/",
        "., http://a/b/c/",
        "./, http://a/b/c/",
        "../, http://a/b/",
        "../g, http://a/b/g",
        "../.., http://a/",
        "../../, http://a/",
        "../../g, http://a/g",
        "../../../g, http://a/g",
        "/./g, http://a/g",
        "/../g, http://a/g",
        "g., http://a/b/c/g.",
        ".g, http://a/b/c/.g",
        "g.., http://a/b/c/g..",
        "..g, http://a/b/c/..g",
        "./../g, http://a/b/g",
        "./g/., http://a/b/c/g/",
        "g/./h, http://a/b/c/g/h",
        "g/../h, http://a/b/c/h",
        "g;x=1/../y, http://a/b/c/y",
        "g?y/../x, http://a/b/c/g?y/../x",
    })
    void relative_isResolvedAsTheStandardSays(String link, String url) {
        assertThat(LinkTarget.of(link, BASE)).isEqualTo(new LinkTarget.Web(url));
    }

    @ParameterizedTest
    @CsvSource({
        "http://x, g, http://x/g",
        "http://x, ?y, http://x/?y",
        "https://x:8443/a, //y/z, https://y/z",
        "https://x/a/, b, https://x/a/b",
        "https://x/a, b, https://x/b",
    })
    void base_isWhatItStandsAt(URI base, String link, String url) {
        assertThat(LinkTarget.of(link, base)).isEqualTo(new LinkTarget.Web(url));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://x/a b | https://x/a%20b",
                "https://x/é?ü | https://x/%C3%A9?%C3%BC",
                "https://x/100% | https://x/100%25",
                "https://x/%41%4g | https://x/%41%254g",
                "'https://x/{a}|b^c`\"<>' | https://x/%7Ba%7D%7Cb%5Ec%60%22%3C%3E",
                "https://x/a[1]?b[2]=3 | https://x/a%5B1%5D?b[2]=3",
                "HTTPS://X/ | https://X/",
                "https:\\\\x\\a\\b?c\\d | https://x/a/b?c%5Cd",
                "https://x/a/./b/../c | https://x/a/c",
                "https://[::1]:80/a | https://[::1]:80/a",
                "'https://x/a\n  b' | https://x/a%20%20b",
                "'  https://x/\t' | https://x/",
            })
    void absolute_isEscapedAsBrowsersDo(String link, String url) {
        assertThat(LinkTarget.of(link, BASE)).isEqualTo(new LinkTarget.Web(url));
        assertThat(LinkTarget.of(link, null)).isEqualTo(new LinkTarget.Web(url));
    }

    @ParameterizedTest
    @ValueSource(strings = {"#top", "", "  ", "#", "\n"})
    void fragmentAlone_isTheSamePage(String link) {
        assertThat(LinkTarget.of(link, BASE)).isEqualTo(new LinkTarget.SamePage());
        assertThat(LinkTarget.of(link, null)).isEqualTo(new LinkTarget.SamePage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mailto:a@b",
                "MAILTO:a@b",
                "tel:+1",
                "javascript:void(0)",
                "java\nscript:x",
                "data:,x",
                "sms:1",
                "ftp://x/y",
                "ssh://git@x/y",
                "vscode:extension/a.b"
            })
    void whatIsNotFetched_isElsewhere(String link) {
        assertThat(LinkTarget.of(link, BASE)).isEqualTo(new LinkTarget.Elsewhere());
    }

    @ParameterizedTest
    @ValueSource(strings = {"htp://x/", "gopher://x/y", "C:\\x", "http:x", "https:", "http://"})
    void whatNobodyKnows_isLeftAsItIs_toBeToldOf(String link) {
        assertThat(LinkTarget.of(link, BASE)).isEqualTo(new LinkTarget.Web(link));
    }

    @Test
    void withoutABase_onlyTheSchemeOrTheHostHelps() {
        assertThat(LinkTarget.of("docs/a.md", null)).isEqualTo(new LinkTarget.Relative("docs/a.md"));
        assertThat(LinkTarget.of("/a", null)).isEqualTo(new LinkTarget.Relative("/a"));
        assertThat(LinkTarget.of("?a", null)).isEqualTo(new LinkTarget.Relative("?a"));
        assertThat(LinkTarget.of("//cdn.example/a", null)).isEqualTo(new LinkTarget.Web("https://cdn.example/a"));
    }
}

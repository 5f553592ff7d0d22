package dev.weft.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlTextTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "http://example.org, http://example.org/",
                "HTTP://Example.ORG:80/A?b=C#d, http://example.org/A?b=C",
                "https://example.org:443/, https://example.org/",
                "https://example.org:8443/x, https://example.org:8443/x",
                "http://[::1]:8080/x, http://[::1]:8080/x",
                "http://127.0.0.1/?q, http://127.0.0.1/?q",
                "http://example.org/a%20b, http://example.org/a%20b",
                "http://example.org/ä, http://example.org/%C3%A4",
                "http://bücher.example/x, http://xn--bcher-kva.example/x",
                "http://bücher.example:81/x, http://xn--bcher-kva.example:81/x",
                // in Unicode only since 6.0
                "http://\uD83D\uDCA9.example/, http://xn--ls8h.example/",
            })
    void parse_ofAUrl_givesTheRequestThatItMeans(String text, String uri) {
        assertThat(UrlText.parse(text)).isEqualTo(new UrlText.Url(URI.create(uri)));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "example.org/page, no scheme: write https://example.org/page",
                "//example.org/page, no scheme: write https://example.org/page",
                "localhost:8080/x, no scheme: write https://localhost:8080/x",
                "ftp://example.org/, cannot fetch ftp: only http and https",
                "mailto:me@example.org, cannot fetch mailto",
                "http:/path, no host",
                "http://, no host",
                "http:x, no host",
                "http://h:0000/, there is no port 0000",
                "\" \", is empty",
                "http://a b/, write one URL a line",
                "http://ex%41mple.org/, is no host name",
                "http://straße.example/, 'ß' in a host name has had two meanings",
                "http://stra\u1E9Ee.example/, write the name in ASCII",
                "http://a\u200Db.example/, write the name in ASCII",
                "http://example.org:0/, there is no port 0",
                "http://example.org:99999/, there is no port 99999",
            })
    void parse_ofSomethingElse_saysWhatIsWrong(String text, String why) {
        assertThat(UrlText.parse(text))
                .isInstanceOfSatisfying(
                        UrlText.NoUrl.class, none -> assertThat(none.why()).contains(why));
    }

    @Test
    void parse_escapesWhatABrowserEscapes_inEveryPlace() {
        for (var c = 0; c < 0x120; c++) {
            var text = Character.toString(c);
            if ("#?/\\%\t\n\r".contains(text)) {
                continue;
            }
            var isPlain =
                    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@".contains(text);
            var inPath = isPlain ? text : UrlSyntax.escaped(c);
            var inQuery = "[]".contains(text) ? text : inPath;
            var expected = new UrlText.Url(URI.create("http://h/x" + inPath + "y?x" + inQuery + "y"));
            assertThat(UrlText.parse("http://h/x" + text + "y?x" + text + "y"))
                    .as("U+%04X", c)
                    .isEqualTo(expected);
            for (var location : new String[] {"/", "http://h/", "//h/"}) {
                assertThat(UrlText.resolve(URI.create("http://h/z"), location + "x" + text + "y?x" + text + "y"))
                        .as("U+%04X", c)
                        .isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "http://h/100%, http://h/100%25",
                "http://h/%4g%41?50%, http://h/%254g%41?50%25",
                "http://h/a b , http://h/a%20b",
                "http://h/a\\b?c\\d, http://h/a/b?c%5Cd",
                "http:\\\\h\\a, http://h/a",
                "http://h/e\u0301, http://h/e%CC%81",
                "http://a_b.example:81/, http://a_b.example:81/",
                "http://_dmarc/x, http://_dmarc/x",
                "http://h?q, http://h/?q",
                "http://h/a/../b/./c, http://h/b/c",
                "http://h:/, http://h/",
                "http://h:00081/, http://h:81/",
                "http://[FE80::1%25Eth0]:81/, http://[fe80::1%Eth0]:81/",
                "http://[fe80::1%eth0]/, http://[fe80::1%eth0]/",
            })
    void parse_isAsLenientAsABrowser(String text, String uri) {
        var unescaped = text.replace("\\u0301", "\u0301");
        assertThat(UrlText.parse(unescaped)).isEqualTo(new UrlText.Url(URI.create(uri)));
        assertThat(UrlText.resolve(URI.create("http://x/"), unescaped)).isEqualTo(new UrlText.Url(URI.create(uri)));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "http://h/a http://h/b, has a second URL",
                "http://h/a\thttp://h/b, has a tab",
                "http://h/\ufffd, lost where it was read",
                "http://h/\ud800x, lost where it was read",
                "http://1.2.3/, is no host name",
                "http://256.1.1.1/, is no host name",
                "http://[::1/, is no host name",
                "http://a..b/, is no host name",
                "http://h:8x/, is no host name",
                "http://me:s/ecret@h/, in a password",
            })
    void parse_refusesWhatNoBrowserTakes(String text, String why) {
        var unescaped = text.replace("\\t", "\t").replace("\\ufffd", "\ufffd").replace("\\ud800", "\ud800");
        assertThat(UrlText.parse(unescaped))
                .isInstanceOfSatisfying(
                        UrlText.NoUrl.class,
                        none -> assertThat(none.why()).contains(why).doesNotContain("ecret"));
    }

    @Test
    void login_isKeptApart_andNotShown() {
        var url = (UrlText.Url) UrlText.parse("http://me:s%40cret@example.org/x");
        assertThat(url).isEqualTo(new UrlText.Url(URI.create("http://example.org/x"), "me:s%40cret"));
        assertThat(url.toString()).doesNotContain("cret");
    }

    @ParameterizedTest
    @CsvSource({"/s\u00c3\u00a9, /sé", "/s\u00e9, /s%E9", "/plain, /plain"})
    void ofHeader_readsTheBytesThatTheServerSent(String value, String text) {
        var bytes = value.replace("\\u00c3\\u00a9", "\u00c3\u00a9").replace("\\u00e9", "\u00e9");
        assertThat(UrlText.ofHeader(bytes)).isEqualTo(text);
    }

    @Test
    void parse_ofSomethingVeryLong_isRefused() {
        assertThat(UrlText.parse("http://example.org/" + "x".repeat(20_000)))
                .isInstanceOfSatisfying(
                        UrlText.NoUrl.class, none -> assertThat(none.why()).contains("longer than"));
    }

    @ParameterizedTest
    @CsvSource({
        "/b, http://example.org/b",
        "c?d, http://example.org/a/c?d",
        "https://other.example, https://other.example/",
        "//o.example/x, http://o.example/x",
        "?p=2, http://example.org/a/x?p=2",
        "'', http://example.org/a/x?q",
        "#top, http://example.org/a/x?q",
        "../b, http://example.org/b",
        "../../../b/../c, http://example.org/c",
        "../.., http://example.org/",
        "../..b, http://example.org/..b"
    })
    void resolve_ofALocation_isRelativeToTheUrl(String location, String uri) {
        assertThat(UrlText.resolve(URI.create("http://example.org/a/x?q"), location))
                .isEqualTo(new UrlText.Url(URI.create(uri)));
    }

    @ParameterizedTest
    @CsvSource({
        "http://a.example/, a.example:80",
        "https://a.example/, a.example:443",
        "http://a.example:81/, a.example:81"
    })
    void hostKey_ofAUrl_hasThePort(URI uri, String key) {
        assertThat(UrlText.hostKey(uri)).isEqualTo(key);
    }
}

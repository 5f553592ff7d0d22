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
                "http://example.org/a b, write one URL a line",
                "http://a b/, write one URL a line",
                "http://example.org/[x], must be written %5B",
                "http://a_b.example/, is no host name",
                "http://ex%41mple.org/, is no host name",
                "http://example.org:0/, there is no port 0",
                "http://example.org:99999/, there is no port 99999",
                "http://me:secret@example.org/, has a user name in it",
            })
    void parse_ofSomethingElse_saysWhatIsWrong(String text, String why) {
        assertThat(UrlText.parse(text))
                .isInstanceOfSatisfying(
                        UrlText.NoUrl.class, none -> assertThat(none.why()).contains(why));
    }

    @Test
    void parse_ofControlCharacters_namesThemInsteadOfPrintingThem() {
        assertThat(UrlText.parse("http://example.org/\u001b[2J"))
                .isInstanceOfSatisfying(
                        UrlText.NoUrl.class,
                        none -> assertThat(none.why()).contains("U+001B").doesNotContain("\u001b"));
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

package dev.weft.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which cookie goes where. */
class CookieJarTest {

    private final CookieJar jar = new CookieJar();

    private void set(String url, String... cookies) throws Exception {
        jar.put(URI.create(url), Map.of("Set-Cookie", List.of(cookies)));
    }

    private String sent(String url) throws Exception {
        return String.join("; ", jar.get(URI.create(url), Map.of()).getOrDefault("Cookie", List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "/path,  /path,           true",
        "/path,  /path/,          true",
        "/path,  /path/below,     true",
        "/path,  /path?query,     true",
        "/path,  /pathology,      false",
        "/path,  /path.html,      false",
        "/path/, /path/below,     true",
        "/path/, /path,           false",
        "/,      /anything,       true",
        "/path,  /,               false",
        "/path,  /other/path,     false",
    })
    void path_isMatchedBySegments(String path, String to, boolean goes) throws Exception {
        set("http://a.example/", "a=1; Path=" + path);
        assertThat(sent("http://a.example" + to)).isEqualTo(goes ? "a=1" : "");
    }

    @ParameterizedTest
    @CsvSource({
        "http://a.co.uk/,        Domain=co.uk,        http://b.co.uk/",
        "http://a.github.io/,    Domain=github.io,    http://b.github.io/",
        "http://a.github.io/,    Domain=.github.io,   http://b.github.io/",
        "http://a.example/,      Domain=example,      http://b.example/",
        "http://a.s3.example.com/, Domain=s3.example.com, http://b.s3.example.com/",
        "http://a.example.com/,  Domain=example.com,  http://example.com/",
        "http://127.0.0.1/,      Domain=0.0.1,        http://10.0.0.1/",
        "http://evil.example/,   Domain=bank.example, http://bank.example/",
    })
    void cookie_neverGoesToAnotherHost(String from, String domain, String other) throws Exception {
        set(from, "a=1; Path=/; " + domain);
        assertThat(sent(other)).isEmpty();
    }

    @Test
    void cookie_goesBackToItsHost_withItsDomainOrWithout() throws Exception {
        set("http://a.example.com/", "a=1; Domain=example.com", "b=2", "c=3; Domain=a.example.com");
        assertThat(sent("http://A.example.com/")).isEqualTo("a=1; b=2; c=3");
        set("http://a.example.com/", "d=4; Domain=b.example.com", "e=5; Domain=ample.com");
        assertThat(sent("http://a.example.com/")).doesNotContain("d=", "e=");
    }

    @Test
    void secureCookie_goesOverHttpsOnly_andIsNeitherSetNorReplacedFromHttp() throws Exception {
        set(
                "https://a.example/",
                "a=1; Secure",
                "__Host-b=2; Secure; Path=/",
                "__Host-c=3; Secure; Path=/; Domain=a.example");
        assertThat(sent("http://a.example/")).isEmpty();
        set("http://a.example/", "a=evil", "d=4; Secure", "__Secure-e=5");
        assertThat(sent("https://a.example/")).isEqualTo("a=1; __Host-b=2");
    }

    @Test
    void cookie_isReplaced_orTakenAway() throws Exception {
        set("http://a.example/", "a=1", "b=1; Max-Age=3600", "c=1; Expires=Thu, 01 Jan 2099 00:00:00 GMT");
        set("http://a.example/", "a=2", "b=; Max-Age=0", "c=; Expires=Thu, 01-Jan-1970 00:00:00 GMT");
        assertThat(sent("http://a.example/")).isEqualTo("a=2");
    }

    @Test
    void flood_isLimited_andNonsenseIgnored() throws Exception {
        set("http://a.example/", "a=\u001b[2J", "=", "", ";", "x", "b=" + "x".repeat(5000), "c=1\r\nd: 2");
        assertThat(sent("http://a.example/")).isEmpty();
        set(
                "http://a.example/",
                IntStream.range(0, 10_000).mapToObj(i -> "a" + i + "=1").toArray(String[]::new));
        assertThat(sent("http://a.example/").split(";")).hasSizeLessThanOrEqualTo(50);
    }
}

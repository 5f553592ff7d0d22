package dev.weft.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectsTest {

    private static final URI A = URI.create("http://a.example/");

    private final Redirects redirects = new Redirects(A, 10);

    @Test
    void after_anAnswerThatIsNoRedirect_isDone() {
        assertThat(redirects.after(A, 200, "/b", "GET")).isEqualTo(new Redirects.Done());
        assertThat(redirects.after(A, 302, null, "GET")).isEqualTo(new Redirects.Done());
        assertThat(redirects.after(A, 302, " ", "GET")).isEqualTo(new Redirects.Done());
        assertThat(redirects.after(A, 304, "/b", "GET")).isEqualTo(new Redirects.Done());
    }

    @ParameterizedTest
    @CsvSource({
        "301, GET, GET",
        "301, POST, GET",
        "302, POST, GET",
        "302, PUT, PUT",
        "303, PUT, GET",
        "303, HEAD, HEAD",
        "307, POST, POST",
        "308, POST, POST",
        "301, HEAD, HEAD"
    })
    void after_aRedirect_asksThereWithTheRightMethod(int status, String method, String next) {
        assertThat(redirects.after(A, status, "/b", method))
                .isEqualTo(new Redirects.Follow(URI.create("http://a.example/b"), next, null));
    }

    @Test
    void after_aLoop_refusesAndNamesIt() {
        assertThat(redirects.after(A, 302, "/b", "GET")).isInstanceOf(Redirects.Follow.class);
        assertThat(redirects.after(A.resolve("/b"), 302, "http://A.example:80", "GET"))
                .isEqualTo(new Redirects.Refuse("redirect loop: back to http://a.example/"));
    }

    @Test
    void after_tenRedirects_refusesTheNext() {
        for (var i = 1; i <= 10; i++) {
            assertThat(redirects.after(A, 302, "/" + i, "GET"))
                    .as("number %d", i)
                    .isInstanceOf(Redirects.Follow.class);
        }
        assertThat(redirects.after(A, 302, "/x", "GET"))
                .isEqualTo(new Redirects.Refuse("more than 10 redirects (--max-redirects)"));
    }

    @Test
    void after_aStepDownFromHttps_refuses() {
        var secure = URI.create("https://a.example/");
        assertThat(new Redirects(secure, 10).after(secure, 302, "http://a.example/", "GET"))
                .isInstanceOfSatisfying(
                        Redirects.Refuse.class,
                        refuse -> assertThat(refuse.why()).contains("not followed"));
        assertThat(redirects.after(A, 302, "https://a.example/", "GET")).isInstanceOf(Redirects.Follow.class);
    }

    @Test
    void after_aLocationThatIsNoUrl_refusesAndSaysWhy() {
        assertThat(redirects.after(A, 302, "ftp://a.example/", "GET"))
                .isInstanceOfSatisfying(
                        Redirects.Refuse.class,
                        refuse -> assertThat(refuse.why()).contains("cannot fetch ftp"));
    }

    @Test
    void after_aFormThatLeadsToItsOwnPage_asksForThatPageOnce() {
        assertThat(redirects.after(A, 303, A.toString(), "POST")).isEqualTo(new Redirects.Follow(A, "GET", null));
        assertThat(redirects.after(A, 303, A.toString(), "GET"))
                .isEqualTo(new Redirects.Refuse("redirect loop: back to " + A));
    }

    @Test
    void sameOrigin_isSchemeHostAndPort() {
        assertThat(redirects.isSameOrigin(URI.create("http://a.example:80/x"))).isTrue();
        assertThat(redirects.isSameOrigin(URI.create("http://a.example:81/x"))).isFalse();
        assertThat(redirects.isSameOrigin(URI.create("https://a.example/x"))).isFalse();
        assertThat(redirects.isSameOrigin(URI.create("http://b.example/x"))).isFalse();
    }
}

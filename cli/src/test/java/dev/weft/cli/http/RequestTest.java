package dev.weft.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestTest {

    private static final URI URL = URI.create("http://a.example/");

    @Test
    void credentials_stayWithTheirServer() {
        var request = new Request(
                "GET",
                List.of(
                        new Request.Header("authorization", "x"),
                        new Request.Header("Cookie", "y"),
                        new Request.Header("Accept", "z")),
                false);
        assertThat(request.to(URL, true, null).headers().map()).containsKeys("authorization", "Cookie", "Accept");
        assertThat(request.to(URL, false, null).headers().map())
                .containsKey("Accept")
                .doesNotContainKeys("authorization", "Cookie");
    }

    @Test
    void version_isByScheme() {
        var request = new Request("GET", List.of(), false);
        assertThat(request.to(URL, true, null).version()).contains(HttpClient.Version.HTTP_1_1);
        assertThat(request.to(URI.create("https://a.example/"), true, null).version())
                .contains(HttpClient.Version.HTTP_2);
    }

    @Test
    void zoneOfAnAddress_isNotSent() {
        var uri = URI.create("http://[fe80::1%eth0]:81/x");
        assertThat(new Request("GET", List.of(), false)
                        .to(uri, true, null)
                        .headers()
                        .firstValue("Host"))
                .contains("[fe80::1]:81");
    }

    @Test
    void userAgent_isOursUnlessGiven() {
        assertThat(new Request("GET", List.of(), false)
                        .to(URL, true, null)
                        .headers()
                        .firstValue("User-Agent"))
                .hasValueSatisfying(agent -> assertThat(agent).startsWith("weft/"));
        assertThat(new Request("GET", List.of(new Request.Header("user-agent", "me")), false)
                        .to(URL, true, null)
                        .headers()
                        .allValues("User-Agent"))
                .containsExactly("me");
    }
}

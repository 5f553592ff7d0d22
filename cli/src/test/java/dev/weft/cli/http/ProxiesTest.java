package dev.weft.cli.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {

    private static final URI HTTP = URI.create("http://a.example/");
    private static final URI HTTPS = URI.create("https://a.example/");

    @Test
    void option_isForAll_andComesBeforeTheEnvironment() {
        var proxies = Proxies.of("http://p:81", null, Map.of("http_proxy", "http://q:82"));
        assertThat(proxies.of(HTTP)).isEqualTo(new Proxies.ProxyServer("p", 81, null));
        assertThat(proxies.of(HTTPS)).isEqualTo(new Proxies.ProxyServer("p", 81, null));
        assertThat(Proxies.of("", null, Map.of("http_proxy", "http://q:82")).isEmpty())
                .isTrue();
    }

    @Test
    void environment_isByScheme_asForCurl() {
        var both = Proxies.of(null, null, Map.of("http_proxy", "p:1", "HTTPS_PROXY", "q:2"));
        assertThat(both.of(HTTP)).isEqualTo(new Proxies.ProxyServer("p", 1, null));
        assertThat(both.of(HTTPS)).isEqualTo(new Proxies.ProxyServer("q", 2, null));
        var all = Proxies.of(null, null, Map.of("all_proxy", "p:1", "https_proxy", "q:2"));
        assertThat(all.of(HTTP)).isEqualTo(new Proxies.ProxyServer("p", 1, null));
        assertThat(all.of(HTTPS)).isEqualTo(new Proxies.ProxyServer("q", 2, null));
        assertThat(Proxies.of(null, null, Map.of("HTTP_PROXY", "p:1")).isEmpty())
                .as("may come from a request's header")
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.example | true",
                "example | true",
                ".example | true",
                "*.example | true",
                "A.EXAMPLE | true",
                "a.example:80 | true",
                "a.example:81 | false",
                "b.example, example | true",
                "b.example a.example | true",
                "ample | false",
                "* | true",
            })
    void exceptions_areHostsAndDomains(String exceptions, boolean direct) {
        assertThat(Proxies.of("p:1", exceptions, Map.of()).of(HTTP) == null).isEqualTo(direct);
        assertThat(Proxies.of("p:1", null, Map.of("no_proxy", exceptions)).of(HTTP) == null)
                .isEqualTo(direct);
    }

    @Test
    void credentials_areDecoded() {
        assertThat(Proxies.parse("http://me:p%40ss+word@p:1"))
                .isEqualTo(new Proxies.ProxyServer("p", 1, "me:p@ss+word"));
        assertThat(Proxies.parse("[::1]:3128")).isEqualTo(new Proxies.ProxyServer("::1", 3128, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"socks5://p:1", "https://p:1", "http://", "p:0", "p:70000", "a b"})
    void somethingElse_isRefused_withARemedy(String text) {
        assertThatThrownBy(() -> Proxies.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("http://host:port");
    }

    @Test
    void refusal_namesTheVariable_andKeepsThePasswordToItself() {
        assertThatThrownBy(() -> Proxies.of(null, null, Map.of("http_proxy", "socks5://me:secret@p:1")))
                .hasMessageContaining("http_proxy")
                .hasMessageContaining("--proxy ''")
                .message()
                .doesNotContain("secret");
    }
}

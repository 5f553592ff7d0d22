package dev.weft.cli.keep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.text.UrlText;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNamesTest {

    @ParameterizedTest
    @CsvSource({
        "http://a.example/, a.example/index~",
        "http://a.example/docs/guide.html, a.example/docs_guide~",
        "http://a.example:8080/x?q=1, a.example_8080/x~",
        "http://[::1]:8080/x, _::1__8080/x~",
    })
    void name_canBeRead(String url, String beginning) {
        assertThat(FileNames.of(URI.create(url))).startsWith(beginning.replace(':', '_'));
    }

    @Test
    void name_keepsItsSuffix_ifItIsOne() {
        assertThat(FileNames.of(URI.create("http://a/docs/guide.HTML"))).endsWith(".html");
        assertThat(FileNames.of(URI.create("http://a/x.tar.gz")))
                .contains("x.tar~")
                .endsWith(".gz");
        assertThat(FileNames.of(URI.create("http://a/x.y/z")))
                .doesNotContain(".y/")
                .matches("a/x\\.y_z~[0-9a-f]{16}");
        assertThat(FileNames.of(URI.create("http://a/x.a%2Fb"))).matches("a/[^/]*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://a/../../etc/passwd",
                "http://a/..%2f..%2fetc/passwd",
                "http://a/%2e%2e/%2e%2e/x",
                "http://a//etc/passwd",
                "http://a/.ssh/authorized_keys",
                "http://a/..",
                "http://a/a%00b",
                "http://a/C:%5Cx",
                "http://a/CON",
                "http://../x",
                "http://a/.weft-parts-1/lock",
                "http://a/-rf",
                "http://a/--output=x",
            })
    void name_staysInItsFolder(String url) {
        var folder = Path.of("/folder");
        var file = folder.resolve(FileNames.of(URI.create(url))).normalize();
        assertThat(file.startsWith(folder)).isTrue();
        assertThat(file.getNameCount()).isEqualTo(3);
        assertThat(FileNames.of(URI.create(url)).split("/", -1))
                .allSatisfy(part -> assertThat(part).matches("[A-Za-z0-9_][A-Za-z0-9._~-]*"));
    }

    @Test
    void name_ofALongUrl_isShort() {
        assertThat(FileNames.of(URI.create("http://a/" + "x".repeat(10_000)))).hasSizeLessThan(120);
        assertThat(FileNames.of(URI.create("http://" + "x.".repeat(120) + "y/")))
                .hasSizeLessThan(200);
    }

    @Test
    void name_isForOneUrlAlone_andAlwaysTheSame() {
        var urls = new String[] {
            "http://a/",
            "http://a/index",
            "http://a/a",
            "http://a/A",
            "http://a/a/",
            "http://a/a?",
            "http://a/a?b",
            "http://a/a_b",
            "http://a/a/b",
            "http://a/a%2Fb",
            "http://a:81/a",
            "https://a/a",
            "http://a_81/a"
        };
        var names = new HashSet<String>();
        for (var url : urls) {
            assertThat(names.add(FileNames.of(URI.create(url)).toLowerCase(java.util.Locale.ROOT)))
                    .as(url)
                    .isTrue();
        }
        assertThat(FileNames.of(URI.create("http://a/a"))).isEqualTo(FileNames.of(URI.create("http://a/a")));
        var random = new Random(1);
        for (var i = 0; i < 100_000; i++) {
            assertThat(names.add(FileNames.of(URI.create("http://a/" + Long.toString(random.nextLong(), 36)))))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://nul./, _nul_",
        "http://NUL/, _nul",
        "http://nul.example/, _nul.example",
        "http://com1:81/, com1_81",
        "http://lpt9.x.y/, _lpt9.x.y",
        "http://con/, _con",
        "http://conference.example/, conference.example",
        "http://a.example./, a.example_",
        "http://a_b/, a_b",
        "http://a_b:81/, a_b_81",
    })
    void folder_hasNoNameThatWindowsTakesForADevice(String url, String folder) {
        var uri = ((UrlText.Url) UrlText.parse(url)).uri();
        assertThat(FileNames.name(uri).folder()).isEqualTo(folder);
    }
}

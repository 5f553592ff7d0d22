package dev.weft.cli;

import static dev.weft.cli.Ran.weft;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code weft check --cache}. */
class CheckCacheTest {

    @TempDir
    Path folder;

    private PageServer server;
    private Path cache;

    @BeforeEach
    void open() throws IOException {
        cache = folder.resolve("links.cache");
        server = new PageServer().with("/ok", "text/plain", "ok").with("/page", "text/html", "<h1 id=here>x</h1>");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String page(String text) throws IOException {
        return Files.writeString(folder.resolve("page.md"), text.replace("@", server.url("")))
                .toString();
    }

    private Ran check(String... arguments) {
        var all = new ArrayList<>(List.of("check", "--no-config", "--format", "ndjson", "--cache", cache.toString()));
        all.addAll(List.of(arguments));
        return weft(all.toArray(String[]::new));
    }

    @Test
    void whatWasOk_isNotAskedForAgain_andWhatWasNotIs() throws Exception {
        var page = page("[a](@/ok) [b](@/gone)");
        assertThat(check(page).summary()).containsEntry("cached", 0L).containsEntry("urls", 2L);
        var again = check(page);
        assertThat(again.summary()).containsEntry("cached", 1L).containsEntry("urls", 1L);
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.out()).contains("\"link\":\"" + server.url("/ok") + "\",\"outcome\":\"ok\"", "from the cache");
        assertThat(server.requests()).containsOnlyOnce("HEAD /ok");
    }

    @Test
    void whatIsTooOld_isAskedForAgain() throws Exception {
        var page = page("[a](@/ok)");
        check(page);
        var text = Files.readString(cache).replaceFirst("\"at\":\"[^\"]*\"", "\"at\":\"2020-01-01T00:00:00Z\"");
        Files.writeString(cache, text);
        assertThat(check(page).summary()).containsEntry("cached", 0L);
        assertThat(check(page).summary()).containsEntry("cached", 1L);
        assertThat(check("--max-age", "1ms", page).summary()).containsEntry("cached", 0L);
        Files.writeString(cache, text.replace("2020", "2999"));
        assertThat(check(page).summary()).as("from the future").containsEntry("cached", 0L);
    }

    @Test
    void placeThatIsNotInTheCache_isLookedFor() throws Exception {
        check(page("[a](@/page)"));
        assertThat(check("--fragments", "all", page("[a](@/page#here)")).summary())
                .containsEntry("cached", 0L);
        assertThat(check("--fragments", "all", page("[a](@/page#here)")).summary())
                .containsEntry("cached", 1L);
        var gone = check("--fragments", "all", page("[a](@/page#gone)"));
        assertThat(gone.exitCode()).isEqualTo(1);
        assertThat(check("--fragments", "all", page("[a](@/page#gone)")).exitCode())
                .isEqualTo(1);
    }

    @Test
    void lineThatCannotBeRead_isSaid_andLeftOut() throws Exception {
        var page = page("[a](@/ok)");
        check(page);
        Files.writeString(cache, Files.readString(cache) + "garbage\n{\"uri\":\"x\n[[[[\n");
        var ran = check(page);
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.err()).contains("3 lines cannot be read");
        assertThat(ran.summary()).containsEntry("cached", 1L);
        assertThat(Files.readString(cache)).doesNotContain("garbage");
    }

    @Test
    void fileThatIsNoCache_isLeftAsItIs() throws Exception {
        var page = page("[a](@/ok)");
        Files.writeString(cache, "my notes\n");
        var ran = check(page);
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("is not a cache of weft check, and is left as it is");
        assertThat(Files.readString(cache)).isEqualTo("my notes\n");
        Files.write(cache, new byte[] {0, 1, 2, (byte) 0xff});
        assertThat(check(page).exitCode()).isEqualTo(2);
        Files.write(cache, new byte[0]);
        assertThat(check(page).exitCode()).as("an empty one is new").isZero();
    }

    @Test
    void passwords_areNotKept() throws Exception {
        var withLogin = server.url("/ok").replace("://", "://me:geheim@");
        check(Files.writeString(folder.resolve("login.md"), "[a](" + withLogin + ")")
                .toString());
        assertThat(Files.readString(cache)).contains("/ok").doesNotContain("geheim");
    }

    @Test
    void runThatIsStopped_keepsWhatWasLookedUp() throws Exception {
        var me = Thread.currentThread();
        try (var silent = new ScriptedServer(_ -> {
            me.interrupt(); // as Ctrl-C does
            return null;
        })) {
            var page = page("[a](@/ok) [b](" + silent.url("/1") + ")");
            var ran = check("--concurrency", "1", page);
            assertThat(ran.exitCode()).isEqualTo(130);
            assertThat(Files.readString(cache)).contains(server.url("/ok")).doesNotContain(silent.url("/1"));
        } finally {
            Thread.interrupted();
        }
    }
}

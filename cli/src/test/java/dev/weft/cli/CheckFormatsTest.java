package dev.weft.cli;

import static dev.weft.cli.Ran.weft;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.diagnostics.TinyJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The formats of {@code weft check}. */
class CheckFormatsTest {

    @TempDir
    Path folder;

    private Path page;

    @BeforeEach
    void fill() throws IOException {
        page = Files.writeString(folder.resolve("a, b:100%.md"), "# A\n\n[x](gone%25.md) [y](#no) [z](#a)\n");
    }

    private Ran check(String format, String... arguments) {
        var all = new ArrayList<>(List.of("check", "--no-config", "--offline", "--format", format, folder.toString()));
        all.addAll(List.of(arguments));
        return weft(all.toArray(String[]::new));
    }

    private static Map<String, Object> json(Ran ran) {
        return TinyJson.object(ran.out().replace("\n", ""));
    }

    @Test
    void github_isAnAnnotationForEachLinkThatIsNotOk_escaped() {
        var ran = check("github", folder.resolve("missing.md").toString());
        var file = page.toString().replace("%", "%25").replace(",", "%2C").replace(":", "%3A");
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out().lines())
                .containsExactly(
                        "::error file=" + folder.resolve("missing.md")
                                + ",title=Link%3A error input::there is no such file or folder",
                        "::error file=" + file + ",line=3,col=1,title=Link%3A failed file::gone%2525.md: there is no "
                                + folder.toString() + "/gone%25.md",
                        "::error file=" + file
                                + ",line=3,col=17,title=Link%3A failed fragment::#no: there is no #no in "
                                + page.toString().replace("%", "%25"));
        assertThat(ran.err()).contains("4 links in 1 document");
    }

    @Test
    @SuppressWarnings("unchecked")
    void sarif_isOneDocument_withARuleForEachKind() {
        var ran = check("sarif");
        var sarif = json(ran);
        assertThat(sarif).containsEntry("version", "2.1.0");
        assertThat((String) sarif.get("$schema")).contains("sarif-2.1.0");
        var run = ((List<Map<String, Object>>) sarif.get("runs")).getFirst();
        var driver = (Map<String, Object>) ((Map<String, Object>) run.get("tool")).get("driver");
        var rules = (List<Map<String, Object>>) driver.get("rules");
        var results = (List<Map<String, Object>>) run.get("results");
        assertThat(results).hasSize(2).allSatisfy(result -> {
            var rule = rules.get(Math.toIntExact((Long) result.get("ruleIndex")));
            assertThat(rule.get("id")).isEqualTo(result.get("ruleId"));
            assertThat(result).containsEntry("level", "error");
        });
        assertThat(results.stream().map(result -> result.get("ruleId")))
                .containsExactly("link-to-file", "link-to-fragment");
        var location = ((List<Map<String, Object>>) results.getLast().get("locations")).getFirst();
        assertThat(location.get("physicalLocation"))
                .isEqualTo(Map.of(
                        "artifactLocation",
                        Map.of("uri", "file://" + folder + "/a,%20b%3A100%25.md"),
                        "region",
                        Map.of("startLine", 3L, "startColumn", 17L)));
        assertThat(ran.exitCode()).isEqualTo(1);
    }

    @Test
    void sarif_isADocument_alsoIfAllIsOk() throws Exception {
        Files.writeString(page, "# A\n[x](#a)");
        assertThat(check("sarif").out()).contains("\"results\":[]");
        assertThat(check("sarif").exitCode()).isZero();
    }

    @Test
    void json_isOneDocument() throws Exception {
        var json = json(check("json"));
        assertThat((List<?>) json.get("results")).hasSize(3);
        assertThat(json.get("summary")).isInstanceOf(Map.class);
        Files.writeString(page, "# A\n[x](#a)");
        assertThat((List<?>) json(check("json", "-q")).get("results")).isEmpty();
    }

    @Test
    void textsThatAct_areEscaped() throws Exception {
        Files.writeString(page, "[x](<gone\u001b[31m\u202e.md>)\n");
        for (var format : List.of("human", "ndjson", "json", "github", "sarif")) {
            var ran = check(format);
            assertThat(ran.out() + ran.err()).as(format).doesNotContain("\u001b", "\u202e");
        }
    }
}

package dev.weft.cli;

import static com.networknt.schema.InputFormat.JSON;
import static dev.weft.cli.Ran.weft;
import static dev.weft.cli.ScriptedServer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code weft check --format sarif}, held against the schema that OASIS publishes for SARIF 2.1.0. */
class SarifSchemaTest {

    private static Schema schema;

    @TempDir
    private Path folder;

    @BeforeAll
    static void read() throws IOException {
        try (var in = SarifSchemaTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(in);
        }
    }

    private static List<Error> faults(String sarif) {
        return schema.validate(
                sarif, JSON, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }

    private static String sarif(String... documents) {
        var arguments = new String[documents.length + 4];
        System.arraycopy(new String[] {"check", "--no-config", "--format", "sarif"}, 0, arguments, 0, 4);
        System.arraycopy(documents, 0, arguments, 4, documents.length);
        return weft(arguments).out();
    }

    @Test
    void findings_ofEachKind_fitTheSchema() throws Exception {
        Files.writeString(folder.resolve("é, b:100% [x].md"), """
            # A
            [a](gone%25.md) [b](#no) [c](<what:is this>) [d](<gone "é" \u202e.md>)
            """);
        try (var server = new ScriptedServer(r -> r.target().equals("/page")
                ? answer(200, "<a href=/gone>x</a><a href=#no>x</a>", "Content-Type: text/html")
                : answer(404, ""))) {
            Files.writeString(folder.resolve("web.md"), "[x](" + server.url("/gone") + ")");
            var sarif = sarif(
                    folder.toString(),
                    folder.resolve("missing.md").toString(),
                    server.url("/page"),
                    server.url("/no-page"));
            assertThat(sarif)
                    .contains(
                            "\"ruleId\":\"link-to-file\"",
                            "\"ruleId\":\"link-to-fragment\"",
                            "\"ruleId\":\"link-to-web\"",
                            "\"ruleId\":\"link-is-no-url\"",
                            "\"ruleId\":\"document-is-unreadable\"");
            assertThat(faults(sarif)).isEmpty();
        }
    }

    @Test
    void noFindings_fitTheSchema() throws Exception {
        Files.writeString(folder.resolve("a.md"), "# A\n[x](#a)\n");
        assertThat(faults(sarif(folder.toString()))).isEmpty();
    }

    @Test
    void whatDoesNotFit_isFound() throws Exception {
        Files.writeString(folder.resolve("a.md"), "[x](#no)\n");
        var sarif = sarif(folder.toString());
        assertThat(faults(sarif.replace("\"startLine\":1", "\"startLine\":0"))).isNotEmpty();
        assertThat(faults(sarif.replace("\"uri\":\"file:", "\"uri\":\" file:"))).isNotEmpty();
        assertThat(faults(sarif.replace("\"level\":\"error\"", "\"level\":\"bad\"")))
                .isNotEmpty();
    }
}

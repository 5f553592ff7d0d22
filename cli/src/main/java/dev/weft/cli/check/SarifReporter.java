package dev.weft.cli.check;

import dev.weft.cli.console.Output;
import dev.weft.cli.model.Version;
import dev.weft.cli.text.JsonWriter;
import dev.weft.cli.text.UrlSyntax;
import java.util.List;

/** Writes, at the end, what is not ok as one document of SARIF 2.1.0. */
final class SarifReporter implements CheckReporter {

    /** The subject of a finding. */
    private enum Rule {
        FILE("link-to-file", "A link leads to a file or folder that is not there."),
        FRAGMENT("link-to-fragment", "A link names a place that is not in the document it leads to."),
        WEB("link-to-web", "A link leads to a URL that does not answer well."),
        URL("link-is-no-url", "A link is neither a URL nor the path of a file."),
        DOCUMENT("document-is-unreadable", "A document cannot be read.");

        private final String id;
        private final String words;

        Rule(String id, String words) {
            this.id = id;
            this.words = words;
        }

        static Rule of(Finding finding) {
            return switch (finding.code()) {
                case Finding.FILE -> FILE;
                case Finding.FRAGMENT -> FRAGMENT;
                case Finding.URL -> URL;
                case Finding.INPUT -> DOCUMENT;
                default -> WEB;
            };
        }
    }

    private static final List<Rule> RULES = List.of(Rule.values());

    @Override
    public void finding(Finding finding, Output output) {}

    @Override
    public void end(CheckSummary summary, List<Finding> notOk, Output output) {
        var json = JsonWriter.shown()
                .open('{')
                .field("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
                .field("version", "2.1.0");
        json.name("runs").open('[').open('{');
        tool(json);
        json.field("columnKind", "utf16CodeUnits");
        json.name("results").open('[');
        notOk.forEach(finding -> result(json, finding));
        json.close(']').close('}').close(']').close('}');
        output.result(json.toString());
    }

    private static void tool(JsonWriter json) {
        json.name("tool").open('{').name("driver").open('{');
        json.field("name", "weft check").field("version", Version.text());
        json.name("rules").open('[');
        for (var rule : RULES) {
            json.open('{').field("id", rule.id);
            message(json, "shortDescription", rule.words);
            json.close('}');
        }
        json.close(']').close('}').close('}');
    }

    private static void result(JsonWriter json, Finding finding) {
        var rule = Rule.of(finding);
        var place = finding.place();
        json.open('{')
                .field("ruleId", rule.id)
                .field("ruleIndex", RULES.indexOf(rule))
                .field("level", "error");
        message(
                json,
                "message",
                (place.isWhole() ? place.document() : finding.link()) + ": "
                        + (finding.message() == null ? finding.verdict() + " " + finding.code() : finding.message()));
        json.name("locations").open('[').open('{').name("physicalLocation").open('{');
        json.name("artifactLocation").open('{').field("uri", uri(place)).close('}');
        if (!place.isWhole()) {
            json.name("region")
                    .open('{')
                    .field("startLine", place.line())
                    .field("startColumn", place.column())
                    .close('}');
        }
        json.close('}').close('}').close(']').close('}');
    }

    private static void message(JsonWriter json, String name, String text) {
        json.name(name).open('{').field("text", text).close('}');
    }

    /** Relative to the folder in which the program runs, unless it is absolute. */
    private static String uri(Place place) {
        if (place.isPage()) {
            return place.document();
        }
        var path = UrlSyntax.escapedPath(place.document().replace('\\', '/'));
        return path.startsWith("/") ? "file://" + path : path;
    }
}

package dev.weft.cli.check;

import dev.weft.cli.console.Output;
import dev.weft.cli.console.Style;
import dev.weft.cli.model.Verdict;
import dev.weft.cli.text.Shown;
import java.util.List;

/** Writes a workflow command of GitHub for each link that is not ok; it is shown at the line of the document. */
final class GithubReporter implements CheckReporter {

    private final HumanCheckReporter human = new HumanCheckReporter(Style.PLAIN, Style.PLAIN);

    @Override
    public void finding(Finding finding, Output output) {
        if (finding.verdict() != Verdict.OK) {
            output.result(command(finding));
        }
    }

    static String command(Finding finding) {
        var place = finding.place();
        var properties = new StringBuilder();
        if (!place.isPage()) {
            properties.append("file=").append(property(place.document())).append(',');
            if (!place.isWhole()) {
                properties
                        .append("line=")
                        .append(place.line())
                        .append(",col=")
                        .append(place.column())
                        .append(',');
            }
        }
        properties.append("title=").append(property("Link: " + finding.verdict() + " " + finding.code()));
        return "::error " + properties + "::" + escaped(words(finding));
    }

    private static String words(Finding finding) {
        var place = finding.place();
        return (place.isPage() ? place + ": " : "")
                + (place.isWhole() ? "" : finding.link() + ": ")
                + (finding.message() == null ? finding.verdict() + " " + finding.code() : finding.message());
    }

    private static String escaped(String text) {
        return Shown.harmless(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return escaped(text).replace(":", "%3A").replace(",", "%2C");
    }

    @Override
    public void end(CheckSummary summary, List<Finding> notOk, Output output) {
        human.end(summary, List.of(), output);
    }
}

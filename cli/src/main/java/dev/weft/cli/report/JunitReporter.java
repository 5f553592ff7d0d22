package dev.weft.cli.report;

import dev.weft.cli.console.Output;
import dev.weft.cli.model.Outcome;
import dev.weft.cli.model.Rest;
import dev.weft.cli.model.Result;
import dev.weft.cli.model.SourceLocation;
import dev.weft.cli.model.Summary;
import dev.weft.cli.model.Verdict;
import dev.weft.cli.text.Shown;
import dev.weft.cli.text.UrlText;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes, at the end, the XML that build servers read as JUnit's: a test case for each URL, by its host. A failure by
 * the program's exit code is one here too; another URL that is not ok is a skipped test. Characters that XML 1.0 cannot
 * write are among those that {@link Shown} escapes.
 */
final class JunitReporter implements Reporter {

    private final List<Result> results = new ArrayList<>();

    @Override
    public void result(Result result, Output output) {
        results.add(result);
    }

    @Override
    public void rest(Rest rest, Output output) {
        results.add(Result.neverBegun(
                HumanReporter.inWords(rest),
                List.of(new SourceLocation(rest.source(), true)),
                new Outcome.Unstarted()));
    }

    @Override
    public void summary(Summary summary, Output output) {
        output.document(document(summary));
    }

    private String document(Summary summary) {
        var text = new StringWriter();
        try {
            var xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuites");
            suite(xml, summary);
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("cannot write XML", e);
        }
        return text.toString();
    }

    private void suite(XMLStreamWriter xml, Summary summary) throws XMLStreamException {
        var failed = summary.failOn();
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", "weft fetch");
        xml.writeAttribute("tests", String.valueOf(results.size()));
        xml.writeAttribute("failures", count(result -> failed.contains(result.verdict()) && isFailure(result)));
        xml.writeAttribute("errors", count(result -> failed.contains(result.verdict()) && !isFailure(result)));
        xml.writeAttribute(
                "skipped", count(result -> result.verdict() != Verdict.OK && !failed.contains(result.verdict())));
        xml.writeAttribute("time", seconds(summary.elapsed()));
        for (var result : results) {
            testCase(xml, result, failed.contains(result.verdict()));
        }
        xml.writeCharacters("\n");
        xml.writeEndElement();
    }

    private String count(Predicate<Result> test) {
        return String.valueOf(results.stream().filter(test).count());
    }

    /** An answer that is not ok is a failure; that there is none is an error. */
    private static boolean isFailure(Result result) {
        return result.verdict() == Verdict.FAILED;
    }

    private static void testCase(XMLStreamWriter xml, Result result, boolean isFailed) throws XMLStreamException {
        var transfer = result.transfer();
        xml.writeCharacters("\n");
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", Shown.harmless(host(result.url())));
        xml.writeAttribute("name", Shown.harmless(result.url()));
        xml.writeAttribute("time", seconds(transfer == null ? Duration.ZERO : transfer.took()));
        if (result.verdict() != Verdict.OK) {
            xml.writeStartElement(!isFailed ? "skipped" : isFailure(result) ? "failure" : "error");
            if (isFailed) {
                xml.writeAttribute("type", type(result));
            }
            xml.writeAttribute("message", Shown.harmless(HumanReporter.inWords(result)));
            xml.writeCharacters(result.locations().stream()
                    .map(location -> Shown.harmless(location.text()))
                    .collect(Collectors.joining("\n")));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static String type(Result result) {
        return result.outcome() instanceof Outcome.Broken(var kind, var _)
                ? "error." + kind
                : result.verdict().toString();
    }

    private static String host(String url) {
        return UrlText.parse(url) instanceof UrlText.Url(var uri, var _) ? UrlText.hostKey(uri) : "no host";
    }

    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).toPlainString();
    }
}

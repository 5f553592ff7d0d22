package dev.weft.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ChartTest {

    private static final Workload.Case START = Samples.at("start-await");

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static List<Element> elements(Document svg, String name) {
        var nodes = svg.getElementsByTagName(name);
        var elements = new ArrayList<Element>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static List<String> texts(Document svg) {
        return elements(svg, "text").stream().map(Element::getTextContent).toList();
    }

    private static Samples allSizes(String id) {
        var samples = new Samples();
        for (var at : Workload.find(id).orElseThrow().cases(false)) {
            for (var peer : Peer.values()) {
                // All names would lie on each other.
                samples.figures(at, peer, 300 + peer.ordinal());
            }
        }
        return samples;
    }

    @Test
    void oneSize_isBarsWithFigures() throws Exception {
        var svg = parsed(Chart.of(
                new Samples()
                        .figures(START, Peer.WEFT, 123)
                        .figures(START, Peer.JOX, 246)
                        .results(),
                START.workload()));
        assertThat(texts(svg)).contains("Weft, parallel", "123", "Jox", "246", "ns per task (less is better)");
        var widths = elements(svg, "rect").stream()
                .skip(1) // the ground
                .map(bar -> Double.valueOf(bar.getAttribute("width")))
                .toList();
        assertThat(widths).hasSize(2);
        assertThat(widths.getLast() / widths.getFirst()).isBetween(1.99, 2.01);
    }

    @Test
    void severalSizes_isALineForEachPeer() throws Exception {
        var svg = parsed(
                Chart.of(allSizes("gather").results(), Workload.find("gather").orElseThrow()));
        assertThat(elements(svg, "polyline")).hasSize(Peer.values().length);
        assertThat(elements(svg, "circle")).hasSize(Peer.values().length * 5);
        assertThat(texts(svg)).contains("1,000,000", "Weft, event loop", "asyncio");
    }

    @Test
    void severalSizes_namesDoNotLieOnEachOther() throws Exception {
        var svg = parsed(
                Chart.of(allSizes("gather").results(), Workload.find("gather").orElseThrow()));
        var heights = elements(svg, "text").stream()
                .filter(text -> List.of(Peer.values()).stream()
                        .anyMatch(peer -> peer.title().equals(text.getTextContent())))
                .map(text -> Double.valueOf(text.getAttribute("y")))
                .sorted()
                .toList();
        assertThat(heights).hasSize(Peer.values().length);
        for (int i = 1; i < heights.size(); i++) {
            assertThat(heights.get(i) - heights.get(i - 1)).isGreaterThan(18);
        }
    }

    @Test
    void nothingMeasured_saysSo() throws Exception {
        assertThat(texts(parsed(Chart.of(new Samples().results(), START.workload()))))
                .containsExactly("Start one task and await it: not measured");
    }

    @Test
    void picture_needsNothingFromOutside() {
        assertThat(Chart.of(
                        allSizes("gather").results(), Workload.find("gather").orElseThrow()))
                .doesNotContain("<script", "<style", "href", "url(");
    }
}

package dev.weft.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.benchmarks.run.Results.Reason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PageTest {

    private static final Workload.Case START = Samples.at("start-await");

    @Test
    void page_tellsWhereAndHow() {
        assertThat(Page.of(new Samples().results()))
                .contains("a processor, 2 cores", "8.0 GiB", "Linux 6", "a Java 25", "Weft 1.2.3")
                .contains("`benchmarks/run --quick`", "2026-01-02T03:04:05Z", "1 min 1 s")
                .contains("1 round in turn");
    }

    @Test
    void table_hasRatiosWithinEachSide() {
        var page = Page.of(new Samples()
                .figures(START, Peer.WEFT, 100)
                .figures(START, Peer.JOX, 250)
                .figures(START, Peer.KOTLIN_DEFAULT, 80, 90, 100)
                .figures(START, Peer.WEFT_EVENT_LOOP, 400)
                .figures(START, Peer.ASYNCIO, 1_000)
                .results());
        assertThat(page)
                .contains("| **Weft, parallel** | 100 | 100 – 100 | 1.11 × kotlinx Default (the fastest) |")
                .contains("| kotlinx Default | 90.0 | 85.0 – 95.0 | 0.90 × Weft, parallel |")
                .contains("| Jox | 250 | 250 – 250 | 2.50 × Weft, parallel |")
                .contains("| **Weft, event loop** | 400 | 400 – 400 | 0.40 × asyncio (the fastest) |")
                .contains("| asyncio | 1,000 | 1,000 – 1,000 | 2.50 × Weft, event loop |");
    }

    @Test
    void table_whereMoreIsBetter_theFastestHasTheGreatestFigure() {
        var at = Samples.at("fan-out");
        var page = Page.of(new Samples()
                .raw(at, Peer.WEFT, fanOut(20e6))
                .raw(at, Peer.JOX, fanOut(40e6))
                .raw(at, Peer.VIRTUAL_THREADS, fanOut(10e6))
                .results());
        assertThat(page)
                .contains("| requests per second | median")
                .contains("| **Weft, parallel** | 50,000 | 50,000 – 50,000 | 0.50 × bare virtual threads (the fastest)"
                        + " |");
    }

    private static Map<String, List<List<Double>>> fanOut(double nanos) {
        return Map.of(
                Metric.TIME,
                List.of(List.of(nanos)),
                "p50",
                List.of(List.of(5.0)),
                "p99",
                List.of(List.of(6.0)),
                "p99.9",
                List.of(List.of(7.0)));
    }

    @Test
    void table_peerThatFailed_saysWhyAndStaysInItsCell() {
        var page = Page.of(new Samples()
                .figures(START, Peer.WEFT, 100)
                .gap(START, Peer.JOX, Reason.FAILED, "Exception: a | b\n<c>")
                .gap(START, Peer.ASYNCIO, Reason.SKIPPED, "python3 was not found")
                .results());
        assertThat(page)
                .contains("| Jox | – | – | failed: Exception: a \\| b &lt;c> |")
                .contains("| asyncio | – | – | skipped: python3 was not found |")
                .contains("| **Weft, parallel** | 100 | 100 – 100 | – |");
    }

    @Test
    void page_ofABusyMachine_saysSo() {
        var results = new Samples().results();
        var at = results.machine();
        var busy = new Machine(at.processor(), 2, at.memoryBytes(), 1.5, at.os(), at.jdk(), null, at.versions());
        assertThat(Page.of(results)).doesNotContain("not at rest");
        assertThat(Page.of(new Results(busy, results.conduct(), List.of(), List.of())))
                .contains("not at rest");
    }

    @Test
    void page_showsOnlyWhatWasTried() {
        var page = Page.of(new Samples().figures(START, Peer.WEFT, 100).results());
        assertThat(page).contains("start-await.svg").doesNotContain("gather.svg");
    }

    @Test
    void budget_isCounted() {
        var page = Page.of(new Samples()
                .figures(START, Peer.WEFT, 110)
                .figures(START, Peer.VIRTUAL_THREADS, 100)
                .results());
        assertThat(page)
                .contains("0 met, 1 not met, " + (Budget.ROWS.size() - 1) + " not measured")
                .contains("| start-await | Weft, parallel | ≤ 1.00 × the fastest peer on threads | 1.10 × bare virtual"
                        + " threads (no figure of");
    }

    @Test
    void page_beginsWithWhatItSaysInAMinute() {
        var page = Page.of(new Samples()
                .figures(START, Peer.WEFT, 100)
                .figures(START, Peer.VIRTUAL_THREADS, 80)
                .figures(START, Peer.JOX, 250)
                .figures(START, Peer.STRUCTURED_TASK_SCOPE, 120)
                .figures(START, Peer.KOTLIN_DEFAULT, 40)
                .figures(START, Peer.WEFT_EVENT_LOOP, 500)
                .figures(START, Peer.WEFT_CARRIER, 200)
                .figures(START, Peer.KOTLIN_RUN_BLOCKING, 100)
                .results());
        assertThat(page.substring(0, page.indexOf("## ")))
                .contains(
                        "| start a task and await it, ns per task | 80.0 | StructuredTaskScope 120 | **100** | 1.25 |")
                .contains("| start a task and await it, ns per task | 40.0 | **100** | 2.50 |")
                .contains("| start a task and await it, ns per task | 100 | – | **500** | **200** | 2.00 | – |")
                .doesNotContain("gather");
    }

    @Test
    void table_carrierIsOursToo_andIsNotWhatTheOthersAreDividedBy() {
        var page = Page.of(new Samples()
                .figures(START, Peer.WEFT_EVENT_LOOP, 400)
                .figures(START, Peer.WEFT_CARRIER, 200)
                .figures(START, Peer.ASYNCIO, 1_000)
                .results());
        assertThat(page)
                .contains("| **Weft, event loop on a carrier** | 200 | 200 – 200 | 0.20 × asyncio (the fastest) |")
                .contains("| **Weft, event loop** | 400 | 400 – 400 | 0.40 × asyncio (the fastest) |")
                .contains("| asyncio | 1,000 | 1,000 – 1,000 | 2.50 × Weft, event loop |");
    }
}

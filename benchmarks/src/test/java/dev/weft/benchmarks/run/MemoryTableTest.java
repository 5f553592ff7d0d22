package dev.weft.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryTableTest {

    private static Map<String, List<Double>> sizes(Object... namesAndBytes) {
        var samples = new LinkedHashMap<String, List<Double>>();
        for (var i = 0; i < namesAndBytes.length; i += 2) {
            samples.put((String) namesAndBytes[i], List.of((Double) namesAndBytes[i + 1]));
        }
        return samples;
    }

    @Test
    void aLineForEachClassThatCounts_theLargestFirst() {
        var columns = new LinkedHashMap<Peer, Map<String, List<Double>>>();
        columns.put(
                Peer.WEFT,
                sizes("bytes", 1_000.0, "class:Stack", 600.0, "class:Task", 300.0, "class:Tiny", 9.0, "time", 5e9));
        columns.put(Peer.VIRTUAL_THREADS, sizes("bytes", 700.0, "class:Stack", 690.0, "class:Tiny", 7.0));
        assertThat(MemoryTable.of(Samples.at("memory", 100_000), columns))
                .containsExactly(
                        "| memory 100,000, bytes per task | Weft, parallel | bare virtual threads |",
                        "| --- | ---: | ---: |",
                        "| Stack | 600 | 690 |",
                        "| Task | 300 | – |",
                        "| Tiny | 9.00 | 7.00 |",
                        "| all | 1,000 | 700 |");
    }
}

package dev.weft.benchmarks.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder that a run's results are told in: {@code README.md} and a plot for each workload. */
final class Report {

    private final Path folder;

    Report(Path folder) {
        this.folder = folder;
    }

    /** Writes all of it anew; the plots of workloads that were not tried are taken away, for the page shows none. */
    void write(Results results) throws IOException {
        for (var workload : Workload.ALL) {
            var plot = folder.resolve(workload.id() + ".svg");
            if (results.cases(workload).isEmpty()) {
                Files.deleteIfExists(plot);
            } else {
                Files.writeString(plot, Chart.of(results, workload));
            }
        }
        Files.writeString(folder.resolve("README.md"), Page.of(results));
    }
}

package dev.weft.benchmarks.cluster;

import dev.weft.benchmarks.run.BenchmarkFailedException;
import java.io.IOException;
import java.nio.file.Path;

/** Some processes, and what is done with them. */
interface Scene {

    /** The name of it, for those who read why it failed. */
    String name();

    /** The peer that is measured. */
    ClusterPeer peer();

    /**
     * Starts the processes, measures, and ends them.
     *
     * @param folder has the certificates, and room for logs
     */
    void play(Path folder, Extent extent, Samples samples)
            throws BenchmarkFailedException, IOException, InterruptedException;
}

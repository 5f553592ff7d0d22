package dev.weft.benchmarks.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A means of measuring some of the peers. */
interface Bench {

    /** Whether it has that peer's version of that workload. */
    boolean has(Workload workload, Peer peer);

    /** Why it can measure nothing at all; empty, if it can. */
    Optional<String> unavailable();

    /**
     * Measures once, in a new process. Blocks until that has ended.
     *
     * @return the samples of each figure: nanoseconds per invocation, and what the workload itself reported
     * @throws BenchmarkFailedException if there are none
     */
    Map<String, List<Double>> measure(Workload.Case at, Peer peer)
            throws BenchmarkFailedException, InterruptedException;
}

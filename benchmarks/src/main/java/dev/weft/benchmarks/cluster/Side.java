package dev.weft.benchmarks.cluster;

import java.io.IOException;

/** One process's place in a cluster of whichever kind. Workers have names that begin with {@link #WORKER}. */
interface Side extends AutoCloseable {

    String WORKER = "w";

    /** How many workers it sees. */
    int workers();

    /** Sends bytes to the next worker, and returns those that come back. */
    byte[] echo(byte[] bytes) throws Exception;

    /** Has a worker run a handler that does not end by itself; throws as the call does when that worker is lost. */
    void hold(String worker, String id) throws Exception;

    @Override
    void close() throws IOException;
}

package dev.weft.cli.demo;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts what the demo server sees. Thread-safe. */
final class DemoCounters {

    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger cut = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();

    int connected() {
        return connections.incrementAndGet();
    }

    void begun() {
        requests.incrementAndGet();
        mostAtOnce.accumulateAndGet(underWay.incrementAndGet(), Math::max);
    }

    void answered() {
        underWay.decrementAndGet();
        answered.incrementAndGet();
    }

    void cut() {
        underWay.decrementAndGet();
        cut.incrementAndGet();
    }

    DemoStatistics snapshot() {
        return new DemoStatistics(connections.get(), requests.get(), answered.get(), cut.get(), mostAtOnce.get());
    }
}

package dev.weft.benchmarks.run;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The measured libraries. A peer on the JVM is named as its method in each workload's class; one that differs by its
 * JVM alone shares the method of another.
 *
 * <p>Each stands on one side: beside the runtime of Weft that does the same kind of thing, and is only compared there.
 */
enum Peer {
    WEFT("weft", "Weft, parallel", Side.PARALLEL),
    VIRTUAL_THREADS("virtualThreads", "bare virtual threads", Side.PARALLEL),
    COMPLETABLE_FUTURE("completableFuture", "CompletableFuture", Side.PARALLEL),
    STRUCTURED_TASK_SCOPE("structuredTaskScope", "StructuredTaskScope", Side.PARALLEL),
    JOX("jox", "Jox", Side.PARALLEL),
    KOTLIN_DEFAULT("kotlinDefault", "kotlinx Default", Side.PARALLEL),
    WEFT_EVENT_LOOP("weftEventLoop", "Weft, event loop", Side.EVENT_LOOP),
    WEFT_CARRIER(
            "weftCarrier",
            "Weft, event loop on a carrier",
            Side.EVENT_LOOP,
            WEFT_EVENT_LOOP.id,
            List.of("-Dweft.carrier=true", "--add-opens=java.base/java.lang=ALL-UNNAMED")),
    KOTLIN_RUN_BLOCKING("kotlinRunBlocking", "kotlinx runBlocking", Side.EVENT_LOOP),
    ASYNCIO("asyncio", "asyncio", Side.EVENT_LOOP);

    /** The kind of runtime. */
    enum Side {
        /** On all cores. */
        PARALLEL,
        /** On one thread, or one at a time. */
        EVENT_LOOP;

        /** Weft's runtime on this side that the others are divided by. */
        Peer ours() {
            return this == PARALLEL ? WEFT : WEFT_EVENT_LOOP;
        }

        /** All on this side, Weft first. */
        List<Peer> peers() {
            return Arrays.stream(Peer.values())
                    .filter(peer -> peer.side == this)
                    .toList();
        }
    }

    private final String id;
    private final String title;
    private final Side side;
    private final String method;
    private final List<String> options;

    Peer(String id, String title, Side side) {
        this(id, title, side, id, List.of());
    }

    Peer(String id, String title, Side side, String method, List<String> options) {
        this.id = id;
        this.title = title;
        this.side = side;
        this.method = method;
        this.options = options;
    }

    String id() {
        return id;
    }

    String title() {
        return title;
    }

    Side side() {
        return side;
    }

    /** Its method in each workload's class. */
    String method() {
        return method;
    }

    /** The options of its JVM, beside those that all have. */
    List<String> options() {
        return options;
    }

    /** Whether this is one of Weft's runtimes. */
    boolean isOurs() {
        return this == WEFT || this == WEFT_EVENT_LOOP || this == WEFT_CARRIER;
    }

    /** Whether it is measured by JMH, as a method of the workload's class. */
    boolean onJvm() {
        return this != ASYNCIO;
    }

    static Optional<Peer> find(String id) {
        return Arrays.stream(values()).filter(peer -> peer.id.equals(id)).findFirst();
    }

    /** All names, to say what there is. */
    static String ids() {
        return Arrays.stream(values()).map(Peer::id).collect(Collectors.joining(", "));
    }
}

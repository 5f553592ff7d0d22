package dev.weft.benchmarks.cluster;

import dev.weft.Weft;
import dev.weft.cluster.CallOptions;
import dev.weft.cluster.Codecs;
import dev.weft.cluster.Handler;
import dev.weft.cluster.OnLoss;
import dev.weft.cluster.Tls;
import dev.weft.cluster.Workers;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** A member of Weft's own kind. */
final class WeftSide implements Side {

    private static final Handler<byte[], byte[]> ECHO = Handler.of("echo", Codecs.bytes(), Codecs.bytes());
    private static final Handler<String, String> HOLD = Handler.of("hold", Codecs.text(), Codecs.text());
    private static final Handler<String, String> PARK = Handler.of("park", Codecs.text(), Codecs.text());
    private static final Handler<String, String> PARKED = Handler.of("parked", Codecs.text(), Codecs.text());
    private static final int LIMIT = 2 * Extent.IN_FLIGHT;

    private final Workers workers;

    WeftSide(Seat seat) throws IOException, InterruptedException {
        var builder = Workers.builder("benchmarks")
                .name(seat.name())
                .bind(seat.address())
                .join(seat.addresses())
                .limit(LIMIT)
                .maxFrame(Seat.MAX_FRAME)
                .onLoss(seat.peer() == ClusterPeer.WEFT_AT_ONCE ? OnLoss.AT_ONCE : OnLoss.STRICT);
        if (seat.certificates().isPresent()) {
            builder.tls(Tls.fromPem(seat.certificates().get()));
        } else {
            builder.insecure();
        }
        if (seat.isWorker()) {
            var parked = new AtomicInteger();
            builder.serve(ECHO, bytes -> bytes)
                    .serve(HOLD, WeftSide::hold)
                    .serve(PARK, _ -> park(parked))
                    .serve(PARKED, _ -> String.valueOf(parked.get()));
        }
        workers = builder.open();
    }

    private static String hold(String id) throws InterruptedException {
        Lines.say("began " + id);
        try {
            Weft.sleep(Weft.FOREVER);
        } finally {
            Lines.say("ended " + id);
        }
        return id;
    }

    private static String park(AtomicInteger parked) throws InterruptedException {
        parked.incrementAndGet();
        try {
            Weft.sleep(Weft.FOREVER);
        } finally {
            parked.decrementAndGet();
        }
        return "";
    }

    @Override
    public int workers() {
        return (int) workers.members().stream()
                .filter(member -> !member.handlers().isEmpty())
                .count();
    }

    @Override
    public byte[] echo(byte[] bytes) throws InterruptedException {
        return workers.call(ECHO, bytes);
    }

    @Override
    public void hold(String worker, String id) throws InterruptedException {
        workers.call(HOLD, id, on(worker));
    }

    private static CallOptions on(String worker) {
        return CallOptions.defaults().on(member -> member.name().equals(worker));
    }

    /** Has some worker run a handler that does nothing until it is cancelled. */
    void park() throws InterruptedException {
        workers.call(PARK, "");
    }

    /** How many of these run, on workers w1 and w2. */
    int parked() throws InterruptedException {
        return Integer.parseInt(workers.call(PARKED, "", on("w1")))
                + Integer.parseInt(workers.call(PARKED, "", on("w2")));
    }

    @Override
    public void close() {
        workers.close();
    }
}

package dev.weft.benchmarks;

import dev.weft.Defaults;
import dev.weft.Registration;
import dev.weft.Weft;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** A gather of two bodies of which one throws a new exception, with and without a trace of the caller's. */
public class FailingGather extends Batch {

    @Param({"false", "true"})
    public boolean callerTraces;

    /** How many frames of the caller's are below the call. */
    @Param({"10", "100"})
    public int depth;

    private Registration registration;

    @Setup
    public void install() {
        registration =
                Weft.install(Defaults.builder().callerTraces(callerTraces).build());
    }

    @TearDown
    public void remove() {
        registration.remove();
    }

    @Benchmark
    public Throwable gather() throws InterruptedException {
        return gather(depth);
    }

    private static Throwable gather(int frames) throws InterruptedException {
        if (frames > 0) {
            return gather(frames - 1);
        }
        try {
            Weft.gather(() -> fail(), () -> 1);
            throw new IllegalStateException("nothing was thrown");
        } catch (IOException e) {
            return e;
        }
    }

    private static int fail() throws IOException {
        throw new IOException("no route");
    }
}

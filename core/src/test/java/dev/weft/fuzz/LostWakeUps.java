package dev.weft.fuzz;

import dev.weft.ForwardingScheduler;
import dev.weft.WeftRuntime;
import dev.weft.fuzz.Fuzzer.Place;
import dev.weft.internal.runtime.ParallelScheduler;
import dev.weft.internal.runtime.Strand;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The fuzzer on a runtime that loses wake-ups: prints what it finds. A process of its own, as the run never ends. */
public final class LostWakeUps {

    /** Every so often one is lost. */
    private static final int EVERY = 100;

    private static final Duration HANG = Duration.ofSeconds(2);

    private LostWakeUps() {}

    /** Exits in any case. */
    public static void main(String... arguments) {
        var unparks = new AtomicLong();
        var scheduler = new ForwardingScheduler(ParallelScheduler.INSTANCE) {
            @Override
            public void unpark(Strand strand) {
                if (unparks.incrementAndGet() % EVERY != 0) {
                    super.unpark(strand);
                }
            }
        };
        var fuzzer = new Fuzzer(Place.RUN, () -> WeftRuntime.of(scheduler, () -> {}), 0, 3_000);
        System.out.println(Watched.run(fuzzer, HANG));
        System.exit(0);
    }
}

package dev.weft.examples;

import dev.weft.Runner;
import dev.weft.VoidBody;
import java.time.Duration;
import java.util.List;

/** The common part of the programs. */
final class Example {

    /** A replacement for the runner of the programs: the tests have a simulation here. */
    static final ScopedValue<Stage> STAGE = ScopedValue.newInstance();

    /** Something that a program's main can be run by. */
    interface Stage {
        void run(VoidBody<?> main) throws Exception;
    }

    private Example() {}

    /**
     * Runs a program on the event loop or, with {@code --parallel} among {@code args}, on the parallel runtime. In a
     * program of your own this is {@code EventLoop.run(…)} or {@code Weft.run(…)}.
     */
    static void run(String[] args, VoidBody<?> main) throws Exception {
        if (STAGE.isBound()) {
            STAGE.get().run(main);
            return;
        }
        var parallel = List.of(args).contains("--parallel");
        try (var runner = parallel ? Runner.parallel() : Runner.eventLoop()) {
            runner.run(main);
        }
    }

    /** A duration as asyncio counts it: {@code seconds(0.3)} is 300 ms. */
    static Duration seconds(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }
}

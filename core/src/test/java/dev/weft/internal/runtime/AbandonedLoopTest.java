package dev.weft.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A loop that is given up while something is still sent to it. */
@Timeout(60)
class AbandonedLoopTest {

    /** As a simulation does, it takes nothing in any more. */
    private static final class Loop extends EventLoopScheduler {
        private volatile boolean isGivenUp;

        Loop() {
            super(LoopThreads.CARRIER);
            begin();
        }

        void giveUp() {
            isGivenUp = true;
            abandonTurns();
        }

        @Override
        protected @Nullable Strand next() {
            return isGivenUp ? null : super.next();
        }
    }

    private static Set<Thread> busyCarriers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("weft-carrier-"))
                .filter(thread ->
                        thread.getState() == Thread.State.RUNNABLE || thread.getState() == Thread.State.BLOCKED)
                .collect(Collectors.toSet());
    }

    @Test
    void whatIsSentAfterwards_keepsNoThreadBusy() throws Exception {
        var loop = new Loop();
        loop.giveUp();
        for (var i = 0; i < 10; i++) {
            loop.soon(() -> {});
        }
        while (!busyCarriers().isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(busyCarriers()).isEmpty();
    }
}

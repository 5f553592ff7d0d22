package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.internal.runtime.Spinning;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SpinningTest {

    /** So many looks that the pause is the longest. */
    private static final int MANY = 1_000;

    static Stream<Thread.Builder> kindsOfThread() {
        return Stream.of(Thread.ofVirtual(), Thread.ofPlatform().daemon());
    }

    @ParameterizedTest
    @MethodSource("kindsOfThread")
    void unparkBeforeAPauseIsThereForTheNextWait(Thread.Builder kind) throws Exception {
        var awake = new CompletableFuture<Boolean>();
        kind.start(() -> {
            LockSupport.unpark(Thread.currentThread());
            Spinning.pause(MANY);
            LockSupport.park();
            awake.complete(true);
        });
        assertThat(awake.get()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("kindsOfThread")
    void interruptIsKept(Thread.Builder kind) throws Exception {
        var interrupted = new CompletableFuture<Boolean>();
        kind.start(() -> {
            Thread.currentThread().interrupt();
            Spinning.pause(MANY);
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        assertThat(interrupted.get()).isTrue();
    }
}

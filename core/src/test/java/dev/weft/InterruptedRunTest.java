package dev.weft;

import static dev.weft.Tasks.self;
import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** R: interrupting the thread that called run. */
class InterruptedRunTest {

    @OnEveryRuntime
    void r11_interruptCancelsMainAndWhatItAwaits(TestRuntime runtime) {
        var caller = Thread.currentThread();
        var awaitedBody = new SleepingBody();
        var endedBeforeMain = new AtomicReference<Boolean>();
        var seenByMain = new AtomicReference<Throwable>();
        assertThatThrownBy(() -> runtime.run(() -> {
                    var awaited = createTask(awaitedBody);
                    createTask(() -> {
                        awaitedBody.started.await();
                        caller.interrupt();
                    });
                    try {
                        awaited.await();
                    } catch (InterruptedException e) {
                        seenByMain.set(e);
                        endedBeforeMain.set(awaitedBody.hasEnded());
                        throw e;
                    }
                }))
                .isInstanceOf(InterruptedException.class);
        assertThat(caller.isInterrupted()).isFalse();
        assertThat(seenByMain.get()).isInstanceOf(CancelledException.class);
        assertThat(endedBeforeMain).hasValue(true);
        assertThat(awaitedBody.interruption()).isInstanceOf(CancelledException.class);
    }

    @OnEveryRuntime
    void r11_runReturnsOnlyAfterTheCleanUpOfAll(TestRuntime runtime) {
        var caller = Thread.currentThread();
        var log = new CopyOnWriteArrayList<String>();
        var background = new SleepingBody();
        assertThatThrownBy(() -> runtime.run(() -> {
                    createTask(background);
                    background.started.await();
                    try {
                        caller.interrupt();
                        sleep(FOREVER);
                    } finally {
                        sleep(Duration.ofMillis(2));
                        log.add("main cleaned up");
                    }
                }))
                .isInstanceOf(InterruptedException.class);
        assertThat(log).containsExactly("main cleaned up");
        assertThat(background.hasEnded()).isTrue();
    }

    @OnEveryRuntime
    void r11_runnerCanRunAgainAfterwards(TestRuntime runtime) throws Exception {
        var caller = Thread.currentThread();
        try (var runner = runtime.builder().build()) {
            assertThatThrownBy(() -> runner.run(() -> {
                        caller.interrupt();
                        sleep(FOREVER);
                    }))
                    .isInstanceOf(InterruptedException.class);
            assertThat(runner.run(() -> sleep(Duration.ofMillis(1), "again"))).isEqualTo("again");
        }
    }

    @OnEveryRuntime
    void r12_mainThatWasAlsoCancelledBySomebodyElseIsCancelledNotInterrupted(TestRuntime runtime) {
        var caller = Thread.currentThread();
        try {
            assertThatThrownBy(() -> runtime.run(() -> {
                        var main = self();
                        createTask(() -> main.cancel("somebody else's"));
                        try {
                            sleep(FOREVER);
                        } catch (CancelledException e) {
                            caller.interrupt();
                            while (main.cancelling() < 2) {
                                letTimePass();
                            }
                            throw e;
                        }
                    }))
                    .isInstanceOf(CancellationException.class);
        } finally {
            Thread.interrupted();
        }
    }

    private static void letTimePass() {
        try {
            sleep(Duration.ofMillis(1));
        } catch (InterruptedException ignored) {
            // the second request, which is being waited for
        }
    }
}

package dev.weft;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** H13: what swallows its cancels for ever cannot keep the caller of a run in. */
@NotSimulated("tasks go on when the run has returned")
class AbandonedRunTest {

    private final CopyOnWriteArrayList<Problem> problems = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> release = new CompletableFuture<>();
    private Thread caller;

    /** A test has a thread of its own. */
    private void isCalledHere() {
        caller = Thread.currentThread();
    }

    /** As a worker with {@code catch (Exception e)} in its loop. */
    private void swallow(Gate swallowed) {
        while (!release.isDone()) {
            try {
                Weft.await(release.minimalCompletionStage());
            } catch (Exception e) {
                swallowed.open();
            }
        }
    }

    @OnEveryRuntime
    void h13_secondInterrupt_getsTheCallerOutAndNamesTheCulprits(TestRuntime runtime) throws Exception {
        isCalledHere();
        var culprit = new CompletableFuture<Task<?>>();
        try (var runner = runtime.builder().onProblem(problems::add).build()) {
            var thrown = catchThrowable(() -> runner.run(() -> {
                var swallowed = new Gate();
                culprit.complete(createTask("culprit", () -> swallow(swallowed)));
                createTask(() -> sleep(FOREVER));
                interruptTwice(swallowed);
                sleep(FOREVER);
            }));
            assertThat(thrown)
                    .isInstanceOf(RunAbandonedException.class)
                    .hasCauseInstanceOf(InterruptedException.class)
                    .hasMessageContaining("'culprit'");
            assertThat(((RunAbandonedException) thrown).taskNames()).contains("culprit");
            assertThat(thrown.getSuppressed())
                    .anySatisfy(where -> assertThat(where)
                            .hasMessageContaining("'culprit'")
                            .hasStackTraceContaining("AbandonedRunTest.swallow"));
            assertThat(caller.isInterrupted()).isFalse();
            assertThat(problems)
                    .filteredOn(problem -> problem.kind() == Problem.Kind.LEFT_BEHIND)
                    .anySatisfy(problem -> assertThat(problem.task()).isSameAs(culprit.join()));
            assertThat(Weft.dump().toString()).contains("'culprit'");
            assertThat(culprit.join().isDone()).isFalse();
            // the runner and other runs are as good as before
            assertThat(runner.<String, RuntimeException>run(() -> "again")).isEqualTo("again");
        }
        release.complete(null);
        Tasks.join(culprit.join());
        Tasks.awaitTrue(() -> !Weft.dump().toString().contains("'culprit'"));
    }

    @OnEveryRuntime
    void h13_mainItselfSwallows_itsLateFailureIsReported(TestRuntime runtime) throws Exception {
        isCalledHere();
        var failure = new IOException("late");
        try (var runner = runtime.builder().onProblem(problems::add).build()) {
            assertThatThrownBy(() -> runner.run(() -> {
                        var swallowed = new Gate();
                        interruptTwice(swallowed);
                        swallow(swallowed);
                        throw failure;
                    }))
                    .isInstanceOf(RunAbandonedException.class);
        }
        release.complete(null);
        Tasks.awaitTrue(() -> problems.stream().anyMatch(problem -> problem.exception() == failure));
    }

    /** The second may come when all has ended: then the run has, too, and the interrupt is kept. */
    @OnEveryRuntime
    void h13_tasksThatStop_areWaitedForAsEver(TestRuntime runtime) throws Exception {
        isCalledHere();
        var cleanedUp = new Gate();
        assertThatThrownBy(() -> runtime.run(() -> {
                    try {
                        caller.interrupt();
                        sleep(FOREVER);
                    } finally {
                        sleep(Duration.ofMillis(5));
                        cleanedUp.open();
                    }
                }))
                .isInstanceOf(InterruptedException.class)
                .isNotInstanceOf(RunAbandonedException.class);
        assertThat(cleanedUp.isOpen()).isTrue();
        assertThat(Thread.interrupted()).isFalse();
    }

    /** A structured call's children may use what is its caller's: it waits for them, come what may. */
    @OnEveryRuntime
    void h13_gatherIsNotLeft(TestRuntime runtime) throws Exception {
        isCalledHere();
        var swallowed = new Gate();
        var ended = new Gate();
        Thread.ofVirtual().start(() -> {
            swallowed.awaitStubbornly();
            caller.interrupt();
            Tasks.onForeignThread(() -> {
                release.complete(null);
                return null;
            });
        });
        assertThatThrownBy(() -> gather(List.of((Body<Object, RuntimeException>) () -> {
                    caller.interrupt();
                    swallow(swallowed);
                    ended.open();
                    return "a";
                })))
                .isInstanceOf(InterruptedException.class);
        assertThat(ended.isOpen()).isTrue();
        Thread.interrupted();
    }

    /** The second one when the first has reached what it is for. */
    private void interruptTwice(Gate swallowed) {
        Thread.ofPlatform().daemon().start(() -> {
            caller.interrupt();
            swallowed.awaitStubbornly();
            while (caller.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            caller.interrupt();
        });
    }
}

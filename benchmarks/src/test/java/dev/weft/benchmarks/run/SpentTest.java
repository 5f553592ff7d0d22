package dev.weft.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpentTest {

    private static void check(Spent expected, String... frames) {
        assertThat(Spent.of(List.of(frames))).isEqualTo(expected);
    }

    @Test
    void whatIsCalledForAThread_isTheThreads() {
        check(
                Spent.START,
                "java.util.concurrent.ForkJoinPool.signalWork",
                "java.lang.VirtualThread.externalSubmitRunContinuationOrThrow",
                "java.lang.VirtualThread.start",
                "dev.weft.internal.task.TaskImpl.start",
                "dev.weft.benchmarks.GatherTasks.weft");
        check(
                Spent.WAKE,
                "java.util.concurrent.ForkJoinPool$WorkQueue.push",
                "java.lang.VirtualThread.submitRunContinuation",
                "java.lang.VirtualThread.unpark",
                "java.util.concurrent.locks.LockSupport.unpark",
                "dev.weft.internal.task.TaskImpl.finish");
        check(
                Spent.SUSPEND,
                "jdk.internal.vm.Continuation.yield",
                "java.lang.VirtualThread.yieldContinuation",
                "java.lang.VirtualThread.park",
                "dev.weft.internal.task.StructuredStrand.waitFor");
    }

    @Test
    void innermostOfSomebodys_countsWithWhatItCallsOfTheJdk() {
        check(
                Spent.LIBRARY,
                "java.lang.StringBuilder.append",
                "dev.weft.internal.task.TaskImpl.<init>",
                "dev.weft.benchmarks.A.weft");
        check(
                Spent.BODY,
                "java.lang.Integer.valueOf",
                "dev.weft.benchmarks.A.lambda$0",
                "dev.weft.internal.task.TaskImpl.live");
        check(Spent.LIBRARY, "kotlinx.coroutines.JobSupport.await", "dev.weft.benchmarks.CoroutinesKt.gather");
        check(Spent.POOL, "kotlinx.coroutines.scheduling.CoroutineScheduler.dispatch", "kotlinx.coroutines.X.start");
        check(Spent.LIBRARY, "java.util.concurrent.CompletableFuture.complete", "java.lang.VirtualThread.run");
        check(
                Spent.RECORDED,
                "dev.weft.internal.flight.TaskEvent.commit",
                "dev.weft.internal.task.TaskFlight.ended",
                "dev.weft.internal.task.TaskImpl.live");
    }

    @Test
    void whatCarriesThreads_isTold() {
        check(
                Spent.SWITCH,
                "java.lang.VirtualThread.runContinuation",
                "java.util.concurrent.ForkJoinTask.doExec",
                "java.util.concurrent.ForkJoinWorkerThread.run");
        check(
                Spent.POOL,
                "java.util.concurrent.ForkJoinPool.deactivate",
                "java.util.concurrent.ForkJoinPool.runWorker");
        check(Spent.OTHER, "sun.nio.ch.SocketDispatcher.write0");
        check(Spent.OTHER);
    }
}

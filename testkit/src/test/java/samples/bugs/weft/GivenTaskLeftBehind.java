package samples.bugs.weft;

import dev.weft.test.junit.SimulationTest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import samples.bugs.Bug;

/** Weft's own: a gather that fails while it still starts others does not cancel tasks that stand behind in its list. */
@Bug(report = "a84e13f of this repository", needs = Bug.Needs.CALLS, finding = "deadlock")
class GivenTaskLeftBehind {

    /** Something to start, or a task that runs already. */
    sealed interface Member {
        record Body(Supplier<?> body) implements Member {}

        record Given(CompletableFuture<?> task) implements Member {}
    }

    private abstract static class Gather {
        final AtomicReference<Throwable> decision = new AtomicReference<>();

        abstract void run(Member... members);

        final void start(Supplier<?> body) {
            CompletableFuture.supplyAsync(body, Thread::startVirtualThread).whenComplete((value, failure) -> {
                if (failure != null) {
                    decision.compareAndSet(null, failure);
                }
            });
        }

        final void begin(Member... members) {
            for (var member : members) {
                if (decision.get() != null) {
                    return;
                }
                switch (member) {
                    case Member.Body(var body) -> start(body);
                    case Member.Given(var task) -> watch(task);
                }
            }
        }

        final void watch(CompletableFuture<?> task) {
            watched.getAndUpdate(
                    before -> Stream.concat(before.stream(), Stream.of(task)).toList());
        }

        final AtomicReference<java.util.List<CompletableFuture<?>>> watched =
                new AtomicReference<>(java.util.List.of());

        final void cancelIfFailed(CountDownLatch ended) throws InterruptedException {
            ended.await();
            watched.get().forEach(task -> task.cancel(true));
        }
    }

    private static final class Broken extends Gather {
        @Override
        void run(Member... members) {
            begin(members);
        }
    }

    private static final class Mended extends Gather {
        @Override
        void run(Member... members) {
            for (var member : members) {
                if (member instanceof Member.Given(var task)) {
                    watch(task);
                }
            }
            begin(members);
        }
    }

    private static void failEarly(Gather gather) throws InterruptedException {
        var failed = new CountDownLatch(1);
        var given = new CompletableFuture<String>();
        gather.run(
                new Member.Body(() -> {
                    failed.countDown();
                    throw new IllegalStateException();
                }),
                new Member.Given(given));
        gather.cancelIfFailed(failed);
        given.exceptionally(cancelled -> "cancelled").join();
    }

    @SimulationTest(deep = true)
    void broken() throws Exception {
        failEarly(new Broken());
    }

    @SimulationTest(deep = true)
    void mended() throws Exception {
        failEarly(new Mended());
    }
}

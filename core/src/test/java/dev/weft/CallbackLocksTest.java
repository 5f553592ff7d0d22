package dev.weft;

import static dev.weft.Weft.createTask;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.sync.Event;
import dev.weft.sync.Lock;
import dev.weft.sync.Queue;
import dev.weft.sync.Semaphore;

/** Callbacks of a task's end use locks and queues, and leave the task ended. */
class CallbackLocksTest {

    private final Lock lock = new Lock();
    private final Semaphore semaphore = new Semaphore(1);
    private final Queue<String> told = new Queue<>(4);

    private void use(String text) {
        try {
            lock.acquire();
            lock.release();
            semaphore.acquire();
            semaphore.release();
            told.put(text);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @OnEveryRuntime
    void callbacksThatUseLocks_leaveTheTaskEnded(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var go = new Event();
            var task = createTask(() -> {
                go.await();
                return 1;
            });
            task.onDone(ended -> use("first"));
            task.onDone(ended -> use(ended.isDone() ? "second" : "revived"));
            var future = task.toCompletableFuture().thenAccept(value -> use("future"));
            go.set();
            assertThat(task.await()).isEqualTo(1);
            assertThat(new String[] {told.get(), told.get(), told.get()})
                    .containsExactlyInAnyOrder("first", "second", "future");
            assertThat(task.isDone()).isTrue();
            assertThat(future).succeedsWithin(ofSeconds(10));
        });
    }
}

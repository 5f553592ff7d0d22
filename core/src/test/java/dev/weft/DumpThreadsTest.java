package dev.weft;

import static dev.weft.Dumps.children;
import static dev.weft.Dumps.find;
import static dev.weft.Dumps.findAny;
import static dev.weft.Dumps.parent;
import static dev.weft.Tasks.awaitTrue;
import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.asCompleted;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;
import static dev.weft.Weft.timeout;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.diagnostics.Entry;
import dev.weft.diagnostics.Entry.Kind;
import dev.weft.diagnostics.Entry.State;
import dev.weft.diagnostics.TaskDump;
import dev.weft.internal.task.CallerStrand;
import dev.weft.sync.Event;
import dev.weft.sync.Lock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads that are no tasks and stand in calls of Weft's. */
@Timeout(60)
class DumpThreadsTest {

    @Test
    void threadInCalls_standsOnceWithAllOfThem() throws Exception {
        var thread = start(
                "caller",
                () -> timeout(Duration.ofHours(1), () -> {
                    taskGroup(group -> {
                        group.createTask(TaskOptions.named("of the group"), () -> sleep(FOREVER));
                        gather(() -> sleep(FOREVER));
                    });
                }));
        awaitWaiting("caller");
        awaitWaiting("of the group");
        var dump = Weft.dump(0);
        Dumps.assertWellFormed(dump);
        var caller = find(dump, "caller");
        assertThat(caller.kind()).isEqualTo(Kind.THREAD);
        assertThat(caller.age()).isNull();
        assertThat(caller.waitingFor()).isEqualTo("the end of a gather of 1");
        assertThat(caller.deadline().owner()).isEqualTo("timeout of 1h");
        assertThat(children(dump, caller)).extracting(Entry::name).containsExactly("task group", "gather of 1");
        assertThat(parent(dump, find(dump, "of the group")).parent()).isEqualTo(caller.id());
        thread.interrupt();
        thread.join();
        assertGone("caller");
    }

    @Test
    void threadWithoutANameThatHoldsALock_isCalledByItsNumber() throws Exception {
        var lock = new Lock();
        var held = new Gate();
        var release = new Gate();
        var holder = Thread.ofVirtual().start(() -> {
            try {
                lock.with(() -> {
                    held.open();
                    release.await();
                });
            } catch (InterruptedException e) {
                throw new AssertionError("nobody interrupts it", e);
            }
        });
        held.await();
        var waiter = start("waits for the nameless", () -> lock.with(() -> {}));
        awaitWaiting("waits for the nameless");
        assertThat(find(Weft.dump(0), "waits for the nameless").waitingFor())
                .isEqualTo("a lock held by '#" + holder.threadId() + "'");
        release.open();
        holder.join();
        waiter.join();
    }

    @Test
    void callThatFails_isForgotten() throws Exception {
        var thread = Thread.ofPlatform().name("fails").start(() -> {
            for (var i = 0; i < 100; i++) {
                try {
                    timeout(
                            Duration.ofHours(1),
                            () -> gather(() -> {
                                throw new IllegalStateException("on purpose");
                            }));
                } catch (Exception expected) {
                    // that is what it is for
                }
                try {
                    taskGroup((VoidGroupBody) group -> {
                        group.createTask(() -> sleep(FOREVER));
                        throw new StackOverflowError("on purpose");
                    });
                } catch (Throwable expected) {
                    // so is that
                }
            }
            assertThat(CallerStrand.inCalls()).noneMatch(caller -> caller.thread() == Thread.currentThread());
        });
        thread.join();
        assertGone("fails");
    }

    @Test
    void runOfAThreadThatStandsInACall_isBelowIt() throws Exception {
        var thread = start(
                "calls run",
                () -> gather(() -> TestRuntime.PARALLEL.run(() -> {
                    Weft.createTask("deep", () -> sleep(FOREVER));
                    sleep(FOREVER);
                })));
        awaitWaiting("deep");
        awaitTrue(() -> callerOfRun(Weft.dump(0), "deep").waitingFor() != null);
        var dump = Weft.dump(0);
        Dumps.assertWellFormed(dump);
        var run = parent(dump, find(dump, "deep"));
        assertThat(run.kind()).isEqualTo(Kind.RUN);
        var task = parent(dump, run);
        assertThat(task.kind()).isEqualTo(Kind.TASK);
        assertThat(task.waitingFor()).startsWith("the end of a run on the parallel runtime");
        assertThat(parent(dump, parent(dump, task)).name()).isEqualTo("calls run");
        thread.interrupt();
        thread.join();
    }

    @Test
    void asCompletedThatIsLeftOpen_isFoundAsLongAsItsTasksLive() throws Exception {
        var over = new Gate();
        Thread.ofPlatform()
                .name("leaves it open")
                .start(() -> asCompleted(List.of(() -> {
                    over.await();
                    return Weft.currentTask();
                })))
                .join();
        var dump = Weft.dump(0);
        Dumps.assertWellFormed(dump);
        var thread = find(dump, "leaves it open");
        assertThat(thread.state()).isEqualTo(State.ENDED);
        assertThat(children(dump, children(dump, thread).getFirst())).hasSize(1);
        over.open();
        while (findAny(Weft.dump(0), "leaves it open").isPresent()) {
            System.gc();
        }
    }

    @Test
    void threadAtAPrimitive_waitsForIt() throws Exception {
        var event = new Event();
        var thread = start("listens", event::await);
        awaitWaiting("listens");
        var dump = Weft.dump(5);
        assertThat(find(dump, "listens").waitingFor()).isEqualTo("an event");
        assertThat(find(dump, "listens").frames()).isNotEmpty();
        event.set();
        thread.join();
        assertGone("listens");
    }

    private static Thread start(String name, VoidBody<?> body) {
        return Thread.ofPlatform().daemon().name(name).start(() -> {
            try {
                body.execute();
            } catch (Exception expected) {
                // it was interrupted
            }
        });
    }

    private static Entry callerOfRun(TaskDump dump, String main) {
        return parent(dump, parent(dump, find(dump, main)));
    }

    private static void awaitWaiting(String name) throws InterruptedException {
        DumpTest.awaitWaiting(name);
    }

    private static void assertGone(String name) {
        assertThat(findAny(Weft.dump(0), name)).isEmpty();
    }
}

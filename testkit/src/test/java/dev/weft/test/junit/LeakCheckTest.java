package dev.weft.test.junit;

import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.TestExecutionResult.Status.SUCCESSFUL;

import dev.weft.TaskOptions;
import dev.weft.Weft;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LeakCheckTest {

    private static final CompletableFuture<String> RELEASE = new CompletableFuture<>();

    @Test
    void plainTests_failForTasksThatLiveOn_andSayWhereTheyAre() {
        var launched = Launched.run(Subject.class);
        RELEASE.complete("end");
        assertThat(launched.status("passes")).isEqualTo(SUCCESSFUL);
        assertThat(launched.thrown("leaks"))
                .get()
                .isInstanceOf(AssertionError.class)
                .extracting(Throwable::getMessage)
                .asString()
                .contains("tasks still live", "task 'leaked'", "LeakCheckTest");
        assertThat(launched.thrown("takesTooLong"))
                .get()
                .isInstanceOf(TimeoutException.class)
                .extracting(Throwable::getMessage)
                .asString()
                .contains("longer than 1 s", "LeakCheckTest", "takesTooLong");
    }

    @Test
    void dumps_areReadWithAndWithoutModules() {
        var threads = TaskThread.parse(List.of(
                "1234",
                "",
                "#1 \"main\" RUNNABLE",
                "      java.base/java.lang.Thread.run(Thread.java:1)",
                "",
                "#31 \"a \"quoted\" task\" virtual WAITING",
                "      java.base/java.lang.VirtualThread.park(VirtualThread.java:1)",
                "    at dev.weft/dev.weft.internal.task.TaskImpl.live(TaskImpl.java:120)",
                "#32 \"other\" virtual WAITING",
                "      dev.weft.internal.task.TaskImpl.live(TaskImpl.java:120)",
                "#33 \"no task\" virtual WAITING",
                "      my.dev.weft.internal.task.TaskImpl.lives(TaskImpl.java:120)"));
        assertThat(threads).extracting(TaskThread::number).containsExactly(31L, 32L);
        assertThat(threads).extracting(TaskThread::name).containsExactly("a \"quoted\" task", "other");
        assertThat(TaskThread.print(threads)).contains("task 'other'", "at dev.weft.internal.task.TaskImpl.live");
    }

    /** Run by the test above only. */
    @Disabled
    @LeakCheck
    static class Subject {

        @Test
        void passes() throws Exception {
            gather(() -> sleep(Duration.ofMillis(1)), () -> sleep(Duration.ofMillis(1)));
        }

        @Test
        void leaks() throws Exception {
            var begun = new CompletableFuture<String>();
            Thread.ofVirtual().start(() -> {
                try {
                    Weft.run(() -> createTask(TaskOptions.named("leaked"), () -> {
                                begun.complete("begun");
                                return Weft.shield(() -> Weft.await(RELEASE.minimalCompletionStage()));
                            })
                            .await());
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            begun.join();
        }

        @Test
        @LeakCheck(timeoutSeconds = 1)
        void takesTooLong() throws Exception {
            gather(() -> sleep(Weft.FOREVER), () -> sleep(Weft.FOREVER));
        }
    }
}

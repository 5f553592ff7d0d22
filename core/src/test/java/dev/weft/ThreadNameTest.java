package dev.weft;

import static dev.weft.Tasks.self;
import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;

/** J19: tasks in the tools that show threads. */
class ThreadNameTest {

    private static final String NAME = "fetch the prices";

    @TempDir
    private Path folder;

    @OnEveryRuntime
    void j19_threadBearsTheNameThatWasGiven(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var task = createTask(NAME, () -> describe(Thread.currentThread()));
            assertThat(task.await()).isEqualTo(NAME + ", virtual");
            var child = taskGroup(group -> {
                return group.createTask("a child", () -> describe(Thread.currentThread()));
            });
            assertThat(child.result()).isEqualTo("a child, virtual");
        });
    }

    @OnEveryRuntime
    void j19_threadBearsTheNameThatWasNotGiven(TestRuntime runtime) throws Exception {
        VoidBody<RuntimeException> comparison = () -> {
            var expected = self().name() + ", virtual";
            assertThat(describe(Thread.currentThread())).isEqualTo(expected);
        };
        runtime.run(() -> {
            comparison.execute();
            createTask(comparison).await();
            gather(comparison, comparison);
            taskGroup(group -> {
                group.createTask(comparison);
            });
        });
    }

    @OnEveryRuntime
    void j19_threadDumpShowsTheName(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var before = dump("before.json");
            var started = new Gate();
            var task = createTask(NAME, () -> {
                started.open();
                sleep(FOREVER);
            });
            started.await();
            var meanwhile = dump("meanwhile.json");
            task.cancel();
            assertThat(before).doesNotContainPattern(named(NAME));
            assertThat(meanwhile).containsPattern(named(NAME));
        });
    }

    private String dump(String name) throws IOException {
        var file = folder.resolve(name);
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpThreads(file.toAbsolutePath().toString(), ThreadDumpFormat.JSON);
        return Files.readString(file);
    }

    private static Pattern named(String name) {
        return Pattern.compile("\"name\"\\s*:\\s*\"" + Pattern.quote(name) + "\"");
    }

    private static String describe(Thread thread) {
        return thread.getName() + (thread.isVirtual() ? ", virtual" : ", platform");
    }
}

package dev.weft;

import static dev.weft.Tasks.awaitTrue;
import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.diagnostics.Entry;
import dev.weft.diagnostics.Entry.Kind;
import dev.weft.diagnostics.Entry.State;
import dev.weft.diagnostics.TaskDump;

/** What a dump says of each kind of thing that runs. */
class DumpTest {

    @OnEveryRuntime
    void runAndNestedCalls_areATree(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var started = new Gate();
            var background = createTask("background", () -> sleep(FOREVER));
            var worker = createTask(
                    "worker",
                    () -> taskGroup(group -> {
                        group.createTask(
                                TaskOptions.named("child"),
                                () -> gather(() -> sleep(FOREVER), () -> {
                                    started.open();
                                    sleep(FOREVER);
                                }));
                    }));
            started.await();
            awaitTrue(() -> find(Weft.dump(0), "child").state() == State.WAITING);
            var dump = Weft.dump(0);
            var child = find(dump, "child");
            assertThat(child.kind()).isEqualTo(Kind.TASK);
            var group = parent(dump, child);
            assertThat(group.kind()).isEqualTo(Kind.CALL);
            assertThat(group.name()).isEqualTo("task group");
            assertThat(group.state()).isEqualTo(State.WAITING);
            var workerEntry = parent(dump, group);
            assertThat(workerEntry.name()).isEqualTo("worker");
            assertThat(workerEntry.awaits()).containsExactly(child.id());
            assertThat(child.awaitedBy()).containsExactly(workerEntry.id());
            assertThat(parent(dump, workerEntry).kind()).isEqualTo(Kind.RUN);
            assertThat(parent(dump, find(dump, "background"))).isEqualTo(parent(dump, workerEntry));
            worker.cancel();
            background.cancel();
            Tasks.join(worker, background);
        });
    }

    private static Entry find(TaskDump dump, String name) {
        var found = dump.entries().stream()
                .filter(entry -> entry.name().equals(name))
                .toList();
        assertThat(found).as(name + " in\n" + dump).hasSize(1);
        return found.getFirst();
    }

    private static Entry parent(TaskDump dump, Entry entry) {
        return dump.entries().stream()
                .filter(other -> other.id() == entry.parent())
                .findFirst()
                .orElseThrow();
    }
}

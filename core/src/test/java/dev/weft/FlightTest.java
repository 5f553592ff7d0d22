package dev.weft;

import static dev.weft.Weft.*;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import jdk.jfr.consumer.RecordingStream;
import org.junit.jupiter.api.Test;

/** The events of the flight recorder. */
class FlightTest {

    private interface Program {
        void run() throws Exception;
    }

    /** Everything is wanted, unless {@code off}. */
    private static List<RecordedEvent> record(Program program, String... off) throws Exception {
        try (var recording = new Recording()) {
            for (var name : List.of("TaskStart", "TaskFailure", "Cancel", "Timeout", "IgnoresCancellation")) {
                recording.enable("dev.weft." + name);
            }
            recording.enable("dev.weft.HeldEventLoop");
            recording.enable("dev.weft.Task").withThreshold(Duration.ZERO);
            recording.enable("dev.weft.Wait").withThreshold(Duration.ZERO);
            for (var name : off) {
                recording.disable("dev.weft." + name);
            }
            recording.start();
            program.run();
            recording.stop();
            var file = Files.createTempFile("weft", ".jfr");
            try {
                recording.dump(file);
                return RecordingFile.readAllEvents(file);
            } finally {
                Files.delete(file);
            }
        }
    }

    private static List<RecordedEvent> of(List<RecordedEvent> events, String name) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals("dev.weft." + name))
                .toList();
    }

    private static RecordedEvent task(List<RecordedEvent> events, String name) {
        return of(events, "Task").stream()
                .filter(event -> event.getString("name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void tasks_areRecordedWithOwnerAndOutcome() throws Exception {
        var events = record(() -> run(() -> {
            assertThatThrownBy(() -> taskGroup(group -> {
                        group.createTask("good", () -> 1).await();
                        var slow = new Gate();
                        group.createTask("slow", () -> {
                            slow.open();
                            sleep(FOREVER);
                        });
                        slow.await();
                        group.createTask("bad", () -> {
                            throw new IOException("boom");
                        });
                        sleep(FOREVER);
                    }))
                    .isInstanceOf(ExceptionGroup.class);
        }));
        var good = task(events, "good");
        assertThat(good.getString("outcome")).isEqualTo("success");
        assertThat(good.getString("call")).isEqualTo("task group");
        assertThat(good.getLong("parent")).isPositive();
        var main = of(events, "Task").stream()
                .filter(event -> event.getLong("task") == good.getLong("parent"))
                .findFirst()
                .orElseThrow();
        assertThat(main.getString("parentName")).isEqualTo("run");
        assertThat(main.getStartTime()).isBeforeOrEqualTo(good.getStartTime());
        assertThat(main.getEndTime()).isAfterOrEqualTo(good.getEndTime());
        var bad = task(events, "bad");
        assertThat(bad.getString("outcome")).isEqualTo("failure");
        assertThat(bad.getString("exception")).isEqualTo("java.io.IOException");
        assertThat(bad.getString("reason")).isEqualTo("boom");
        var slow = task(events, "slow");
        assertThat(slow.getString("outcome")).isEqualTo("cancelled");
        assertThat(slow.getString("reason")).contains("IOException in the group");
        assertThat(of(events, "TaskStart"))
                .extracting(event -> event.getString("name"))
                .contains("good", "slow", "bad", main.getString("name"));
        assertThat(of(events, "TaskFailure"))
                .singleElement()
                .satisfies(event -> assertThat(event.getString("name")).isEqualTo("bad"));
        assertThat(of(events, "Cancel")).anySatisfy(event -> {
            assertThat(event.getBoolean("children")).isTrue();
            assertThat(event.getLong("task")).isEqualTo(good.getLong("parent"));
        });
    }

    @Test
    void waits_tellWhoWaitsForWhat() throws Exception {
        // in turns: the task that is awaited cannot have ended before
        var events = record(() -> EventLoop.run(() -> {
            createTask("sleeper", () -> sleep(ofMillis(2))).await();
            gather(() -> nap(1), () -> nap(2));
        }));
        assertThat(of(events, "Wait")).anySatisfy(event -> {
            assertThat(event.getString("waitingFor")).isEqualTo("task 'sleeper'");
            assertThat(event.getLong("awaited"))
                    .isEqualTo(task(events, "sleeper").getLong("task"));
        });
        assertThat(of(events, "Wait")).anySatisfy(event -> {
            assertThat(event.getString("name")).isEqualTo("task 'sleeper'");
            assertThat(event.getString("waitingFor")).contains("sleep");
            assertThat(event.getDuration()).isGreaterThanOrEqualTo(ofMillis(1));
        });
        assertThat(of(events, "Wait"))
                .anySatisfy(event -> assertThat(event.getString("waitingFor")).isEqualTo("gather of 2"));
    }

    private static int nap(int number) throws InterruptedException {
        Weft.sleep(ofMillis(2));
        return number;
    }

    @Test
    void cancelsAndTimeouts_tellWhoAndWhy() throws Exception {
        var events = record(() -> run(() -> {
            var begun = new Gate();
            var task = createTask("victim", () -> {
                begun.open();
                Weft.sleep(FOREVER);
            });
            begun.await();
            task.cancel("no longer needed");
            Tasks.join(task);
            assertThatThrownBy(() -> timeout(ofMillis(1), () -> Weft.sleep(FOREVER)))
                    .isInstanceOf(TimeoutException.class);
            timeout(ofMillis(60_000), () -> {});
        }));
        assertThat(of(events, "Cancel")).anySatisfy(event -> {
            assertThat(event.getString("name")).isEqualTo("task 'victim'");
            assertThat(event.getString("reason")).isEqualTo("no longer needed");
            assertThat(event.getString("origin")).startsWith("task 'Task-");
            assertThat(event.getBoolean("children")).isFalse();
            assertThat(event.getStackTrace().getFrames())
                    .anyMatch(frame -> frame.getMethod().getType().getName().startsWith(FlightTest.class.getName()));
        });
        assertThat(of(events, "Timeout")).singleElement().satisfies(event -> {
            assertThat(event.getString("limit")).isEqualTo("timeout of 1ms");
            assertThat(event.getDuration("late")).isBetween(Duration.ZERO, Duration.ofSeconds(30));
        });
    }

    @Test
    void taskThatIgnoresCancellation_isRecordedWithItsFrames() throws Exception {
        var reported = new CompletableFuture<Problem>();
        var events = record(() -> {
            try (var runner = Runner.builder()
                    .cancellationGrace(ofMillis(2))
                    .onProblem(reported::complete)
                    .build()) {
                runner.run(() -> {
                    var begun = new Gate();
                    var release = new Gate();
                    var task = createTask("stubborn", () -> {
                        begun.open();
                        release.awaitStubbornly();
                    });
                    begun.await();
                    task.cancel("please");
                    await(reported);
                    release.open();
                    task.await();
                });
            }
        });
        assertThat(of(events, "IgnoresCancellation")).singleElement().satisfies(event -> {
            assertThat(event.getString("name")).isEqualTo("stubborn");
            assertThat(event.getString("reason")).contains("please");
            assertThat(event.getString("frames")).contains("awaitStubbornly");
            assertThat(event.getDuration("grace")).isEqualTo(ofMillis(2));
        });
    }

    @Test
    void heldEventLoop_isRecordedWithoutDebugMode() throws Exception {
        var problems = new CopyOnWriteArrayList<Problem>();
        var held = new CompletableFuture<RecordedEvent>();
        try (var recording = new RecordingStream();
                var runner = Runner.builder()
                        .runtime(WeftRuntime::eventLoop)
                        .debug(false)
                        .onProblem(problems::add)
                        .build()) {
            recording.enable("dev.weft.HeldEventLoop");
            recording.onEvent("dev.weft.HeldEventLoop", held::complete);
            recording.setReuse(false);
            recording.startAsync();
            // blocks outside of Weft, and so holds the loop, until that is told
            runner.run(() -> {
                held.get();
            });
        }
        assertThat(held.join()).satisfies(event -> {
            assertThat(event.getString("frames")).contains("FlightTest");
            assertThat(event.getDuration("held")).isGreaterThanOrEqualTo(ofMillis(100));
        });
        assertThat(problems).isEmpty();
    }

    @Test
    void reasonThatCannotBePrinted_isNamed() throws Exception {
        var events = record(() -> run(() -> {
            var task = createTask("victim", () -> Weft.sleep(FOREVER));
            task.cancel(new Object() {
                @Override
                public String toString() {
                    throw new UnsupportedOperationException("no text");
                }
            });
            Tasks.join(task);
        }));
        assertThat(of(events, "Cancel"))
                .anySatisfy(event -> assertThat(event.getString("reason")).contains("UnsupportedOperationException"));
    }

    @Test
    void whatIsNotWanted_isNotRecorded() throws Exception {
        var events = record(
                () -> run(() -> gather(() -> 1, () -> 2)),
                "Task",
                "TaskStart",
                "TaskFailure",
                "Wait",
                "Cancel",
                "Timeout");
        assertThat(events).noneMatch(event -> event.getEventType().getName().startsWith("dev.weft."));
    }

    @Test
    void withoutTheModule_everythingElseWorks() throws Exception {
        var result = ChildJvm.run(Prints.class, Map.of(), "--limit-modules", "java.base");
        assertThat(result).isEqualTo(new ChildJvm.Result(0, "[1, 2] without jdk.jfr"));
    }

    /** Cancels, waits and times out. */
    static final class Prints {

        private Prints() {}

        public static void main(String[] arguments) throws Exception {
            var results = Weft.run(() -> {
                var task = createTask(() -> Weft.sleep(FOREVER));
                task.cancel();
                try {
                    timeout(ofMillis(1), () -> Weft.sleep(FOREVER));
                } catch (TimeoutException e) {
                    // as expected
                }
                return gather(() -> 1, () -> 2);
            });
            var module = ModuleLayer.boot().findModule("jdk.jfr");
            System.out.println(results + (module.isPresent() ? " with " : " without ") + "jdk.jfr");
        }
    }
}

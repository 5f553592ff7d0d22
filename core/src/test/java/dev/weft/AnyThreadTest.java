package dev.weft;

import static dev.weft.Weft.asCompleted;
import static dev.weft.Weft.combine;
import static dev.weft.Weft.forEachConcurrent;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.mapConcurrent;
import static dev.weft.Weft.race;
import static dev.weft.Weft.settle;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;
import static dev.weft.Weft.timeout;
import static dev.weft.Weft.waitFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** J1: structured calls work on any thread, with and without a run. */
class AnyThreadTest {

    private static final Duration MOMENT = Duration.ofMillis(1);

    private static final Duration LONG = Duration.ofDays(1);

    @OnEveryKindOfThread
    void j1_gather(Caller caller) throws Exception {
        var meeting = new Meeting();
        caller.run(
                () -> assertThat(gather(meeting.guest("a"), meeting.guest("b"))).containsExactly("a", "b"));
    }

    @OnEveryKindOfThread
    void j1_gatherThatFails(Caller caller) throws Exception {
        var hanging = new HangingBody();
        var failure = new IllegalStateException("failed");
        caller.run(() -> {
            assertThatThrownBy(() -> gather(hanging, () -> {
                        hanging.awaitStarted();
                        throw failure;
                    }))
                    .isSameAs(failure);
            assertThat(hanging.wasCancelled()).isTrue();
        });
    }

    @OnEveryKindOfThread
    void j1_combine(Caller caller) throws Exception {
        var meeting = new Meeting();
        caller.run(() -> {
            String both = combine(meeting.guest("a"), meeting.guest("b"), (a, b) -> a + b);
            assertThat(both).isEqualTo("ab");
        });
    }

    @OnEveryKindOfThread
    void j1_settle(Caller caller) throws Exception {
        var failure = new IllegalStateException("failed");
        caller.run(() -> {
            List<Outcome<String>> outcomes = settle(() -> sleep(MOMENT, "a"), () -> {
                throw failure;
            });
            assertThat(outcomes).hasSize(2);
            assertThat(outcomes.getFirst()).isEqualTo(new Outcome.Success<>("a"));
            assertThat(outcomes.getLast()).isEqualTo(new Outcome.Failure<>(failure));
        });
    }

    @OnEveryKindOfThread
    void j1_race(Caller caller) throws Exception {
        var loser = new SleepingBody();
        caller.run(() -> {
            String winner = race(loser, () -> {
                loser.started.await();
                return "winner";
            });
            assertThat(winner).isEqualTo("winner");
            assertThat(loser.hasEnded()).isTrue();
            assertThat(loser.interruption()).isInstanceOf(CancelledException.class);
        });
    }

    @OnEveryKindOfThread
    void j1_mapConcurrent(Caller caller) throws Exception {
        var meeting = new Meeting();
        caller.run(() -> assertThat(mapConcurrent(
                        List.of("a", "b"), 2, item -> meeting.guest(item).run()))
                .containsExactly("a", "b"));
    }

    @OnEveryKindOfThread
    void j1_forEachConcurrent(Caller caller) throws Exception {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        caller.run(() -> {
            forEachConcurrent(List.of("a", "b", "c"), 2, item -> {
                sleep(MOMENT);
                seen.add(item);
            });
            assertThat(seen).containsExactlyInAnyOrder("a", "b", "c");
        });
    }

    @OnEveryKindOfThread
    void j1_taskGroup(Caller caller) throws Exception {
        var meeting = new Meeting();
        caller.run(() -> {
            var tasks = taskGroup(group -> {
                return List.of(group.createTask(meeting.guest("a")), group.createTask(meeting.guest("b")));
            });
            assertThat(tasks).extracting(task -> task.result()).containsExactly("a", "b");
        });
    }

    @OnEveryKindOfThread
    void j1_taskGroupWhoseBlockIsCancelledByAChild(Caller caller) throws Exception {
        var failure = new IllegalStateException("failed");
        caller.run(() -> {
            var here = Thread.currentThread();
            assertThatThrownBy(() -> taskGroup(group -> {
                        group.createTask(() -> {
                            throw failure;
                        });
                        assertThat(Thread.currentThread()).isSameAs(here);
                        sleep(LONG);
                    }))
                    .isInstanceOfSatisfying(
                            ExceptionGroup.class,
                            group -> assertThat(group.exceptions())
                                    .singleElement()
                                    .isSameAs(failure));
            assertThat(here.isInterrupted()).isFalse();
        });
    }

    @OnEveryKindOfThread
    void j1_timeoutThatIsNotReached(Caller caller) throws Exception {
        caller.run(() -> {
            var here = Thread.currentThread();
            assertThat(timeout(LONG, () -> {
                        sleep(MOMENT);
                        return Thread.currentThread();
                    }))
                    .isSameAs(here);
        });
    }

    @OnEveryKindOfThread
    void j1_timeoutThatPasses(Caller caller) throws Exception {
        caller.run(() -> {
            assertThatThrownBy(() -> timeout(MOMENT, () -> sleep(LONG))).isInstanceOf(DeadlineExceededException.class);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        });
    }

    @OnEveryKindOfThread
    void j1_waitFor(Caller caller) throws Exception {
        var hanging = new SleepingBody();
        caller.run(() -> {
            assertThat(waitFor(() -> sleep(MOMENT, "a"), LONG)).isEqualTo("a");
            assertThatThrownBy(() -> waitFor(hanging, MOMENT)).isInstanceOf(DeadlineExceededException.class);
            assertThat(hanging.hasEnded()).isTrue();
        });
    }

    @OnEveryKindOfThread
    void j1_sleep(Caller caller) throws Exception {
        caller.run(() -> {
            var before = System.nanoTime();
            assertThat(sleep(Duration.ofMillis(2), "slept")).isEqualTo("slept");
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(2));
            sleep(Duration.ZERO);
        });
    }

    @OnEveryKindOfThread
    void j1_asCompleted(Caller caller) throws Exception {
        var first = new Gate();
        caller.run(() -> {
            var values = new HashSet<String>();
            Body<String, RuntimeException> second = () -> {
                first.await();
                return "second";
            };
            for (var completion : asCompleted(second, () -> "first")) {
                values.add(completion.await());
                first.open();
            }
            assertThat(values).containsExactlyInAnyOrder("first", "second");
        });
    }

    /** Two that can only go on when both are there, so that no call passes which runs one after the other. */
    private static final class Meeting {

        private final Gate first = new Gate();
        private final Gate second = new Gate();

        Body<String, RuntimeException> guest(String name) {
            var mine = name.equals("a") ? first : second;
            var other = name.equals("a") ? second : first;
            return () -> {
                mine.open();
                other.await();
                return name;
            };
        }
    }

    /** What a call is made on. */
    enum Caller {
        PLATFORM_THREAD,
        VIRTUAL_THREAD,
        PARALLEL_RUN,
        EVENT_LOOP_RUN;

        void run(VoidBody<Exception> body) throws Exception {
            switch (this) {
                case PLATFORM_THREAD -> runOn(Thread.ofPlatform().daemon(), body);
                case VIRTUAL_THREAD -> runOn(Thread.ofVirtual(), body);
                case PARALLEL_RUN -> TestRuntime.PARALLEL.run(body);
                case EVENT_LOOP_RUN -> TestRuntime.EVENT_LOOP.run(body);
            }
        }

        private static void runOn(Thread.Builder builder, VoidBody<Exception> body) throws Exception {
            var call = new FutureTask<Void>(() -> {
                body.execute();
                return null;
            });
            builder.start(call);
            call.get();
        }
    }

    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest
    @EnumSource(Caller.class)
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @interface OnEveryKindOfThread {}
}

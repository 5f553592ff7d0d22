package dev.weft;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.combine;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.forEachConcurrent;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.mapConcurrent;
import static dev.weft.Weft.race;
import static dev.weft.Weft.settle;
import static dev.weft.Weft.taskGroup;
import static dev.weft.Weft.timeout;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** J2: interrupting a thread that is inside a structured call. */
class InterruptedCallsTest {

    @WithEveryCall
    void j2_platformThread(Call call) throws Exception {
        interruptInside(call, Thread.ofPlatform().daemon());
    }

    @WithEveryCall
    void j2_virtualThread(Call call) throws Exception {
        interruptInside(call, Thread.ofVirtual());
    }

    /** The interrupt cancels the call that the thread is in, and nothing that comes after. */
    private static void interruptInside(Call call, Thread.Builder builder) throws Exception {
        var first = new SleepingBody();
        var second = new SleepingBody();
        var seen = new CompletableFuture<Seen>();
        var thread = builder.start(() -> {
            try {
                call.run(first, second);
                seen.completeExceptionally(new AssertionError("the call returned"));
            } catch (Throwable e) {
                var ended = first.hasEnded() && second.hasEnded();
                seen.complete(new Seen(e, ended, Thread.currentThread().isInterrupted()));
            }
        });
        first.started.await();
        second.started.await();
        thread.interrupt();
        var result = seen.get();
        assertThat(result.thrown()).isInstanceOf(InterruptedException.class);
        assertThat(result.childrenHadEnded()).isTrue();
        assertThat(result.stillInterrupted()).isFalse();
        assertThat(first.interruption()).isInstanceOf(CancelledException.class);
        assertThat(second.interruption()).isInstanceOf(CancelledException.class);
    }

    /** What the interrupted thread has seen when its call ended. */
    private record Seen(Throwable thrown, boolean childrenHadEnded, boolean stillInterrupted) {}

    /** A call that two bodies run inside of. */
    enum Call {
        GATHER {
            @Override
            void run(SleepingBody first, SleepingBody second) throws Exception {
                gather(first, second);
            }
        },
        COMBINE {
            @Override
            void run(SleepingBody first, SleepingBody second) throws Exception {
                combine(first, second, (a, b) -> a + b);
            }
        },
        SETTLE {
            @Override
            void run(SleepingBody first, SleepingBody second) throws Exception {
                settle(first, second);
            }
        },
        RACE {
            @Override
            void run(SleepingBody first, SleepingBody second) throws Exception {
                race(first, second);
            }
        },
        MAP_CONCURRENT {
            @Override
            void run(SleepingBody first, SleepingBody second) throws Exception {
                mapConcurrent(List.of(first, second), 2, SleepingBody::run);
            }
        },
        FOR_EACH_CONCURRENT {
            @Override
            void run(SleepingBody first, SleepingBody second) throws Exception {
                forEachConcurrent(List.of(first, second), 2, body -> {
                    body.run();
                });
            }
        },
        TASK_GROUP_AT_ITS_END {
            @Override
            void run(SleepingBody first, SleepingBody second) throws Exception {
                taskGroup(group -> {
                    group.createTask(first);
                    group.createTask(second);
                });
            }
        },
        TASK_GROUP_IN_ITS_BLOCK {
            @Override
            void run(SleepingBody first, SleepingBody second) throws Exception {
                taskGroup(group -> {
                    group.createTask(first);
                    group.createTask(second);
                    Weft.sleep(FOREVER);
                });
            }
        },
        TASK_GROUP_IN_A_FOREIGN_CALL {
            @Override
            void run(SleepingBody first, SleepingBody second) throws Exception {
                taskGroup(group -> {
                    group.createTask(first);
                    group.createTask(second);
                    new CompletableFuture<>().get();
                });
            }
        },
        TIMEOUT {
            @Override
            void run(SleepingBody first, SleepingBody second) throws Exception {
                timeout(Duration.ofDays(1), () -> gather(first, second));
            }
        },
        RUN_ON_THE_PARALLEL_RUNTIME {
            @Override
            void run(SleepingBody first, SleepingBody second) throws Exception {
                TestRuntime.PARALLEL.run(() -> {
                    createTask(first);
                    return second.run();
                });
            }
        },
        RUN_ON_THE_EVENT_LOOP {
            @Override
            void run(SleepingBody first, SleepingBody second) throws Exception {
                TestRuntime.EVENT_LOOP.run(() -> {
                    createTask(first);
                    return second.run();
                });
            }
        };

        abstract void run(SleepingBody first, SleepingBody second) throws Exception;
    }

    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest
    @EnumSource(Call.class)
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @interface WithEveryCall {}
}

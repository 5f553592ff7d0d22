package dev.weft;

import static dev.weft.Weft.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Exceptions and reasons whose own methods fail, block or never come to an end. */
class HostileObjectsTest {

    /** Each of its methods throws. */
    private static final class Hostile extends Exception {
        private static final long serialVersionUID = 1L;

        @Override
        public synchronized Throwable getCause() {
            throw new IllegalStateException("getCause");
        }

        @Override
        public String getMessage() {
            throw new StackOverflowError("getMessage");
        }

        @Override
        public String toString() {
            throw new IllegalStateException("toString");
        }

        @Override
        public boolean equals(Object other) {
            throw new IllegalStateException("equals");
        }

        @Override
        public int hashCode() {
            throw new IllegalStateException("hashCode");
        }
    }

    /** Its causes never end. */
    private static final class Endless extends Exception {
        private static final long serialVersionUID = 1L;

        @Override
        public synchronized Throwable getCause() {
            return new Endless();
        }
    }

    /** Two that are each other's cause. */
    private static Exception circle() {
        var first = new Exception("first");
        first.initCause(new Exception("second", first));
        return first;
    }

    private static List<Exception> hostile() {
        return List.of(new Hostile(), new Endless(), circle());
    }

    @OnEveryRuntime
    void h3_exceptionThatFails_isTheTasksFailure(TestRuntime runtime) throws Exception {
        for (var hostile : hostile()) {
            runtime.run(() -> {
                var task = createTask(() -> {
                    throw hostile;
                });
                waitUntil(ReturnWhen.ALL_COMPLETED, List.of(task));
                assertThat(task.exception() == hostile).isTrue();
                assertThat(task.toString()).contains("failed");
            });
        }
    }

    @OnEveryRuntime
    void h3_exceptionThatFailsInACancelledTask_isTheTasksFailure(TestRuntime runtime) throws Exception {
        for (var hostile : hostile()) {
            runtime.run(() -> {
                var begun = new Gate();
                var task = createTask(() -> {
                    begun.open();
                    try {
                        sleep(FOREVER);
                    } catch (InterruptedException e) {
                        throw hostile;
                    }
                });
                begun.await();
                task.cancel("enough");
                waitUntil(ReturnWhen.ALL_COMPLETED, List.of(task));
                assertThat(task.isCancelled()).isFalse();
                assertThat(task.exception() == hostile).isTrue();
            });
        }
    }

    @OnEveryRuntime
    void h3_exceptionThatFailsInEachCall_passes(TestRuntime runtime) throws Exception {
        for (var hostile : hostile()) {
            List<Body<Void, Exception>> calls = List.of(
                    () -> timeout(Duration.ofHours(1), () -> {
                        throw hostile;
                    }),
                    () -> onCancel(() -> {}, () -> {
                        if (true) {
                            throw hostile;
                        }
                        return null;
                    }),
                    () -> {
                        gather(
                                () -> {
                                    if (true) {
                                        throw hostile;
                                    }
                                    return 1;
                                },
                                () -> sleep(FOREVER, 2));
                        return null;
                    },
                    () -> {
                        mapConcurrent(List.of(1, 2), 2, item -> {
                            if (item == 1) {
                                throw hostile;
                            }
                            return sleep(FOREVER, item);
                        });
                        return null;
                    });
            for (var call : calls) {
                runtime.run(() -> {
                    Throwable thrown = null;
                    try {
                        call.run();
                    } catch (Throwable e) {
                        thrown = e;
                    }
                    assertThat(thrown == hostile).isTrue();
                });
            }
        }
    }

    private static void yieldOnce() throws InterruptedException {
        sleep(Duration.ZERO);
    }

    /** A reason whose text fails. It counts how often it is asked for. */
    private static final class Reason {
        final AtomicInteger asked = new AtomicInteger();

        @Override
        public String toString() {
            asked.incrementAndGet();
            throw new IllegalStateException("no text");
        }

        @Override
        public boolean equals(Object other) {
            throw new IllegalStateException("equals");
        }

        @Override
        public int hashCode() {
            throw new IllegalStateException("hashCode");
        }
    }

    @OnEveryRuntime
    void h4_reasonWhoseTextFails_isAskedForItOnceByTheGiver(TestRuntime runtime) throws Exception {
        var reason = new Reason();
        runtime.run(() -> {
            var task = createTask(() -> sleep(FOREVER));
            yieldOnce();
            task.cancel(reason);
            assertThat(reason.asked).hasValue(1);
            assertThatThrownBy(task::await)
                    .hasMessageContaining("Reason whose toString() throws java.lang.IllegalStateException");
            dump();
            var _ = task.toString();
        });
        assertThat(reason.asked).hasValue(1);
    }

    @OnEveryRuntime
    void h4_parentOfMappedItemsIsCancelledWithSuchAReason_theyAreStopped(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            var begun = new CountDownLatch(2);
            var mapping = createTask(() -> mapConcurrent(List.of(1, 2), 2, item -> {
                begun.countDown();
                return sleep(FOREVER, item);
            }));
            Tasks.awaitTrue(() -> begun.getCount() == 0);
            mapping.cancel(new Reason());
            waitUntil(ReturnWhen.ALL_COMPLETED, List.of(mapping));
            assertThat(mapping.isCancelled()).isTrue();
        });
    }

    @OnEveryRuntime
    @NotSimulated("waits in real time for the watch")
    void h4_reasonWhoseTextFails_doesNotSilenceTheWatch(TestRuntime runtime) throws Exception {
        var problems = new CopyOnWriteArrayList<Problem>();
        var reported = new CountDownLatch(2);
        try (var runner = runtime.builder()
                .cancellationGrace(Duration.ofMillis(20))
                .onProblem(problem -> {
                    problems.add(problem);
                    reported.countDown();
                })
                .build()) {
            runner.run(() -> {
                var stubborn = List.of(new StubbornBody(), new StubbornBody());
                var first = createTask("first", stubborn.getFirst());
                var second = createTask("second", stubborn.getLast());
                for (var body : stubborn) {
                    body.awaitStarted();
                }
                first.cancel(new Reason());
                Tasks.awaitTrue(() -> reported.getCount() <= 1);
                second.cancel(new Reason());
                Tasks.awaitTrue(() -> reported.getCount() == 0);
                stubborn.forEach(StubbornBody::release);
                Tasks.join(first, second);
            });
        }
        assertThat(problems).extracting(Problem::kind).containsOnly(Problem.Kind.IGNORES_CANCELLATION);
    }

    /** The text of a reason takes its giver's time, and nobody else's. */
    @OnEveryRuntime
    @NotSimulated("needs threads that run at the same time")
    void h4_reasonWhoseTextBlocks_holdsUpNoDeadline(TestRuntime runtime) throws Exception {
        var asked = new CountDownLatch(1);
        var answer = new CountDownLatch(1);
        runtime.run(() -> {
            var task = createTask(() -> sleep(FOREVER));
            yieldOnce();
            var giver = Thread.ofVirtual()
                    .start(() -> task.cancel(new Object() {
                        @Override
                        public String toString() {
                            asked.countDown();
                            try {
                                answer.await();
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                            return "at last";
                        }
                    }));
            Tasks.awaitTrue(() -> asked.getCount() == 0);
            assertThatThrownBy(() -> timeout(Duration.ofMillis(5), () -> sleep(FOREVER)))
                    .isInstanceOf(TimeoutException.class);
            var _ = task.toString();
            dump();
            answer.countDown();
            assertThatThrownBy(task::await).hasMessageContaining("at last");
            giver.join();
        });
    }

    @Test
    void p11_groupWithAMemberWhoseMessageThrows_hasAMessage() {
        var group = new ExceptionGroup("2 tasks failed", List.of(new Hostile(), new IllegalStateException("other")));
        assertThat(group.getMessage()).isEqualTo("2 tasks failed [Hostile, IllegalStateException: other]");
        assertThat(group.toString()).endsWith(group.getMessage());
    }

    /** Asks the group that it is in. */
    private static final class AsksItsGroup extends Exception {
        private static final long serialVersionUID = 1L;

        private transient ExceptionGroup group;

        @Override
        public String getMessage() {
            return "in " + group.getMessage();
        }
    }

    @Test
    void p11_groupWithMembersThatAskForItsMessage_hasAMessage() {
        var members = List.of(new AsksItsGroup(), new AsksItsGroup());
        var group = new ExceptionGroup("failed", members);
        members.forEach(member -> member.group = group);
        assertThat(group.getMessage()).isEqualTo("failed [AsksItsGroup: in failed, AsksItsGroup: in failed]");
    }
}

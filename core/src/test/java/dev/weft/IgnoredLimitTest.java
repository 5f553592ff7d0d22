package dev.weft;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.internal.failure.Uninterruptible;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** J28: a time limit that its body ignores. */
class IgnoredLimitTest {

    @OnEveryRuntime
    void j28_limitThatIsIgnored_isReportedOnceWithNameLimitAndStack(TestRuntime runtime) throws Exception {
        var problems = new CopyOnWriteArrayList<Problem>();
        var reported = new CompletableFuture<Problem>();
        var stubborn = new StubbornBody();
        run(runtime, problems, reported, 1, () -> {
            var releasing = Weft.createTask("releasing", () -> {
                Weft.await(reported);
                sleep(ofMillis(10));
                stubborn.release();
            });
            timeout(ofMillis(1), stubborn);
            releasing.await();
        });
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Problem.Kind.IGNORES_CANCELLATION);
            assertThat(problem.message())
                    .contains(problem.task().name(), "still runs 2ms after", "timeout of 1ms", "deadline has passed");
            assertThat(problem.exception().getStackTrace())
                    .anyMatch(frame -> frame.getMethodName().equals("awaitStubbornly"));
        });
    }

    @OnEveryRuntime
    void j28_twoBlocksThatAreIgnored_areReportedOnceEach(TestRuntime runtime) throws Exception {
        var problems = new CopyOnWriteArrayList<Problem>();
        var reported = new CompletableFuture<Problem>();
        var stubborn = new StubbornBody();
        run(runtime, problems, reported, 2, () -> {
            var releasing = Weft.createTask("releasing", () -> {
                Weft.await(reported);
                sleep(ofMillis(10));
                stubborn.release();
            });
            timeout(ofMillis(2), () -> timeout(ofMillis(1), stubborn));
            releasing.await();
        });
        assertThat(problems)
                .extracting(Problem::message)
                .hasSize(2)
                .anyMatch(message -> message.contains("timeout of 1ms"))
                .anyMatch(message -> message.contains("timeout of 2ms"));
    }

    @OnEveryRuntime
    void j28_manyLimitsThatAreIgnored_areReportedOrCountedOnceEach(TestRuntime runtime) throws Exception {
        var many = 100;
        var told = new AtomicInteger();
        var allTold = new CompletableFuture<Void>();
        var stubborn = new StubbornBody();
        try (var runner = runtime.builder()
                .cancellationGrace(ofMillis(2))
                .onProblem(problem -> {
                    var message = problem.message();
                    var counted = message.contains(" more blocks still run after their limit has passed, one of task");
                    if (told.addAndGet(counted ? Integer.parseInt(message.substring(0, message.indexOf(' '))) : 1)
                            == many) {
                        allTold.complete(null);
                    }
                })
                .build()) {
            runner.run(() -> {
                var releasing = Weft.createTask("releasing", () -> {
                    Weft.await(allTold);
                    sleep(ofMillis(10));
                    stubborn.release();
                });
                nest(many, stubborn);
                releasing.await();
            });
        }
        assertThat(told).hasValue(many);
    }

    private static void nest(int depth, VoidBody<RuntimeException> body) throws TimeoutException, InterruptedException {
        if (depth == 0) {
            body.execute();
        } else {
            timeout(ofNanos(-1), () -> nest(depth - 1, body));
        }
    }

    @OnEveryRuntime
    void j28_limitWhoseBodyStops_isNotReported(TestRuntime runtime) throws Exception {
        var problems = new CopyOnWriteArrayList<Problem>();
        try (var runner = runtime.builder()
                .cancellationGrace(ofHours(1))
                .onProblem(problems::add)
                .build()) {
            runner.run(() -> {
                for (var i = 0; i < 100; i++) {
                    assertThatThrownBy(() -> timeout(ofNanos(1), () -> sleep(FOREVER)))
                            .isInstanceOf(TimeoutException.class);
                }
            });
        }
        assertThat(problems).isEmpty();
    }

    /** Outside of a run: the default handler, which logs, and the default grace of some seconds. */
    @Test
    void j28_threadsOutsideOfARun_areReportedAndThoseInSocketsWithTheRemedy() throws Exception {
        var messages = new CopyOnWriteArrayList<String>();
        var seen = new CountDownLatch(3);
        var logger = Logger.getLogger("dev.weft");
        var handler = handler(message -> {
            if (message.contains("'ignores-limit-")) {
                messages.add(message);
                seen.countDown();
            }
        });
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        var stubborn = new StubbornBody();
        var threads = new ArrayList<Thread>();
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var socket = new Socket(server.getInetAddress(), server.getLocalPort());
                var peer = server.accept()) {
            threads.add(limited(
                    Thread.ofPlatform().daemon().name("ignores-limit-socket"),
                    () -> socket.getInputStream().read()));
            threads.add(limited(Thread.ofPlatform().daemon().name("ignores-limit-platform"), () -> {
                stubborn.execute();
                return 0;
            }));
            threads.add(limited(Thread.ofVirtual().name("ignores-limit-virtual"), () -> {
                stubborn.execute();
                return 0;
            }));
            assertThat(seen.await(50, TimeUnit.SECONDS)).as("%s", messages).isTrue();
            peer.getOutputStream().write(1);
            stubborn.release();
            for (var thread : threads) {
                thread.join();
            }
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
        assertThat(messages)
                .hasSize(3)
                .allMatch(message -> message.contains("timeout of 1ms"))
                .filteredOn(message -> message.contains("gather(() -> …)"))
                .singleElement()
                .asString()
                .contains("thread 'ignores-limit-socket'", "a platform thread in socket I/O");
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.net.Inet6AddressImpl", "java.net.Inet4AddressImpl"})
    void j28_nameLookUp_isToBeAbandoned(String frame) {
        assertThat(Uninterruptible.remedy(Thread.currentThread(), frames(frame)))
                .contains("abandonOnCancel");
    }

    @Test
    void j28_remedy_isForWhatIsKnownOnly() {
        var platform = Thread.ofPlatform().unstarted(() -> {});
        var virtual = Thread.ofVirtual().unstarted(() -> {});
        assertThat(Uninterruptible.remedy(platform, frames("sun.nio.ch.NioSocketImpl")))
                .contains("gather");
        assertThat(Uninterruptible.remedy(virtual, frames("sun.nio.ch.NioSocketImpl")))
                .isEmpty();
        assertThat(Uninterruptible.remedy(platform, frames("java.lang.Thread"))).isEmpty();
        assertThat(Uninterruptible.remedy(platform, new StackTraceElement[0])).isEmpty();
        assertThat(Uninterruptible.remedy(null, frames("sun.nio.ch.NioSocketImpl")))
                .isEmpty();
        assertThat(Uninterruptible.remedy(virtual, frames("java.io.FileInputStream")))
                .contains("onCancel");
    }

    private static StackTraceElement[] frames(String className) {
        return new StackTraceElement[] {
            new StackTraceElement("sun.nio.ch.Net", "poll", null, -2),
            new StackTraceElement(className, "method", null, -2),
            new StackTraceElement("my.Program", "main", null, 1)
        };
    }

    private static Thread limited(Thread.Builder builder, Body<Integer, Exception> body) {
        return builder.start(() -> {
            try {
                timeout(ofMillis(1), body);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    private static Handler handler(java.util.function.Consumer<String> action) {
        return new Handler() {
            @Override
            public void publish(LogRecord record) {
                action.accept(record.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    private static void run(
            TestRuntime runtime,
            List<Problem> problems,
            CompletableFuture<Problem> reported,
            int count,
            VoidBody<Exception> main)
            throws Exception {
        try (var runner = runtime.builder()
                .cancellationGrace(ofMillis(2))
                .onProblem(problem -> {
                    problems.add(problem);
                    if (problems.size() == count) {
                        reported.complete(problem);
                    }
                })
                .build()) {
            runner.run(main);
        }
    }
}

package dev.weft;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.taskGroup;
import static dev.weft.Weft.timeout;
import static java.time.Duration.ofDays;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.internal.failure.Interrupts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.net.SocketException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** J3, C14, TG13: what a body that catches its interrupt, and throws another exception because of it, ends as. */
class CarriedInterruptTest {

    /** A user's own exceptions. */
    private static final class Mine extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Mine(Throwable cause) {
            super("mine", cause);
        }
    }

    private static final class MyIoException extends IOException {
        private static final long serialVersionUID = 1L;

        MyIoException(Throwable cause) {
            super("mine", cause);
        }
    }

    /** As libraries name theirs. */
    private static final class CallInterruptedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CallInterruptedException(Throwable cause) {
            super(cause);
        }
    }

    private static final Map<String, Function<InterruptedException, Exception>> CARRIERS = carriers();
    private static final Map<String, Function<InterruptedException, Exception>> TRANSLATIONS = translations();

    /** How the body blocks. */
    private enum Call {
        WEFT_SLEEP {
            @Override
            void block() throws InterruptedException {
                sleep(FOREVER);
            }
        },
        THREAD_SLEEP {
            @Override
            void block() throws InterruptedException {
                Thread.sleep(ofDays(1));
            }
        },
        FUTURE_GET {
            @Override
            void block() throws InterruptedException {
                try {
                    new CompletableFuture<String>().get();
                } catch (ExecutionException e) {
                    throw new AssertionError(e);
                }
            }
        },
        LOCK_INTERRUPTIBLY {
            @Override
            void block() throws InterruptedException {
                var lock = new ReentrantLock();
                var holder = Thread.ofVirtual().unstarted(lock::lock);
                holder.start();
                holder.join(); // a lock whose owner has ended stays locked
                lock.lockInterruptibly();
            }
        };

        abstract void block() throws InterruptedException;

        void blockOutside() throws InterruptedException {
            if (this == WEFT_SLEEP) {
                block();
            } else {
                blocking(this::block);
            }
        }
    }

    private static Map<String, Function<InterruptedException, Exception>> carriers() {
        var all = new LinkedHashMap<String, Function<InterruptedException, Exception>>();
        all.put("RuntimeException", e -> new RuntimeException("interrupted", e));
        all.put("Exception", Exception::new);
        all.put("IOException", IOException::new);
        all.put("UncheckedIOException", e -> new UncheckedIOException(new IOException(e)));
        all.put("ExecutionException", ExecutionException::new);
        all.put("CompletionException", e -> new CompletionException(new ExecutionException(e)));
        all.put("InvocationTargetException", InvocationTargetException::new);
        all.put("UndeclaredThrowableException", UndeclaredThrowableException::new);
        all.put("CallInterruptedException", CallInterruptedException::new);
        return all;
    }

    private static Map<String, Function<InterruptedException, Exception>> translations() {
        var all = new LinkedHashMap<String, Function<InterruptedException, Exception>>();
        all.put("Mine", Mine::new);
        all.put("MyIoException", MyIoException::new);
        all.put("Mine in RuntimeException", e -> new RuntimeException(new Mine(e)));
        all.put("RuntimeException in Mine", e -> new Mine(new RuntimeException(e)));
        all.put("IllegalStateException", e -> new IllegalStateException("cannot go on", e));
        return all;
    }

    @NotSimulated("blocks outside of Weft")
    @OnEveryRuntime
    void j3_exceptionThatCarriesTheInterrupt_isTheCancel(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var call : Call.values()) {
                for (var type : CARRIERS.entrySet()) {
                    var as = call + " " + type.getKey();
                    assertThat(underLimit(call, type.getValue())).as(as).isInstanceOf(TimeoutException.class);
                    assertThat(cancelled(call, type.getValue())).as(as).isInstanceOf(CancellationException.class);
                    assertThat(inGroup(call, type.getValue())).as(as).isNull();
                    assertThat(Thread.currentThread().isInterrupted()).as(as).isFalse();
                }
            }
        });
    }

    @NotSimulated("blocks outside of Weft")
    @OnEveryRuntime
    void c14_exceptionOfTheUsersOwn_becomesTheOutcomeWhateverWasInterrupted(TestRuntime runtime) throws Exception {
        runtime.run(() -> {
            for (var call : Call.values()) {
                for (var type : TRANSLATIONS.entrySet()) {
                    var as = call + " " + type.getKey();
                    var example =
                            type.getValue().apply(new InterruptedException()).getClass();
                    var limited = underLimit(call, type.getValue());
                    assertThat(limited).as(as).isExactlyInstanceOf(example);
                    assertThat(limited.getSuppressed())
                            .as(as)
                            .hasExactlyElementsOfTypes(DeadlineExceededException.class);
                    assertThat(cancelled(call, type.getValue())).as(as).isExactlyInstanceOf(example);
                    assertThat(GroupFailures.membersOf(inGroup(call, type.getValue())))
                            .as(as)
                            .hasExactlyElementsOfTypes(example);
                    assertThat(Thread.currentThread().isInterrupted()).as(as).isFalse();
                }
            }
        });
    }

    @Test
    void j3_whatIsCausedByInterruptedIo_isACancelWhoeverThrowsIt() {
        var closed = new SocketException("Closed by interrupt");
        assertThat(Interrupts.isSurface(new Mine(closed))).isTrue();
        assertThat(Interrupts.isSurface(new IllegalStateException(closed))).isTrue();
    }

    @Test
    void j3_failuresCausedByAnInterrupt_areFailures() {
        var interrupt = new InterruptedException();
        var expiry = new DeadlineExceededException(Deadline.never(), "timeout");
        expiry.initCause(new SocketException("Closed by interrupt"));
        for (var failure : List.of(
                new AssertionError(interrupt),
                new Error(interrupt),
                expiry,
                new RuntimeException(expiry),
                new IllegalArgumentException(interrupt))) {
            assertThat(Interrupts.isSurface(failure)).as("%s", failure).isFalse();
        }
    }

    private static Void translate(Call call, Function<InterruptedException, Exception> translation) throws Exception {
        try {
            call.blockOutside();
            throw new AssertionError("not stopped");
        } catch (InterruptedException e) {
            throw translation.apply(e);
        }
    }

    private static Throwable underLimit(Call call, Function<InterruptedException, Exception> translation) {
        return catchThrowable(() -> timeout(Duration.ofMillis(1), () -> translate(call, translation)));
    }

    private static Throwable cancelled(Call call, Function<InterruptedException, Exception> translation)
            throws InterruptedException {
        var begun = new Gate();
        var task = createTask(() -> {
            begun.open();
            return translate(call, translation);
        });
        begun.await();
        task.cancel();
        return catchThrowable(task::await);
    }

    private static Throwable inGroup(Call call, Function<InterruptedException, Exception> translation) {
        return catchThrowable(() -> taskGroup(group -> {
            var begun = new Gate();
            group.createTask(() -> {
                begun.open();
                return translate(call, translation);
            });
            begun.await();
            group.cancel();
        }));
    }
}

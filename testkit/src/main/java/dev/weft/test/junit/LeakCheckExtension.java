package dev.weft.test.junit;

import dev.weft.Weft;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Does what {@link LeakCheck} says. */
public final class LeakCheckExtension implements InvocationInterceptor {

    /** A task that has ended may still be about to leave its thread. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final Duration PAUSE = Duration.ofMillis(10);

    /** Of each task, if a test takes too long. */
    private static final int TIMEOUT_FRAMES = 12;

    /** Made by JUnit. */
    public LeakCheckExtension() {}

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> invocationContext,
            ExtensionContext context)
            throws Throwable {
        check(invocation, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> invocationContext,
            ExtensionContext context)
            throws Throwable {
        check(invocation, context);
    }

    private static void check(Invocation<@Nullable Void> invocation, ExtensionContext context) throws Throwable {
        var before = numbers(TaskThread.all());
        var seconds = AnnotationSupport.findAnnotation(context.getElement(), LeakCheck.class)
                .or(() -> AnnotationSupport.findAnnotation(context.getTestClass(), LeakCheck.class))
                .map(LeakCheck::timeoutSeconds)
                .orElse(60);
        var watch = new Watch(Thread.currentThread());
        var timer =
                CompletableFuture.runAsync(watch::expire, CompletableFuture.delayedExecutor(seconds, TimeUnit.SECONDS));
        try {
            invocation.proceed();
        } catch (Throwable e) {
            throw watch.close(e, seconds);
        } finally {
            timer.cancel(false);
        }
        watch.close();
        var left = left(before);
        if (!left.isEmpty()) {
            throw new AssertionError(
                    left.size() + " tasks still live after the test: await or cancel them\n" + TaskThread.print(left));
        }
    }

    private static List<TaskThread> left(Set<Long> before) throws InterruptedException {
        for (var waited = Duration.ZERO; ; waited = waited.plus(PAUSE)) {
            var left = since(before);
            if (left.isEmpty() || waited.compareTo(PATIENCE) >= 0) {
                return left;
            }
            Thread.sleep(PAUSE);
        }
    }

    private static List<TaskThread> since(Set<Long> before) {
        return TaskThread.all().stream()
                .filter(thread -> !before.contains(thread.number()))
                .toList();
    }

    private static Set<Long> numbers(List<TaskThread> threads) {
        return threads.stream().map(TaskThread::number).collect(Collectors.toSet());
    }

    /** Interrupts a test that takes too long, but never what comes after it. */
    private static final class Watch {
        private final Thread test;
        private boolean closed;
        private @Nullable String dump;

        Watch(Thread test) {
            this.test = test;
        }

        synchronized void expire() {
            if (!closed) {
                dump = Weft.dump(TIMEOUT_FRAMES).toString();
                test.interrupt();
            }
        }

        /** @return whether it had expired */
        synchronized boolean close() {
            closed = true;
            return dump != null && !Thread.interrupted();
        }

        synchronized Throwable close(Throwable thrown, int seconds) {
            close();
            if (dump == null) {
                return thrown;
            }
            var timeout =
                    new TimeoutException("the test took longer than " + seconds + " s; this is what ran:\n" + dump);
            timeout.initCause(thrown);
            return timeout;
        }
    }
}

package dev.weft.test.internal.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.test.internal.hooks.Hooks;
import dev.weft.test.internal.hooks.SwitchPoints;
import dev.weft.test.internal.hooks.TimedWait;
import dev.weft.test.internal.rewrite.corpus.Concurrency;
import dev.weft.test.internal.rewrite.corpus.Shapes;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rewritten, a program does what it does plain. */
@Timeout(60)
class SameResultTest {

    static Stream<Method> methods() {
        return Stream.of(Shapes.class, Concurrency.class)
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .filter(method -> Modifier.isPublic(method.getModifiers()) && method.getParameterCount() == 0);
    }

    /** In a loader of its own, as static fields keep what was there before. */
    private static Object plain(Method method) throws Exception {
        var url =
                method.getDeclaringClass().getProtectionDomain().getCodeSource().getLocation();
        try (var loader = new URLClassLoader(new URL[] {url}, ClassLoader.getPlatformClassLoader())) {
            loader.setDefaultAssertionStatus(method.getDeclaringClass().desiredAssertionStatus());
            var type = loader.loadClass(method.getDeclaringClass().getName());
            return type.getMethod(method.getName()).invoke(type.getConstructor().newInstance());
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void defaultHooks_changeNothing(Method method) throws Throwable {
        var plain = plain(method);
        var before = SwitchPoints.install(Hooks.NONE); // a deep simulation may have left its own
        try {
            assertThat(Rewritten.run(method)).isEqualTo(plain);
        } finally {
            SwitchPoints.install(before);
        }
    }

    /** As a simulation does: every offer is taken, and every wait runs by its parts. */
    @ParameterizedTest
    @MethodSource("methods")
    void hooksThatReplace_changeNothingThatAProgramSees(Method method) throws Throwable {
        var plain = plain(method);
        var before = SwitchPoints.install(new Replacing());
        try {
            var rewritten = (String) Rewritten.run(method);
            assertThat(rewritten.replaceAll("HookedClock\\[Z]", "SystemClock[Z]"))
                    .isEqualTo(plain);
        } finally {
            SwitchPoints.install(before);
        }
    }

    /** Waits without a limit, and has a timer interrupt them. */
    private static final class Replacing implements Hooks {

        @Override
        public <T> T timed(TimedWait<T> wait) throws Exception {
            var waiter = Thread.currentThread();
            var timer = Thread.startVirtualThread(() -> {
                try {
                    Thread.sleep(Duration.ofNanos(wait.nanos()));
                    waiter.interrupt();
                } catch (InterruptedException e) {
                    // the wait is over
                }
            });
            try {
                return wait.untimed().call();
            } catch (InterruptedException e) {
                return wait.expired().call();
            } finally {
                timer.interrupt();
            }
        }

        @Override
        public Runnable later(long nanos, Runnable action) {
            var timer = Thread.startVirtualThread(action);
            return timer::interrupt;
        }

        @Override
        public Thread newThread(ThreadGroup group, Runnable task, String name) {
            var builder = Thread.ofVirtual();
            return name == null ? builder.unstarted(task) : builder.name(name).unstarted(task);
        }

        @Override
        public ThreadFactory poolThreads() {
            return Thread.ofVirtual().factory();
        }

        @Override
        public Executor asyncExecutor() {
            return Thread::startVirtualThread;
        }

        @Override
        public boolean parallelStreams() {
            return false;
        }
    }
}

package dev.weft;

import java.lang.invoke.LambdaConversionException;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C and SIGTERM: the first cancels the mains of all runs, waits for the runs to end and exits the process; the
 * second exits at once.
 *
 * <p>Handlers are in place only while there is a run. They are reached by reflection: {@code sun.misc.Signal} is the
 * one way that the JDK offers, and its module need not be there.
 */
final class Signals {

    static final Signals NONE = new Signals(null);

    private static final Set<Signals> ACTIVE = ConcurrentHashMap.newKeySet();

    /** Handlers that were there before. Guarded by the class. */
    private static @Nullable List<Runnable> restore;

    private static int watched;
    private static boolean signalled;

    private final @Nullable RunScope run;
    private final CountDownLatch closed = new CountDownLatch(1);

    private Signals(@Nullable RunScope run) {
        this.run = run;
    }

    static Signals watch(RunScope run) {
        var signals = new Signals(run);
        ACTIVE.add(signals);
        synchronized (Signals.class) {
            if (watched++ == 0) {
                restore = List.of(handle("INT", 130), handle("TERM", 143));
            }
        }
        return signals;
    }

    void close() {
        if (run == null) {
            return;
        }
        synchronized (Signals.class) {
            if (--watched == 0 && restore != null && !signalled) {
                restore.forEach(Runnable::run);
                restore = null;
            }
        }
        ACTIVE.remove(this);
        closed.countDown();
    }

    private static void received(String name, int status) {
        synchronized (Signals.class) {
            if (signalled) {
                Runtime.getRuntime().halt(status);
            }
            signalled = true;
        }
        // not a daemon: the process must not end by itself, with another status, before this has exited it
        Thread.ofPlatform().daemon(false).name("weft-signal").start(() -> {
            var runs = List.copyOf(ACTIVE);
            runs.forEach(signals -> {
                if (signals.run != null) {
                    signals.run.cancelMain("SIG" + name);
                }
            });
            runs.forEach(Signals::awaitClosed);
            System.exit(status);
        });
    }

    private void awaitClosed() {
        while (true) {
            try {
                closed.await();
                return;
            } catch (InterruptedException e) {
                // this thread is nobody's to interrupt
            }
        }
    }

    /** @return puts back what was there before */
    private static Runnable handle(String name, int status) {
        Runnable nothing = () -> {};
        try {
            var signalClass = Class.forName("sun.misc.Signal");
            var handlerClass = Class.forName("sun.misc.SignalHandler");
            var handle = signalClass.getMethod("handle", signalClass, handlerClass);
            var signal = signalClass.getConstructor(String.class).newInstance(name);
            var before = handle.invoke(null, signal, new Receiver(name, status).as(handlerClass, signalClass));
            Runnable putBack = () -> {
                try {
                    handle.invoke(null, signal, before);
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException("cannot put back the handler of SIG" + name, e);
                }
            };
            if (before != null && before.getClass().getClassLoader() != null) {
                // somebody else's: not ours to replace
                putBack.run();
                return nothing;
            }
            return putBack;
        } catch (InvocationTargetException e) {
            return nothing; // the JVM was told to leave signals alone
        } catch (ReflectiveOperationException | LambdaConversionException e) {
            return nothing; // the module jdk.unsupported is not there
        }
    }

    /** What a handler does. */
    private record Receiver(String name, int status) {

        @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // by the lambda, whose signature it has
        void handle(Object signal) {
            received(name, status);
        }

        /** This as a lambda of a type that is known only now: a proxy's class takes ten times as long to make. */
        Object as(Class<?> handlerClass, Class<?> signalClass)
                throws ReflectiveOperationException, LambdaConversionException {
            Signals.class.getModule().addReads(handlerClass.getModule());
            var lookup = MethodHandles.lookup();
            var lambda = LambdaMetafactory.metafactory(
                    lookup,
                    "handle",
                    MethodType.methodType(handlerClass, Receiver.class),
                    MethodType.methodType(void.class, signalClass),
                    lookup.findVirtual(Receiver.class, "handle", MethodType.methodType(void.class, Object.class)),
                    MethodType.methodType(void.class, signalClass));
            try {
                return lambda.getTarget().invoke(this);
            } catch (Throwable e) {
                throw new LinkageError("cannot make a handler of " + this, e);
            }
        }
    }
}

package dev.weft.internal.run;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's signal handlers, reached by reflection: {@code sun.misc.Signal} is the one way that it offers, and its
 * module need not be there.
 */
final class SignalHandler {

    private final Method handle;
    private final Object signal;
    private final Object handler;

    private SignalHandler(Method handle, Object signal, Object handler) {
        this.handle = handle;
        this.signal = signal;
        this.handler = handler;
    }

    /** One that runs {@code action} at each signal {@code name}; null if the JDK offers none. */
    static @Nullable SignalHandler of(String name, Runnable action) {
        try {
            var signalClass = Class.forName("sun.misc.Signal");
            var handlerClass = Class.forName("sun.misc.SignalHandler");
            var handle = signalClass.getMethod("handle", signalClass, handlerClass);
            var signal = signalClass.getConstructor(String.class).newInstance(name);
            return new SignalHandler(handle, signal, new Receiver(action).as(handlerClass, signalClass));
        } catch (ReflectiveOperationException e) {
            return null; // the module jdk.unsupported is not there, or it knows no such signal
        }
    }

    /** As the system counts signals; 0 if that is not known. */
    int number() {
        try {
            return (int) signal.getClass().getMethod("getNumber").invoke(signal);
        } catch (ReflectiveOperationException e) {
            return 0;
        }
    }

    /**
     * Puts this in the place of the JDK's own handler, but not of somebody else's.
     *
     * @return puts that one back; null if the JVM keeps the signal for itself, or leaves it alone
     */
    @Nullable
    Runnable install() {
        Object before;
        try {
            before = handle.invoke(null, signal, handler);
        } catch (InvocationTargetException e) {
            return null;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("cannot handle " + signal, e);
        }
        if (before != null && before.getClass().getClassLoader() != null) {
            putBack(before);
            return () -> {};
        }
        return () -> putBack(before);
    }

    private void putBack(@Nullable Object before) {
        try {
            handle.invoke(null, signal, before);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot put back the handler of " + signal, e);
        }
    }

    private record Receiver(Runnable action) {

        @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // by the lambda, whose signature it has
        void handle(Object signal) {
            action.run();
        }

        /** This as a lambda of a type that is known only now: a proxy's class takes longer to make. */
        Object as(Class<?> handlerClass, Class<?> signalClass) throws ReflectiveOperationException {
            SignalHandler.class.getModule().addReads(handlerClass.getModule());
            var lookup = MethodHandles.lookup();
            var type = MethodType.methodType(void.class, signalClass);
            var handle = lookup.findVirtual(Receiver.class, "handle", MethodType.methodType(void.class, Object.class));
            try {
                return LambdaMetafactory.metafactory(
                                lookup,
                                "handle",
                                MethodType.methodType(handlerClass, Receiver.class),
                                type,
                                handle,
                                type)
                        .getTarget()
                        .invoke(this);
            } catch (Throwable e) {
                throw new LinkageError("cannot make a handler of " + this, e);
            }
        }
    }
}

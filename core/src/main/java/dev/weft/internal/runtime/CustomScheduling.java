package dev.weft.internal.runtime;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.lang.reflect.InaccessibleObjectException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Virtual threads with a scheduler of one's own, which the JDK has no public API for. They are there if the JVM opens
 * {@code java.lang} to Weft: {@code --add-opens java.base/java.lang=dev.weft}, or {@code =ALL-UNNAMED} on the class
 * path.
 *
 * <p>This is the only class that knows the JDK's internals. If something there is not as it expects, {@link #whyNot}
 * says so, and nothing else depends on it.
 *
 * @see <a href="https://openjdk.org/jeps/444">JEP 444: Virtual Threads</a>
 */
public final class CustomScheduling {

    /** The JDK's internals; null if one is missing. */
    private static final @Nullable Access ACCESS;

    private static final String WHY_NOT;

    static {
        Access access = null;
        var whyNot = "";
        try {
            access = Access.find();
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            whyNot = why(e);
        }
        ACCESS = access;
        WHY_NOT = whyNot;
    }

    private CustomScheduling() {}

    /** The handles; found once. */
    private record Access(MethodHandle newThread, MethodHandle currentCarrier, Executor byDefault) {

        static Access find() throws ReflectiveOperationException {
            var lookup = MethodHandles.lookup();
            var create = Class.forName("java.lang.ThreadBuilders")
                    .getDeclaredMethod("newVirtualThread", Executor.class, String.class, int.class, Runnable.class);
            create.setAccessible(true);
            var carrier = Thread.class.getDeclaredMethod("currentCarrierThread");
            carrier.setAccessible(true);
            var byDefault = Class.forName("java.lang.VirtualThread").getDeclaredMethod("defaultScheduler");
            byDefault.setAccessible(true);
            return new Access(
                    lookup.unreflect(create)
                            .asType(MethodType.methodType(
                                    Thread.class, Executor.class, String.class, int.class, Runnable.class)),
                    lookup.unreflect(carrier),
                    Objects.requireNonNull((Executor) byDefault.invoke(null)));
        }
    }

    private static String why(Throwable missing) {
        return missing instanceof InaccessibleObjectException
                ? "java.lang is not opened to " + toWhom()
                : "this JDK is not as expected (" + missing + ")";
    }

    private static String toWhom() {
        var module = CustomScheduling.class.getModule();
        return module.isNamed() ? module.getName() : "the class path";
    }

    /** Whether this JVM allows it. */
    public static boolean isAvailable() {
        return ACCESS != null;
    }

    /** Why this JVM does not allow it; empty if it does. */
    public static String whyNot() {
        return WHY_NOT;
    }

    /** The option of the JVM that makes it available here. */
    public static String option() {
        var module = CustomScheduling.class.getModule();
        return "--add-opens=java.base/java.lang=" + (module.isNamed() ? module.getName() : "ALL-UNNAMED");
    }

    /** @throws IllegalStateException if it is not available: why, and how to make it so */
    static void require() {
        access();
    }

    private static Access access() {
        var access = ACCESS;
        if (access == null) {
            throw new IllegalStateException(
                    "virtual threads cannot be scheduled: " + WHY_NOT + "; start the JVM with " + option());
        }
        return access;
    }

    /**
     * A virtual thread, not started, that gives each of its steps to {@code scheduler}. A step is one object for each
     * thread; it runs the thread until that waits or ends, if it is runnable, and else does nothing.
     */
    public static Thread newThread(Executor scheduler, String name, Runnable body) {
        try {
            return (Thread) access().newThread.invokeExact(scheduler, name, 0, body);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** The platform thread that the calling thread runs on: itself, or its carrier. */
    public static Thread currentCarrier() {
        try {
            return (Thread) access().currentCarrier.invokeExact();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Has {@code step} run by the scheduler that virtual threads have otherwise. */
    public static void executeByDefault(Runnable step) {
        access().byDefault.execute(step);
    }

    /** The thread whose step this is; null if that cannot be found out. */
    public static @Nullable Thread threadOf(Runnable step) {
        try {
            for (var field : step.getClass().getDeclaredFields()) {
                if (Thread.class.isAssignableFrom(field.getType())) {
                    field.setAccessible(true);
                    return (Thread) field.get(step);
                }
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            // it has no name then, and no frames
        }
        return null;
    }

    /**
     * Has the timed waits of all virtual threads be asked of what {@code replacement} makes of the JDK's timers.
     *
     * @throws IllegalStateException if this JDK has no such timers
     */
    public static void replaceTimers(UnaryOperator<ScheduledExecutorService> replacement) {
        try {
            var field = Class.forName("java.lang.VirtualThread$DelayedTaskSchedulers")
                    .getDeclaredField("INSTANCE");
            field.setAccessible(true);
            var timers = (ScheduledExecutorService[]) field.get(null);
            for (var i = 0; i < timers.length; i++) {
                timers[i] = replacement.apply(timers[i]);
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new IllegalStateException("the timers of virtual threads are not as expected in this JDK", e);
        }
    }

    /**
     * Has what the JDK draws for {@code thread} begin with {@code seed}, where the JDK is as expected: the place in an
     * exchanger or a striped counter. The numbers that a program draws depend on the thread's identity as well.
     */
    public static void seed(Thread thread, long seed) {
        var numbers = Numbers.FOUND;
        if (numbers != null) {
            numbers.seed.set(thread, seed);
            numbers.probe.set(thread, (int) seed | 1); // zero means that there is none yet
            numbers.secondary.set(thread, (int) seed | 1);
        }
    }

    /** The fields behind {@link java.util.concurrent.ThreadLocalRandom}. */
    private record Numbers(VarHandle seed, VarHandle probe, VarHandle secondary) {
        static final @Nullable Numbers FOUND = find();

        private static @Nullable Numbers find() {
            try {
                var lookup = MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup());
                return new Numbers(
                        lookup.findVarHandle(Thread.class, "threadLocalRandomSeed", long.class),
                        lookup.findVarHandle(Thread.class, "threadLocalRandomProbe", int.class),
                        lookup.findVarHandle(Thread.class, "threadLocalRandomSecondarySeed", int.class));
            } catch (ReflectiveOperationException | RuntimeException e) {
                return null;
            }
        }
    }

    /**
     * Whether {@code thread} has parked together with its carrier, being pinned, and nobody has unparked it since.
     * False as well if it is not virtual, or where the JDK is not as expected.
     *
     * @param timed whether a park with a limit counts
     */
    public static boolean isParkedWhilePinned(Thread thread, boolean timed) {
        return Parks.has(thread, false, timed);
    }

    /** Whether {@code thread} has parked together with its carrier, and goes on, as somebody has unparked it. */
    public static boolean isUnparkedWhilePinned(Thread thread) {
        return Parks.has(thread, true, true);
    }

    /** The fields of a virtual thread that say how it waits. */
    private record Parks(VarHandle state, VarHandle permit, int pinned, int timedPinned) {
        static final @Nullable Parks FOUND = find();

        static boolean has(Thread thread, boolean permit, boolean timed) {
            var parks = FOUND;
            if (parks == null || !thread.isVirtual()) {
                return false;
            }
            var state = (int) parks.state.getVolatile(thread);
            return (state == parks.pinned || (timed && state == parks.timedPinned))
                    && (boolean) parks.permit.getVolatile(thread) == permit;
        }

        private static @Nullable Parks find() {
            try {
                var type = Class.forName("java.lang.VirtualThread");
                var lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
                return new Parks(
                        lookup.findVarHandle(type, "state", int.class),
                        lookup.findVarHandle(type, "parkPermit", boolean.class),
                        (int) lookup.findStaticVarHandle(type, "PINNED", int.class)
                                .get(),
                        (int) lookup.findStaticVarHandle(type, "TIMED_PINNED", int.class)
                                .get());
            } catch (ReflectiveOperationException | RuntimeException e) {
                return null;
            }
        }
    }

    /** The thread that holds {@code lock}; null if none does, or that cannot be found out. */
    public static @Nullable Thread ownerOf(AbstractOwnableSynchronizer lock) {
        return (Thread) get(Internals.OWNER, lock);
    }

    /**
     * The monitor that a collection made by {@link java.util.Collections#synchronizedList} and its like enters for each
     * call; null if the collection is none of these, or the JDK is not as expected.
     */
    public static @Nullable Object monitorOf(Object collection) {
        var name = collection.getClass().getName();
        if (!name.startsWith("java.util.Collections$Synchronized")) {
            return null;
        }
        return get(collection instanceof Map<?, ?> ? Internals.MAP_MONITOR : Internals.COLLECTION_MONITOR, collection);
    }

    private static @Nullable Object get(@Nullable MethodHandle getter, Object owner) {
        try {
            return getter == null ? null : getter.invoke(owner);
        } catch (Throwable e) {
            return null;
        }
    }

    /** Found when one is needed first: {@code java.lang}, which is open, can open what else there is. */
    private static final class Internals {
        static final @Nullable MethodHandle OWNER = find(() -> {
            var getter = opened(AbstractOwnableSynchronizer.class).getDeclaredMethod("getExclusiveOwnerThread");
            getter.setAccessible(true);
            return MethodHandles.lookup().unreflect(getter);
        });

        static final @Nullable MethodHandle COLLECTION_MONITOR = find(() -> mutex("SynchronizedCollection"));
        static final @Nullable MethodHandle MAP_MONITOR = find(() -> mutex("SynchronizedMap"));

        private interface Search {
            MethodHandle run() throws ReflectiveOperationException;
        }

        private static @Nullable MethodHandle find(Search search) {
            try {
                return search.run();
            } catch (ReflectiveOperationException | RuntimeException e) {
                return null;
            }
        }

        private static MethodHandle mutex(String type) throws ReflectiveOperationException {
            var field = opened(Class.forName("java.util.Collections$" + type)).getDeclaredField("mutex");
            field.setAccessible(true);
            return MethodHandles.lookup().unreflectGetter(field);
        }

        private static Class<?> opened(Class<?> type) throws ReflectiveOperationException {
            var open = Module.class.getDeclaredMethod("implAddOpens", String.class, Module.class);
            open.setAccessible(true);
            open.invoke(type.getModule(), type.getPackageName(), CustomScheduling.class.getModule());
            return type;
        }
    }
}

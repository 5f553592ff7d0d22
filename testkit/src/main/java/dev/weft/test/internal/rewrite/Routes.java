package dev.weft.test.internal.rewrite;

import dev.weft.test.internal.hooks.ClassNames;
import dev.weft.test.internal.hooks.Clocks;
import dev.weft.test.internal.hooks.CompoundCalls;
import dev.weft.test.internal.hooks.FutureWaits;
import dev.weft.test.internal.hooks.Instead;
import dev.weft.test.internal.hooks.Invocations;
import dev.weft.test.internal.hooks.JUnitTimeouts;
import dev.weft.test.internal.hooks.LockWaits;
import dev.weft.test.internal.hooks.OwnThreads;
import dev.weft.test.internal.hooks.PlatformThreads;
import dev.weft.test.internal.hooks.Pools;
import dev.weft.test.internal.hooks.QueueWaits;
import dev.weft.test.internal.hooks.Randoms;
import dev.weft.test.internal.hooks.ShutdownHooks;
import dev.weft.test.internal.hooks.SuperThreads;
import dev.weft.test.internal.hooks.SynchronizedCollections;
import dev.weft.test.internal.hooks.ThreadWaits;
import dev.weft.test.internal.hooks.Threads;
import dev.weft.test.internal.rewrite.Treatment.Route;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The JDK's methods that are called in another way, read from the annotations of the hooks. */
final class Routes {

    /** A method of a class of the JDK, and the one in place of it. */
    private record Entry(Class<?> owner, Route route) {}

    /** By name and parameters of the JDK's method. */
    private static final Map<String, List<Entry>> ENTRIES = entries();

    private static final Map<String, List<Entry>> OF_SUPER = entries(Stream.of(SuperThreads.class));

    private Routes() {}

    /** JUnit's methods that are called in another way. Used only for classes that call JUnit, which is there then. */
    private static final class OfJUnit {
        static final Map<String, List<Entry>> ENTRIES = entries(Stream.of(JUnitTimeouts.class));
    }

    /** The one in place of a method of JUnit's assertions. */
    static @Nullable Route ofJUnit(String name, MethodTypeDesc type) {
        return name.equals("assertTimeoutPreemptively")
                ? OfJUnit.ENTRIES.getOrDefault(key(name, type), List.of()).stream()
                        .map(Entry::route)
                        .findFirst()
                        .orElse(null)
                : null;
    }

    /** The one in place of a method that a user's class has of the JDK's, and calls by {@code super}. */
    static @Nullable Route ofSuper(Class<?> owner, String name, MethodTypeDesc type) {
        return find(OF_SUPER, owner, name, type);
    }

    /** The one in place of a constructor. */
    static @Nullable Route ofConstructor(String owner, MethodTypeDesc type) {
        return ENTRIES.getOrDefault(key("<init>", type), List.of()).stream()
                .filter(each -> Call.internalName(each.owner.describeConstable().orElseThrow())
                        .equals(owner))
                .map(Entry::route)
                .findFirst()
                .orElse(null);
    }

    static @Nullable Route find(Class<?> owner, String name, MethodTypeDesc type) {
        return find(ENTRIES, owner, name, type);
    }

    private static @Nullable Route find(
            Map<String, List<Entry>> entries, Class<?> owner, String name, MethodTypeDesc type) {
        for (var entry : entries.getOrDefault(key(name, type), List.of())) {
            if (entry.owner.isAssignableFrom(owner)) {
                return entry.route;
            }
        }
        return null;
    }

    /** The methods of the JDK that have another in place of them, for tests: class, name and parameters. */
    static List<String> targets() {
        return ENTRIES.entrySet().stream()
                .flatMap(each -> each.getValue().stream().map(entry -> entry.owner.getName() + "." + each.getKey()))
                .sorted()
                .toList();
    }

    private static Map<String, List<Entry>> entries() {
        return entries(Stream.of(
                QueueWaits.class,
                LockWaits.class,
                FutureWaits.class,
                Invocations.class,
                Randoms.class,
                PlatformThreads.class,
                Pools.class,
                ShutdownHooks.class,
                SynchronizedCollections.class,
                ThreadWaits.class,
                OwnThreads.class,
                Clocks.class,
                CompoundCalls.class,
                ClassNames.class,
                Threads.class));
    }

    private static Map<String, List<Entry>> entries(Stream<Class<?>> types) {
        var entries = new HashMap<String, List<Entry>>();
        types.flatMap(type -> Stream.of(type.getDeclaredMethods())).forEach(method -> {
            var instead = method.getAnnotation(Instead.class);
            if (instead != null) {
                add(entries, method, instead);
            }
        });
        return entries;
    }

    private static void add(Map<String, List<Entry>> entries, Method method, Instead instead) {
        var name = instead.name().isEmpty() ? method.getName() : instead.name();
        var type = MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                .describeConstable()
                .orElseThrow();
        var route = new Route(method.getDeclaringClass().describeConstable().orElseThrow(), method.getName(), type);
        entries.computeIfAbsent(key(name, targetType(method, instead.value(), name, type)), key -> new ArrayList<>())
                .add(new Entry(instead.value(), route));
    }

    /** Without the receiver. */
    private static MethodTypeDesc targetType(Method method, Class<?> owner, String name, MethodTypeDesc type) {
        if (name.equals("<init>")) {
            return type;
        }
        try {
            owner.getMethod(name, method.getParameterTypes());
            return type; // static
        } catch (NoSuchMethodException e) {
            return type.dropParameterTypes(0, 1);
        }
    }

    private static String key(String name, MethodTypeDesc type) {
        var descriptor = type.descriptorString();
        return name + descriptor.substring(0, descriptor.indexOf(')') + 1);
    }
}

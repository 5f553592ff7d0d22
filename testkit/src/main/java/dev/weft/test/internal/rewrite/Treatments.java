package dev.weft.test.internal.rewrite;

import dev.weft.test.internal.rewrite.Treatment.Before;
import dev.weft.test.internal.rewrite.Treatment.Outside;
import dev.weft.test.internal.rewrite.Treatment.WithExecutor;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.invoke.VarHandle;
import java.util.Collection;
import java.util.Dictionary;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Decides what is done with a call, by the class and the method that it names. */
final class Treatments {

    private static final Set<String> THREAD = Set.of(
            "start",
            "startVirtualThread",
            "join",
            "interrupt",
            "interrupted",
            "isInterrupted",
            "isAlive",
            "getState",
            "yield",
            "onSpinWait");

    /** Of Object, and final; an instruction may name an interface as their owner. */
    private static final Set<String> OF_MONITORS = Set.of("wait()V", "notify()V", "notifyAll()V");

    /** Classes of java.util.concurrent whose calls no other thread notices. */
    private static final Set<Class<?>> UNNOTICED = Set.of(
            Callable.class,
            ThreadFactory.class,
            ThreadLocalRandom.class,
            TimeUnit.class,
            Executors.class,
            Flow.class,
            Flow.Subscriber.class,
            Flow.Publisher.class,
            Flow.Processor.class);

    private static final Map<String, String> OUTSIDE_CONSTRUCTORS = Map.ofEntries(
            Map.entry("java/lang/Thread", "a platform thread"),
            Map.entry("java/util/Timer", "the thread of a java.util.Timer"),
            Map.entry("java/util/concurrent/ForkJoinPool", "a ForkJoinPool"),
            Map.entry("java/net/Socket", "a socket"),
            Map.entry("java/net/ServerSocket", "a socket"),
            Map.entry("java/net/DatagramSocket", "a socket"),
            Map.entry("java/io/FileInputStream", "a file"),
            Map.entry("java/io/FileOutputStream", "a file"),
            Map.entry("java/io/FileReader", "a file"),
            Map.entry("java/io/FileWriter", "a file"),
            Map.entry("java/io/RandomAccessFile", "a file"));

    private Treatments() {}

    static Treatment of(Call call, KnownClasses known) {
        if (call.owner().startsWith("[")) {
            return call.name().equals("clone") ? new Before("call", "an array", false) : Treatment.NOTHING;
        }
        if (call.isConstructor()) {
            return ofConstructor(call);
        }
        if (call.owner().equals("org/junit/jupiter/api/Assertions")) {
            var route = Routes.ofJUnit(call.name(), call.type());
            return route == null ? Treatment.NOTHING : route;
        }
        var owner = known.jdkClass(call);
        if (owner == null) {
            return Treatment.NOTHING;
        }
        var route = call.opcode() == Opcode.INVOKESPECIAL
                ? Routes.ofSuper(owner, call.name(), call.type())
                : Routes.find(owner, call.name(), call.type());
        if (route != null) {
            return route;
        }
        return of(owner, call);
    }

    private static Treatment of(Class<?> owner, Call call) {
        var name = call.name();
        var what = call.what();
        if (OF_MONITORS.contains(name + call.type().descriptorString())) {
            return new Before(name.equals("wait") ? "waits" : "notifies", "Object." + name, true);
        }
        if (Thread.class.isAssignableFrom(owner)) {
            return THREAD.contains(name) ? new Before("call", what, true) : Treatment.NOTHING;
        }
        if (Thread.Builder.class.isAssignableFrom(owner)) {
            return name.equals("start") ? new Before("call", what, true) : Treatment.NOTHING;
        }
        if (isAsync(owner, call)) {
            return new WithExecutor();
        }
        if (owner == VarHandle.class || owner.getName().equals("sun.misc.Unsafe")) {
            return new Before("call", what, true);
        }
        if (SharedState.isUsedBy(owner, call)) {
            return name.startsWith("parallel") ? new Outside("the common pool") : new Before("call", what, false);
        }
        if (MutableTypes.contains(owner)) {
            return call.isStatic() ? Treatment.NOTHING : new Before("call", what, false);
        }
        if (owner.getName().startsWith("java.util.concurrent.")) {
            return UNNOTICED.contains(owner) || Throwable.class.isAssignableFrom(owner)
                    ? Treatment.NOTHING
                    : new Before("call", what, true);
        }
        if (isCollection(owner) || owner == CharSequence.class) {
            return call.isStatic() ? Treatment.NOTHING : new Before("callOf", what, false);
        }
        var outside = outside(owner, name);
        return outside == null ? Treatment.NOTHING : new Outside(outside);
    }

    /** Whether a text is made of what others may change: a compiler's {@code "" + builder} calls no method. */
    static boolean readsShared(InvokeDynamicInstruction dynamic) {
        return dynamic.bootstrapMethod().owner().descriptorString().equals("Ljava/lang/invoke/StringConcatFactory;")
                && dynamic.typeSymbol().parameterList().stream()
                        .anyMatch(type -> MutableTypes.contains(type) || isCollection(type));
    }

    static boolean isCollection(ClassDesc type) {
        var loaded = type.isClassOrInterface() ? KnownClasses.ofJdk(Call.internalName(type)) : null;
        return loaded != null && isCollection(loaded);
    }

    /** CompletableFuture's methods that run something in the common pool: each has a twin that takes an executor. */
    private static boolean isAsync(Class<?> owner, Call call) {
        if (!call.name().endsWith("Async") || (owner != CompletableFuture.class && owner != CompletionStage.class)) {
            return false;
        }
        var parameters = call.type().parameterList();
        return !parameters.getLast().descriptorString().equals("Ljava/util/concurrent/Executor;");
    }

    private static boolean isCollection(Class<?> owner) {
        return Collection.class.isAssignableFrom(owner)
                || Map.class.isAssignableFrom(owner)
                || Map.Entry.class.isAssignableFrom(owner)
                || Iterator.class.isAssignableFrom(owner)
                || Enumeration.class.isAssignableFrom(owner)
                || Dictionary.class.isAssignableFrom(owner);
    }

    private static @Nullable String outside(Class<?> owner, String name) {
        return switch (owner.getName()) {
            case "java.lang.System", "java.lang.Runtime" ->
                switch (name) {
                    case "exit", "halt" -> "the end of the JVM";
                    case "exec" -> "a process";
                    default -> null;
                };
            case "java.lang.ProcessBuilder" -> name.equals("start") ? "a process" : null;
            case "java.lang.Process" -> name.equals("waitFor") ? "a process" : null;
            case "java.nio.file.Files" -> "a file";
            case "java.net.http.HttpClient" -> name.startsWith("send") ? "an HTTP client" : null;
            default -> owner.getName().startsWith("java.nio.channels.") && name.equals("open") ? "a channel" : null;
        };
    }

    private static Treatment ofConstructor(Call call) {
        var route = Routes.ofConstructor(call.owner(), call.type());
        if (route != null) {
            return route;
        }
        if (SharedState.isCopiedBy(call)) {
            return new Before("call", Call.simple(call.owner()) + ".new", false);
        }
        var outside = OUTSIDE_CONSTRUCTORS.get(call.owner());
        return outside == null ? Treatment.NOTHING : new Outside(outside);
    }
}

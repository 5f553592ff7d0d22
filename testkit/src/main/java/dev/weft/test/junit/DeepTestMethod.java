package dev.weft.test.junit;

import dev.weft.test.VoidWorldBody;
import dev.weft.test.World;
import dev.weft.test.internal.rewrite.Rewritten;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/**
 * A test of a deep simulation: each execution has the test's class, and those of its package, anew and with switch
 * points, makes an instance, and calls the methods before and after each test, and before and after all, on it.
 */
final class DeepTestMethod implements VoidWorldBody<Exception> {

    private final Rewritten classes;
    private final Method method;

    private DeepTestMethod(Rewritten classes, Method method) {
        this.classes = classes;
        this.method = method;
    }

    /**
     * One of the class that declares it. @throws IllegalStateException if it wants something that it cannot be given
     */
    static DeepTestMethod of(Method method) {
        return of(method.getDeclaringClass(), method);
    }

    /** @throws IllegalStateException if it wants something that it cannot be given */
    static DeepTestMethod of(Class<?> test, Method method, String... others) {
        reject(method, "@SimulationTest(deep = true)");
        var names = new ArrayList<>(List.of(others));
        names.add(method.getDeclaringClass().getName());
        return new DeepTestMethod(Rewritten.with(test, names), method);
    }

    private static void reject(Method method, String what) {
        if (Arrays.stream(method.getParameterTypes()).anyMatch(type -> type != World.class)) {
            throw new IllegalStateException(what + " " + method.getName()
                    + " has a parameter that is not a World: its class is made anew for each schedule, without JUnit's"
                    + " extensions; make what it needs in the method");
        }
    }

    @Override
    public void execute(World world) throws Exception {
        try {
            call(world);
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** As JUnit does it: what comes after is called however the rest ended, and no failure replaces another. */
    private void call(World world) throws Throwable {
        var anew = classes.again();
        var instances = anew.newInstances();
        var failures = new Failures();
        if (failures.collect(() -> before(anew, instances, world))) {
            failures.collect(() -> invoke(anew, method, instances.getLast(), world));
        }
        for (var type : List.of(AfterEach.class, AfterAll.class)) {
            for (var instance : instances.reversed()) {
                for (var each : annotated(instance, type, HierarchyTraversalMode.BOTTOM_UP)) {
                    failures.collect(() -> invoke(anew, each, instance, world));
                }
            }
        }
        failures.rethrow();
    }

    private static void before(Rewritten classes, List<Object> instances, World world) throws Throwable {
        for (var type : List.of(BeforeAll.class, BeforeEach.class)) {
            for (var instance : instances) {
                for (var each : annotated(instance, type, HierarchyTraversalMode.TOP_DOWN)) {
                    invoke(classes, each, instance, world);
                }
            }
        }
    }

    private static List<Method> annotated(
            Object instance, Class<? extends Annotation> type, HierarchyTraversalMode mode) {
        var methods = AnnotationSupport.findAnnotatedMethods(instance.getClass(), type, mode);
        methods.forEach(each -> reject(each, "@" + type.getSimpleName()));
        return methods;
    }

    /** The first failure, with the others suppressed in it. */
    private static final class Failures {

        private interface Step {
            void run() throws Throwable;
        }

        private @Nullable Throwable first;

        /** @return whether {@code step} has succeeded */
        boolean collect(Step step) {
            try {
                step.run();
                return true;
            } catch (Throwable e) {
                if (first == null) {
                    first = e;
                } else if (first != e) {
                    first.addSuppressed(e);
                }
                return false;
            }
        }

        void rethrow() throws Throwable {
            if (first != null) {
                throw first;
            }
        }
    }

    private static void invoke(Rewritten classes, Method method, @Nullable Object target, World world)
            throws Throwable {
        var arguments = new Object[method.getParameterCount()];
        Arrays.fill(arguments, world);
        classes.invoke(method, target, arguments);
    }
}

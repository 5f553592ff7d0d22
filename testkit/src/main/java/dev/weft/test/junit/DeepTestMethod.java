package dev.weft.test.junit;

import dev.weft.test.VoidWorldBody;
import dev.weft.test.World;
import dev.weft.test.internal.rewrite.Rewritten;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/**
 * A test of a deep simulation: each execution has the test's class, and those of its package, anew and with switch
 * points, makes an instance, and calls the methods before and after each test on it.
 */
final class DeepTestMethod implements VoidWorldBody<Exception> {

    private final Rewritten classes;
    private final Method method;

    private DeepTestMethod(Rewritten classes, Method method) {
        this.classes = classes;
        this.method = method;
    }

    /** @throws IllegalStateException if it wants something that it cannot be given */
    static DeepTestMethod of(Method method) {
        reject(method, "@SimulationTest(deep = true)");
        return new DeepTestMethod(Rewritten.of(method.getDeclaringClass()), method);
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

    private void call(World world) throws Throwable {
        var anew = classes.again();
        var target = anew.newInstance();
        for (var before : annotated(anew, BeforeEach.class, HierarchyTraversalMode.TOP_DOWN)) {
            invoke(anew, before, target, world);
        }
        try {
            invoke(anew, method, target, world);
        } finally {
            for (var after : annotated(anew, AfterEach.class, HierarchyTraversalMode.BOTTOM_UP)) {
                invoke(anew, after, target, world);
            }
        }
    }

    private static List<Method> annotated(
            Rewritten classes, Class<? extends java.lang.annotation.Annotation> type, HierarchyTraversalMode mode) {
        var methods = AnnotationSupport.findAnnotatedMethods(classes.type(), type, mode);
        methods.forEach(each -> reject(each, "@" + type.getSimpleName()));
        return methods;
    }

    private static void invoke(Rewritten classes, Method method, @Nullable Object target, World world)
            throws Throwable {
        var arguments = new Object[method.getParameterCount()];
        Arrays.fill(arguments, world);
        classes.invoke(method, target, arguments);
    }
}

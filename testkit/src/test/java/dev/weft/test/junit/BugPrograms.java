package dev.weft.test.junit;

import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.List;
import org.junit.platform.commons.support.ReflectionSupport;
import samples.bugs.Bug;

/** The programs in {@code samples.bugs}. */
final class BugPrograms {

    private BugPrograms() {}

    static List<Class<?>> all() {
        return ReflectionSupport.findAllClassesInPackage(
                        "samples.bugs", type -> type.isAnnotationPresent(Bug.class), name -> true)
                .stream()
                .sorted(Comparator.comparing(Class::getName))
                .toList();
    }

    static Method broken(Class<?> program) {
        return method(program, "broken");
    }

    static Method mended(Class<?> program) {
        return method(program, "mended");
    }

    private static Method method(Class<?> program, String name) {
        try {
            return program.getDeclaredMethod(name);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(program.getName() + " has no test " + name, e);
        }
    }
}

package dev.weft.test.internal.rewrite;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A test class with switch points. Thread-safe. */
public final class Rewritten {

    /** Libraries that wait for what a test expects, and must do so on its clock. */
    private static final List<String> WAITING = List.of("org.awaitility");

    private final RewritingLoader loader;
    private final Class<?> type;

    private Rewritten(RewritingLoader loader, Class<?> type) {
        this.loader = loader;
        this.type = type;
    }

    /**
     * Loads a class once more.
     *
     * @param test the class as JUnit knows it
     * @param names of packages and classes to rewrite; if there are none, the test's own package and those below
     * @return the class with switch points
     * @throws IllegalArgumentException if a name is none, or if the test itself is not among the classes
     */
    public static Rewritten of(Class<?> test, String... names) {
        var loader = RewritingLoader.of(test, names);
        Class<?> type;
        try {
            type = Class.forName(test.getName(), false, loader);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(
                    test.getName() + " has no class file that could be loaded again, so it cannot have switch points",
                    e);
        }
        if (type == test) {
            throw new IllegalArgumentException(test.getName() + " itself is not among the classes to rewrite ("
                    + String.join(", ", names) + "): add its package, " + test.getPackageName());
        }
        return new Rewritten(loader, type);
    }

    /**
     * Loads a class once more, with its package and those below.
     *
     * @param test the class as its users know it
     * @param others packages and classes that are rewritten, too
     * @return the class with switch points
     * @throws IllegalArgumentException if a name is none, or the class cannot be loaded again
     */
    public static Rewritten with(Class<?> test, List<String> others) {
        var names = new ArrayList<>(others);
        names.add(test.getPackageName().isEmpty() ? test.getName() : test.getPackageName());
        names.addAll(WAITING);
        Mocking.prepare(test);
        return of(test, names.toArray(String[]::new));
    }

    /**
     * The same class once more, with static fields as at the start. It costs little: the class files are kept.
     *
     * @return the class in a new loader
     */
    public Rewritten again() {
        var fresh = loader.again(type.desiredAssertionStatus());
        try {
            return new Rewritten(fresh, Class.forName(type.getName(), false, fresh));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(type.getName() + " was there before", e);
        }
    }

    /** The loader of the class. */
    public RewritingLoader loader() {
        return loader;
    }

    /** The class with switch points. */
    public Class<?> type() {
        return type;
    }

    /**
     * Makes an instance by the constructor without parameters. An inner class is given a new instance of its outer one.
     *
     * @throws Throwable as the constructor throws it
     */
    public Object newInstance() throws Throwable {
        return newInstances().getLast();
    }

    /**
     * Makes an instance, and one of each class around it that it belongs to.
     *
     * @return the outermost first
     * @throws Throwable as a constructor throws it
     */
    public List<Object> newInstances() throws Throwable {
        var instances = new ArrayList<Object>();
        within(() -> newInstance(type, instances));
        return instances;
    }

    private static Object newInstance(Class<?> type, List<Object> instances) throws Throwable {
        var outer = type.getDeclaringClass();
        var isInner = outer != null && !Modifier.isStatic(type.getModifiers());
        Constructor<?> constructor;
        try {
            constructor = isInner ? type.getDeclaredConstructor(outer) : type.getDeclaredConstructor();
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(
                    "the constructor of " + type.getName()
                            + " has parameters, which a deep simulation cannot give: leave"
                            + " them out, or take the values in the test method",
                    e);
        }
        constructor.setAccessible(true);
        var instance = isInner ? constructor.newInstance(newInstance(outer, instances)) : constructor.newInstance();
        instances.add(instance);
        return instance;
    }

    /**
     * Calls a method with switch points. The class loader of the thread's context is that of the class meanwhile.
     *
     * @param method the method as JUnit knows it, of the test class or a superclass of it
     * @param target of {@link #newInstance}; null for a static method
     * @param arguments instances of classes that are not rewritten
     * @return the result
     * @throws IllegalArgumentException if an argument is of a class that has been rewritten
     * @throws Throwable as the method throws it
     */
    public @Nullable Object invoke(Method method, @Nullable Object target, @Nullable Object... arguments)
            throws Throwable {
        var mine = find(method);
        for (int i = 0; i < arguments.length; i++) {
            var argument = arguments[i];
            var parameter = mine.getParameterTypes()[i];
            if (argument != null && !parameter.isPrimitive() && !parameter.isInstance(argument)) {
                throw new IllegalArgumentException("argument " + i + " of " + method.getName() + " is a "
                        + argument.getClass().getName() + " without switch points, and the rewritten method takes one"
                        + " with them: make it within the test");
            }
        }
        return within(() -> mine.invoke(target, arguments));
    }

    private Method find(Method method) throws ReflectiveOperationException {
        var types = method.getParameterTypes();
        var mine = new Class<?>[types.length];
        for (int i = 0; i < types.length; i++) {
            mine[i] = rewritten(types[i]);
        }
        var found = rewritten(method.getDeclaringClass()).getDeclaredMethod(method.getName(), mine);
        found.setAccessible(true);
        return found;
    }

    private Class<?> rewritten(Class<?> other) throws ClassNotFoundException {
        return other.isPrimitive() ? other : Class.forName(other.getName(), false, loader);
    }

    /** Something that throws anything. */
    public interface Step<T extends @Nullable Object> {
        /** Does it. */
        T run() throws Throwable;
    }

    /**
     * Does {@code step} while the class loader of the thread's context is that of the class.
     *
     * @throws Throwable as the step throws it; the cause of an InvocationTargetException
     */
    public <T extends @Nullable Object> T within(Step<T> step) throws Throwable {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return step.run();
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /**
     * Runs a test method on a new instance, with switch points in its own package and those below.
     *
     * @param test the method as JUnit knows it
     * @param arguments instances of classes that are not rewritten
     * @return the result
     * @throws Throwable as the method throws it
     */
    public static @Nullable Object run(Method test, @Nullable Object... arguments) throws Throwable {
        var rewritten = of(test.getDeclaringClass());
        return rewritten.invoke(
                test, Modifier.isStatic(test.getModifiers()) ? null : rewritten.newInstance(), arguments);
    }
}

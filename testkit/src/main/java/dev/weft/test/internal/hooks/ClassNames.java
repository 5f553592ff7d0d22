package dev.weft.test.internal.hooks;

/**
 * Classes that are asked for by their names. Each takes what the JDK's method takes, and returns and throws the same.
 */
public final class ClassNames {

    private static final StackWalker CALLERS = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private ClassNames() {}

    /** In place of the JDK's. */
    @Instead(Class.class)
    public static Class<?> forName(String name) throws ClassNotFoundException {
        var mine = CALLERS.getCallerClass().getClassLoader();
        return initialized(name, mine, mine);
    }

    /** In place of the JDK's. */
    @Instead(Class.class)
    public static Class<?> forName(String name, boolean initialize, ClassLoader loader) throws ClassNotFoundException {
        return initialize
                ? initialized(name, loader, CALLERS.getCallerClass().getClassLoader())
                : Class.forName(name, false, loader);
    }

    /** The class, which the hooks initialize if it is one of those that the caller is one of. */
    private static Class<?> initialized(String name, ClassLoader loader, ClassLoader callers)
            throws ClassNotFoundException {
        var type = Class.forName(name, false, loader);
        if (type.getClassLoader() == callers) {
            SwitchPoints.initialize(type);
        }
        return Class.forName(name, true, loader);
    }
}

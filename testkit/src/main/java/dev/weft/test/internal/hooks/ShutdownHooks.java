package dev.weft.test.internal.hooks;

/**
 * Threads for the end of the JVM, which comes after all executions: those of the hooks' program never run. Each method
 * takes what the JDK's takes, and returns and throws the same.
 */
public final class ShutdownHooks {

    private ShutdownHooks() {}

    /** In place of the JDK's. */
    @Instead(Runtime.class)
    public static void addShutdownHook(Runtime runtime, Thread hook) {
        var kept = SwitchPoints.hooks().shutdownHooks();
        if (kept == null) {
            runtime.addShutdownHook(hook);
        } else if (hook.isAlive()) {
            throw new IllegalArgumentException("Hook already running");
        } else if (!kept.add(hook)) {
            throw new IllegalArgumentException("Hook previously registered");
        }
    }

    /** In place of the JDK's. */
    @Instead(Runtime.class)
    public static boolean removeShutdownHook(Runtime runtime, Thread hook) {
        var kept = SwitchPoints.hooks().shutdownHooks();
        return kept == null ? runtime.removeShutdownHook(hook) : kept.remove(hook);
    }
}

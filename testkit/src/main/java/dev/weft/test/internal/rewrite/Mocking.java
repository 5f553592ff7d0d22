package dev.weft.test.internal.rewrite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;

/**
 * Mockito, which attaches an agent to the JVM for its first mock. That takes seconds, and threads that no simulation
 * controls, so that the first mock is made before the first schedule of a test that mentions Mockito.
 */
final class Mocking {

    private static final String MOCKITO = "org.mockito.Mockito";
    private static final String MENTION = "org/mockito/";

    private static boolean isPrepared;

    private Mocking() {}

    static synchronized void prepare(Class<?> test) {
        if (isPrepared || !mentions(test)) {
            return;
        }
        isPrepared = true;
        var thread = new Thread(() -> mock(test.getClassLoader()), "weft-mocking"); // what Mockito keeps is its own
        thread.setDaemon(true);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the simulation that follows ends by it
        }
    }

    private static void mock(ClassLoader loader) {
        try {
            Class.forName(MOCKITO, true, loader).getMethod("mock", Class.class).invoke(null, Runnable.class);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            // then the test says so
        }
    }

    /** Whether the class, one around or within it, or a superclass does. */
    private static boolean mentions(Class<?> test) {
        var left = new ArrayDeque<Class<?>>();
        var seen = new HashSet<Class<?>>(); // a nested class may extend the one around it
        left.add(test.getNestHost());
        while (!left.isEmpty()) {
            var type = left.poll();
            if (KnownClasses.isJdk(type.getName().replace('.', '/')) || !seen.add(type)) {
                continue;
            }
            if (isIn(type)) {
                return true;
            }
            left.addAll(List.of(type.getDeclaredClasses()));
            if (type.getSuperclass() != null) {
                left.add(type.getSuperclass());
            }
        }
        return false;
    }

    private static boolean isIn(Class<?> type) {
        var name = type.getName();
        try (var stream = type.getResourceAsStream(name.substring(name.lastIndexOf('.') + 1) + ".class")) {
            return stream != null && new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1).contains(MENTION);
        } catch (IOException e) {
            return false;
        }
    }
}

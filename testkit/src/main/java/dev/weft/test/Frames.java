package dev.weft.test;

import dev.weft.Weft;
import java.security.CodeSource;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Stacks of threads. */
final class Frames {

    private Frames() {}

    /** Where {@code thread} is, in its innermost frame that is neither the JDK's nor Weft's; null if there is none. */
    static @Nullable StackTraceElement firstOfUser(@Nullable Thread thread) {
        return thread == null
                ? null
                : Arrays.stream(thread.getStackTrace())
                        .filter(Frames::isUsers)
                        .findFirst()
                        .orElse(null);
    }

    private static boolean isUsers(StackTraceElement frame) {
        try {
            var type = Class.forName(
                    frame.getClassName(), false, Thread.currentThread().getContextClassLoader());
            var source = sourceOf(type);
            return source != null
                    && !Objects.equals(source, sourceOf(Weft.class))
                    && !Objects.equals(source, sourceOf(Frames.class));
        } catch (ClassNotFoundException | LinkageError e) {
            return true; // of a class loader of the user's own, or hidden
        }
    }

    /** Null for the JDK's own classes. */
    private static @Nullable CodeSource sourceOf(Class<?> type) {
        return type.getClassLoader() == null || type.getClassLoader() == ClassLoader.getPlatformClassLoader()
                ? null
                : type.getProtectionDomain().getCodeSource();
    }
}

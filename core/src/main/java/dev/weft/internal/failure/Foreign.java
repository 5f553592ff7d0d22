package dev.weft.internal.failure;

import org.jspecify.annotations.Nullable;

/**
 * Texts and answers of users' objects. Their methods may throw anything, and give what they must not; that is the
 * object's own affair and never reaches the caller here. They may also block: so these are called on the thread of
 * whoever gave the object, with no lock held.
 */
public final class Foreign {

    private Foreign() {}

    /** The cause, or null if it cannot be told. */
    public static @Nullable Throwable cause(Throwable exception) {
        try {
            return exception.getCause();
        } catch (Throwable e) {
            return null;
        }
    }

    /** The message, or null if there is none or it cannot be told. */
    public static @Nullable String message(Throwable exception) {
        try {
            return exception.getMessage();
        } catch (Throwable e) {
            return null;
        }
    }

    /** Whether {@code toString()} works, as the JDK expects where it wraps an exception. */
    public static boolean hasText(Throwable exception) {
        try {
            return exception.toString() != null;
        } catch (Throwable e) {
            return false;
        }
    }

    /** As {@link Object#toString()}, never null. */
    public static String text(@Nullable Object object) {
        if (object == null) {
            return "null";
        }
        try {
            return String.valueOf(object.toString());
        } catch (Throwable e) {
            return "a " + object.getClass().getName() + " whose toString() throws "
                    + e.getClass().getName();
        }
    }
}

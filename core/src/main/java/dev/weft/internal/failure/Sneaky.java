package dev.weft.internal.failure;

/**
 * Throws what the compiler does not let through: exceptions keep their type and identity on the way from a task to who
 * awaits it (ADR 3).
 */
public final class Sneaky {

    private Sneaky() {}

    /** Use as {@code throw Sneaky.rethrow(e)}. */
    public static RuntimeException rethrow(Throwable throwable) {
        Sneaky.<RuntimeException>raise(throwable);
        throw new AssertionError("not reached");
    }

    @SuppressWarnings("unchecked") // erased: that is the point
    private static <X extends Throwable> void raise(Throwable throwable) throws X {
        throw (X) throwable;
    }
}

package dev.weft.test;

/** Throws what the compiler does not know to be declared: callers' generic signatures say it. */
final class Sneaky {

    private Sneaky() {}

    @SuppressWarnings("unchecked")
    static <X extends Throwable> RuntimeException rethrow(Throwable exception) throws X {
        throw (X) exception;
    }
}

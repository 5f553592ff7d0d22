package dev.weft.internal.runtime;

/**
 * Sizes on which only the speed depends. Where the system property {@code weft.sizes.small} is {@code true}, they are
 * so small that a test of few tasks meets what comes beyond them. For Weft's own tests.
 */
public final class Sizes {

    private static final boolean SMALL = Boolean.getBoolean("weft.sizes.small");

    private Sizes() {}

    /** One of the two. */
    public static int of(int usual, int small) {
        return SMALL ? small : usual;
    }
}

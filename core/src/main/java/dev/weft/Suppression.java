package dev.weft;

/** Adds suppressed exceptions, each at most once. */
final class Suppression {

    private Suppression() {}

    static void add(Throwable thrown, Throwable suppressed) {
        if (thrown != suppressed && !contains(thrown, suppressed)) {
            thrown.addSuppressed(suppressed);
        }
    }

    private static boolean contains(Throwable thrown, Throwable suppressed) {
        for (var known : thrown.getSuppressed()) {
            if (known == suppressed) {
                return true;
            }
        }
        return false;
    }
}

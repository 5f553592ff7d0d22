package dev.weft;

/**
 * Gives {@link Defaults} to the process by standing on its class path or module path: it is found by a
 * {@link java.util.ServiceLoader} with Weft's own class loader, at the first call of Weft's.
 *
 * <p>One that cannot be loaded, or throws, is reported as a {@link Problem.Kind#CALLBACK_FAILURE}, and all others
 * apply.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface DefaultsProvider {

    /**
     * Called once. Calls of Weft's in it see no defaults yet.
     *
     * @return what is to apply to the process
     * @since 0.1.0
     */
    Defaults defaults();
}

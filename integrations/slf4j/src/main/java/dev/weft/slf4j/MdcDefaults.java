package dev.weft.slf4j;

import dev.weft.Defaults;
import dev.weft.DefaultsProvider;

/**
 * Installs {@link MdcPropagator} for the whole process, so that every task has the logging context (MDC). Found by the
 * {@code ServiceLoader}.
 *
 * @since 0.1.0
 */
public final class MdcDefaults implements DefaultsProvider {

    /** Called by the {@code ServiceLoader}. */
    public MdcDefaults() {}

    @Override
    public Defaults defaults() {
        return Defaults.builder().propagate(new MdcPropagator()).build();
    }
}

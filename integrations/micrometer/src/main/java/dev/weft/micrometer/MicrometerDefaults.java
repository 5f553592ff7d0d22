package dev.weft.micrometer;

import dev.weft.Defaults;
import dev.weft.DefaultsProvider;

/**
 * Installs {@link ContextSnapshotPropagator} for the whole process, so that every task has what Micrometer's context
 * propagation captures. Found by the {@code ServiceLoader}.
 *
 * @since 0.1.0
 */
public final class MicrometerDefaults implements DefaultsProvider {

    /** Called by the {@code ServiceLoader}. */
    public MicrometerDefaults() {}

    @Override
    public Defaults defaults() {
        return Defaults.builder().propagate(new ContextSnapshotPropagator()).build();
    }
}

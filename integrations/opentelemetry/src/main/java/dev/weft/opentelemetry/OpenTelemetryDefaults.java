package dev.weft.opentelemetry;

import dev.weft.Defaults;
import dev.weft.DefaultsProvider;

/**
 * Installs {@link OpenTelemetryPropagator} for the whole process, so that every task has the context of OpenTelemetry.
 * Found by the {@code ServiceLoader}.
 *
 * @since 0.1.0
 */
public final class OpenTelemetryDefaults implements DefaultsProvider {

    /** Called by the {@code ServiceLoader}. */
    public OpenTelemetryDefaults() {}

    @Override
    public Defaults defaults() {
        return Defaults.builder().propagate(new OpenTelemetryPropagator()).build();
    }
}

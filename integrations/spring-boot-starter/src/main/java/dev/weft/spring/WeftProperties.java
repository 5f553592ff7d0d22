package dev.weft.spring;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code weft.*}.
 *
 * @param enabled whether anything of Weft is configured
 * @param debug whether tasks know where they were created; as {@code WEFT_DEBUG} says unless set
 * @param cancellationGrace after what time a task that ignores its cancel is reported; 5 s unless set
 * @param context what tasks take over from their creators
 * @param run background work
 * @param web what concerns requests
 * @since 0.1.0
 */
@ConfigurationProperties("weft")
public record WeftProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable Boolean debug,
        @Nullable Duration cancellationGrace,
        @DefaultValue Context context,
        @DefaultValue Background run,
        @DefaultValue Web web) {

    /**
     * The context that tasks take over besides the MDC, OpenTelemetry's context, and what Micrometer's context
     * propagation carries.
     *
     * @param security whether tasks have Spring Security's context
     * @param requestAttributes whether tasks have the attributes of the request; they are valid until its end only
     */
    public record Context(
            @DefaultValue("true") boolean security,
            @DefaultValue("false") boolean requestAttributes) {}

    /**
     * Background work on the bean {@link dev.weft.StartedRun}.
     *
     * @param enabled whether there is such a bean
     * @param drain how long background tasks may go on at shutdown before they are cancelled
     */
    public record Background(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("20s") Duration drain) {}

    /**
     * Settings for requests.
     *
     * @param gatewayTimeout whether a limit of Weft's that has passed becomes status 504
     * @param nameThreads whether a request's virtual thread is named after its route while it is served
     */
    public record Web(
            @DefaultValue("true") boolean gatewayTimeout,
            @DefaultValue("true") boolean nameThreads) {}
}

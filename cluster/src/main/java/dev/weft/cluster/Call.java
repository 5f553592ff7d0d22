package dev.weft.cluster;

import dev.weft.TaskLocal;
import java.util.Objects;
import java.util.Optional;

/**
 * The call that the current handler runs for.
 *
 * @param handler the name of the handler
 * @param id identifies the call in the cluster, the same for all of its attempts
 * @param caller the member that called
 * @param version the version that both sides have agreed on
 * @param attempt 1 for the first attempt; more if an earlier one was lost with its member
 * @param token never the same twice from one caller, and greater for a later attempt of a call. A store that refuses
 *     tokens smaller than one it has seen for the same call is safe from a member that was frozen and thawed
 * @since 0.1.0
 */
public record Call(String handler, String id, Member caller, int version, int attempt, long token) {

    private static final TaskLocal<Optional<Call>> CURRENT =
            TaskLocal.withInitial("dev.weft.cluster.Call", Optional::empty);

    /**
     * Creates a call, as for a test of code that asks for the current one.
     *
     * @since 0.1.0
     */
    public Call {
        Objects.requireNonNull(handler, "handler");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(caller, "caller");
    }

    /**
     * Returns the call that the calling task runs for, in the handler itself and in tasks that it has started.
     *
     * <p><b>Blocking:</b> never. <b>Cancellation:</b> never a cancellation point.
     *
     * @return the call
     * @throws IllegalStateException outside of a handler
     * @since 0.1.0
     */
    public static Call current() {
        return CURRENT.get()
                .orElseThrow(() -> new IllegalStateException(
                        "Call.current() is for the code of a handler, and tasks started by it"));
    }

    /** The holder of the current call. */
    static TaskLocal<Optional<Call>> local() {
        return CURRENT;
    }
}

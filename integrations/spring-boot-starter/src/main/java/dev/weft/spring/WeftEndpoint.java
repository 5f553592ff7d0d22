package dev.weft.spring;

import dev.weft.Weft;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * The dump of all tasks, as JSON, or as a tree for people where the request accepts {@code text/plain}.
 *
 * @since 0.1.0
 */
@Endpoint(id = "weft")
public final class WeftEndpoint {

    WeftEndpoint() {}

    /**
     * The dump as JSON.
     *
     * @return one document, in the shape of {@link dev.weft.diagnostics.TaskDump#toJson()}
     */
    @ReadOperation(produces = "application/json")
    public String dump() {
        return Weft.dump().toJson();
    }

    /**
     * The dump as a tree.
     *
     * @return lines for people, as {@link dev.weft.diagnostics.TaskDump#toString()} has them
     */
    @ReadOperation(produces = "text/plain;charset=UTF-8")
    public String text() {
        return Weft.dump().toString();
    }
}

package dev.weft;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Bodies without a result as bodies. */
final class Bodies {

    private Bodies() {}

    static <X extends Exception> Body<@Nullable Void, X> of(VoidBody<X> body) {
        Objects.requireNonNull(body, "body");
        return () -> {
            body.run();
            return null;
        };
    }

    static <A extends @Nullable Object, X extends Exception> ItemBody<A, @Nullable Void, X> ofItem(
            VoidItemBody<A, X> body) {
        Objects.requireNonNull(body, "body");
        return item -> {
            body.run(item);
            return null;
        };
    }

    static GroupBody<@Nullable Void> ofGroup(VoidGroupBody body) {
        Objects.requireNonNull(body, "body");
        return group -> {
            body.run(group);
            return null;
        };
    }

    static <X extends Exception> TimeoutBody<@Nullable Void, X> of(VoidTimeoutBody<X> body) {
        Objects.requireNonNull(body, "body");
        return timeout -> {
            body.run(timeout);
            return null;
        };
    }
}

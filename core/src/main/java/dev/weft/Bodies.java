package dev.weft;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Bodies without a result as bodies. */
final class Bodies {

    private Bodies() {}

    static <X extends Exception> Body<@Nullable Void, X> of(VoidBody<X> body) {
        return new OfVoid<>(Objects.requireNonNull(body, "body"));
    }

    /** What {@code body} was made of, so that a task need not keep the wrapping. */
    static Object unwrapped(Body<?, ?> body) {
        return body instanceof OfVoid<?>(var without) ? without : body;
    }

    /** What {@link #unwrapped} has returned as a body again. */
    static Body<?, ?> wrapped(@Nullable Object body) {
        return body instanceof VoidBody<?> without ? of(without) : (Body<?, ?>) Objects.requireNonNull(body, "body");
    }

    private record OfVoid<X extends Exception>(VoidBody<X> body) implements Body<@Nullable Void, X> {
        @Override
        public @Nullable Void run() throws X, InterruptedException {
            body.run();
            return null;
        }
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

package dev.weft.test;

import dev.weft.Body;
import dev.weft.VoidBody;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Bodies of all kinds as one. */
final class Bodies {

    private Bodies() {}

    static <T extends @Nullable Object, X extends Exception> WorldBody<T, X> of(Body<T, X> body) {
        Objects.requireNonNull(body, "main");
        return world -> body.run();
    }

    static <X extends Exception> WorldBody<@Nullable Void, X> of(VoidWorldBody<X> body) {
        Objects.requireNonNull(body, "main");
        return world -> {
            body.execute(world);
            return null;
        };
    }

    static <X extends Exception> WorldBody<@Nullable Void, X> of(VoidBody<X> body) {
        return of(ignoringWorld(body));
    }

    static <X extends Exception> VoidWorldBody<X> ignoringWorld(VoidBody<X> body) {
        Objects.requireNonNull(body, "main");
        return world -> body.execute();
    }
}

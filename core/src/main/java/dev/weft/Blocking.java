package dev.weft;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Blocking outside of Weft, with the event loop's turn given away. */
final class Blocking {

    private Blocking() {}

    static <T extends @Nullable Object, X extends Exception> T blocking(Body<T, X> body)
            throws X, InterruptedException {
        Objects.requireNonNull(body, "body");
        var self = Activity.current();
        if (!self.scheduler().takesTurns() || self.isOutside()) {
            return body.run();
        }
        self.leave();
        try {
            return body.run();
        } finally {
            self.enter();
        }
    }
}

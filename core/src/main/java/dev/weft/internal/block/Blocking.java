package dev.weft.internal.block;

import dev.weft.Body;
import dev.weft.internal.task.StructuredStrand;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Blocking outside of Weft, with the event loop's turn given away. */
public final class Blocking {

    private Blocking() {}

    public static <T extends @Nullable Object, X extends Exception> T blocking(Body<T, X> body)
            throws X, InterruptedException {
        Objects.requireNonNull(body, "body");
        var self = StructuredStrand.current();
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

package dev.weft.internal.block;

import dev.weft.Body;
import dev.weft.internal.task.StructuredStrand;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A block that nothing from outside of it stops (ADR 31). */
public final class Uninterrupted {

    private Uninterrupted() {}

    public static <T extends @Nullable Object, X extends Exception> T run(Body<T, X> body)
            throws X, InterruptedException {
        Objects.requireNonNull(body, "body");
        var self = StructuredStrand.current();
        self.beginShield();
        try {
            return self.call(body);
        } finally {
            self.endShield();
        }
    }
}

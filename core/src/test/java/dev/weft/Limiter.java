package dev.weft;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** What ends a block when its time has come: Weft's timeout, or one that is broken on purpose. */
@FunctionalInterface
interface Limiter {

    /** Weft's. */
    Limiter WEFT = (limit, body) -> Weft.<Integer, TimeoutException>timeout(limit, timeout -> {
        return body.run(() -> timeout.reschedule(Duration.ZERO));
    });

    int run(Duration limit, Limited body) throws TimeoutException, InterruptedException;

    /** A body that is given what makes its limit pass; that throws {@link IllegalStateException} if it is too late. */
    @FunctionalInterface
    interface Limited {
        int run(Runnable expire) throws TimeoutException, InterruptedException;
    }
}

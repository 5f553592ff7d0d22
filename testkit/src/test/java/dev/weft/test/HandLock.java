package dev.weft.test;

import dev.weft.Weft;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A lock for tasks that take turns, as one would write it by hand. Correct, but for tasks that are cancelled. */
final class HandLock {

    private final String name;
    private final ArrayDeque<CompletableFuture<@Nullable Void>> waiters = new ArrayDeque<>();
    private boolean held;

    HandLock(String name) {
        this.name = name;
    }

    void lock() throws InterruptedException {
        if (held) {
            var waiter = new CompletableFuture<@Nullable Void>();
            waiters.add(waiter);
            Weft.await(waiter);
        } else {
            held = true;
        }
    }

    void unlock() {
        var next = waiters.poll();
        if (next == null) {
            held = false;
        } else {
            next.complete(null);
        }
    }

    boolean isHeld() {
        return held;
    }

    @Override
    public String toString() {
        return name;
    }
}

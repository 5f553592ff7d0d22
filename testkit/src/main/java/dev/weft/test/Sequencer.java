package dev.weft.test;

import dev.weft.Body;
import dev.weft.VoidBody;
import dev.weft.Weft;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Makes blocks of several tasks run in a given order: place 0 first, place 1 when that has ended, and so on. Works on
 * every runtime.
 *
 * <pre>{@code
 * var sequencer = new Sequencer();
 * gather(
 *         () -> sequencer.at(1, () -> log.add("second")),
 *         () -> sequencer.at(0, () -> log.add("first")));
 * }</pre>
 *
 * <p>Thread-safe.
 */
@SuppressWarnings("overloads") // with and without a result: a block lambda tells them apart
public final class Sequencer {

    private final Map<Integer, CompletableFuture<@Nullable Void>> gates = new HashMap<>();
    private final Set<Integer> taken = new HashSet<>();

    /** A sequence that begins with place 0. */
    public Sequencer() {
        gate(0).complete(null);
    }

    /**
     * Runs {@code body} when the block of the place before has ended, by whichever way.
     *
     * <p><b>Blocking:</b> until then, and as the body. <b>Cancellation:</b> always a cancellation point. A caller that
     * is cancelled before its turn leaves the sequence broken: all callers after it fail, rather than wait for ever.
     *
     * @param <T> the type of the result
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param place from 0; each place is taken once, in any order
     * @param body runs once, on the caller's thread
     * @return the result of the body
     * @throws X as the body does
     * @throws IllegalArgumentException if {@code place} is negative
     * @throws IllegalStateException if the place is taken, or the sequence is broken
     * @throws InterruptedException if the caller was asked to stop
     */
    public <T extends @Nullable Object, X extends Exception> T at(int place, Body<T, X> body)
            throws X, InterruptedException {
        Objects.requireNonNull(body, "body");
        var before = take(place);
        try {
            Weft.await(before.minimalCompletionStage());
        } catch (InterruptedException | RuntimeException e) {
            gate(place + 1)
                    .completeExceptionally(new IllegalStateException(
                            "the sequence is broken: place " + place + " was not reached", e));
            throw e;
        }
        try {
            return body.run();
        } finally {
            gate(place + 1).complete(null);
        }
    }

    /**
     * {@link #at(int, Body)} for a body without a result.
     *
     * @param <X> the checked exception that the body throws; {@link RuntimeException} for none
     * @param place from 0; each place is taken once, in any order
     * @param body runs once, on the caller's thread
     * @throws X as the body does
     * @throws IllegalArgumentException if {@code place} is negative
     * @throws IllegalStateException if the place is taken, or the sequence is broken
     * @throws InterruptedException if the caller was asked to stop
     */
    public <X extends Exception> void at(int place, VoidBody<X> body) throws X, InterruptedException {
        Objects.requireNonNull(body, "body");
        this.<@Nullable Void, X>at(place, () -> {
            body.execute();
            return null;
        });
    }

    private synchronized CompletableFuture<@Nullable Void> take(int place) {
        if (place < 0) {
            throw new IllegalArgumentException("places begin with 0: " + place);
        }
        if (!taken.add(place)) {
            throw new IllegalStateException("place " + place + " is taken: each has one block");
        }
        return gate(place);
    }

    private synchronized CompletableFuture<@Nullable Void> gate(int place) {
        return gates.computeIfAbsent(place, p -> new CompletableFuture<>());
    }
}

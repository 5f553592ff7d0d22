package dev.weft;

import org.jspecify.annotations.Nullable;

/**
 * Work on an item, without a result. An {@link ItemBody} is one too, whose result is dropped.
 *
 * @param <A> the item's type
 * @param <X> the checked exception that it throws; {@link RuntimeException} for none
 * @see Weft#forEachConcurrent
 */
@FunctionalInterface
public interface VoidItemBody<A extends @Nullable Object, X extends Exception> {

    /**
     * Does the work.
     *
     * @param item one of those given to the call
     * @throws X as the work says
     * @throws InterruptedException if it was asked to stop
     * @since 0.1.0
     */
    void execute(A item) throws X, InterruptedException;
}

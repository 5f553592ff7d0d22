package dev.weft;

import org.jspecify.annotations.Nullable;

/**
 * Work on an item.
 *
 * @param <A> the item's type
 * @param <B> what it returns
 * @param <X> the checked exception that it throws; {@link RuntimeException} for none
 * @see Weft#mapConcurrent
 */
@FunctionalInterface
public interface ItemBody<A extends @Nullable Object, B extends @Nullable Object, X extends Exception>
        extends VoidItemBody<A, X> {

    /**
     * Does the work.
     *
     * @param item one of those given to the call
     * @return the result for this item
     * @throws X as the work says
     * @throws InterruptedException if it was asked to stop
     */
    B run(A item) throws X, InterruptedException;

    /**
     * {@link #run}, for a caller that wants no result.
     *
     * @throws X as the work says
     * @throws InterruptedException if it was asked to stop
     * @since 0.1.0
     */
    @Override
    default void execute(A item) throws X, InterruptedException {
        run(item);
    }
}

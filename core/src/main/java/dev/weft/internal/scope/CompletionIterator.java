package dev.weft.internal.scope;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Hands out one completion for each task of an order, to any thread. */
final class CompletionIterator<T extends @Nullable Object, C> implements Iterator<C> {

    private final CompletionOrder<T, C> order;
    private final Function<CompletionOrder<T, C>, C> slots;
    private final AtomicInteger handedOut = new AtomicInteger();

    CompletionIterator(CompletionOrder<T, C> order, Function<CompletionOrder<T, C>, C> slots) {
        this.order = order;
        this.slots = slots;
    }

    @Override
    public boolean hasNext() {
        return handedOut.get() < order.size();
    }

    @Override
    public C next() {
        if (handedOut.getAndIncrement() >= order.size()) {
            handedOut.decrementAndGet();
            throw new NoSuchElementException("all " + order.size() + " completions have been handed out");
        }
        return slots.apply(order);
    }
}

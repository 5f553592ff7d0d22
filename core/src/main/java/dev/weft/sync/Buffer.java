package dev.weft.sync;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The items in a queue, in some order. Guarded by the queue's lock, but for the plans: what user code has to say about
 * an addition or a removal is found out before the lock is taken, and the plan is void if another one came first.
 */
interface Buffer<T> {

    int size();

    /** The plan that {@link #add} needs to be quick. May call user code. Without the lock. */
    Object planAdd(T item);

    /** False if {@code plan} is void. */
    boolean add(Object plan);

    /** The plan that {@link #remove} needs to be quick. May call user code. Without the lock. */
    @Nullable
    Object planRemove();

    /** Removes the next item; null if {@code plan} is void. Not to be called if there is none. */
    @Nullable
    T remove(@Nullable Object plan);

    /** Takes all items out. @return gives them in a list; to be called once, without the lock; calls no user code */
    Supplier<List<T>> clear();
}

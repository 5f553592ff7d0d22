package dev.weft.test;

import dev.weft.runtime.Strand;
import java.util.List;

/** Decides who runs next. Asked by the holder of the turn only; made for one execution. */
interface Order {

    /**
     * Chooses among those that are ready.
     *
     * @param ready at least one, in the order of becoming ready
     * @return the place of the one that runs next
     */
    int choose(List<Strand> ready);

    /** {@code strand} has let others go before it of its own accord. */
    default void yielded(Strand strand) {}

    /** {@code strand} has ended, and is to be forgotten. */
    default void ended(Strand strand) {}
}

package dev.weft.test;

import dev.weft.internal.runtime.Strand;
import dev.weft.test.ReadyStrands.Entry;

/** Decides who runs next. Asked by the holder of the turn only; made for one execution. */
interface Order {

    /** {@code entry} has become ready. */
    default void added(Entry entry) {}

    /**
     * Chooses among those that are ready.
     *
     * @param ready at least one
     * @return the one that runs next, and will be ready no more
     */
    Entry choose(ReadyStrands ready);

    /** One of so many alternatives, more than one, of the program's own: from 0 on. */
    int draw(int alternatives);

    /** {@code strand} has let others go before it of its own accord. */
    default void yielded(Strand strand) {}

    /** {@code strand} has ended, and is to be forgotten. */
    default void ended(Strand strand) {}
}

package dev.weft.test.internal.rewrite.corpus;

import java.util.function.Supplier;

/** Is defined as a hidden class. */
public class Hidden implements Supplier<String> {

    private int count;

    /** Made by reflection. */
    public Hidden() {}

    @Override
    public synchronized String get() {
        return "hidden" + ++count;
    }
}

package dev.weft.test.internal.hooks;

/** Is a class loader whose classes have switch points. */
public interface Rewriting {}

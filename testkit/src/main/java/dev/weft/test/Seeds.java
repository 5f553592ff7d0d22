package dev.weft.test;

import java.util.Random;

/** Numbers from seeds: the same on every machine, and unlike each other for seeds that are close. */
final class Seeds {

    private Seeds() {}

    /** The algorithm of {@link Random} is part of its contract. It is the seeds that it needs help with. */
    static Random random(long seed) {
        var mixed = seed + 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return new Random(mixed ^ (mixed >>> 31));
    }
}

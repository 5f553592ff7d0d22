package dev.weft.cli.fetch;

import java.util.SplittableRandom;

/**
 * Which texts there have been, by fingerprints of 128 bits: a million take 32 MB. That two texts of a run have the same
 * is less likely than a broken machine; whoever writes a list cannot bring it about, since each run has its own. Not
 * thread-safe.
 */
final class Seen {

    private final long seed = new SplittableRandom().nextLong();
    private long[] table = new long[2 * 1024];
    private int size;

    /** Adds one; false if it was there. */
    boolean add(String text) {
        var first = seed;
        var second = ~seed;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            first = (first ^ c) * 0x9E3779B97F4A7C15L;
            first ^= first >>> 32;
            second = (second + c) * 0xC2B2AE3D27D4EB4FL;
            second ^= second >>> 29;
        }
        first = mixed(first);
        second = mixed(second);
        if (!put(table, first == 0 ? 1 : first, second)) {
            return false;
        }
        if (++size * 3L > table.length) { // two thirds of the places
            grow();
        }
        return true;
    }

    private static long mixed(long hash) {
        var mixed = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    private static boolean put(long[] table, long first, long second) {
        var mask = table.length / 2 - 1;
        for (var at = (int) second & mask; ; at = (at + 1) & mask) {
            if (table[2 * at] == 0) {
                table[2 * at] = first;
                table[2 * at + 1] = second;
                return true;
            }
            if (table[2 * at] == first && table[2 * at + 1] == second) {
                return false;
            }
        }
    }

    private void grow() {
        var larger = new long[table.length * 2];
        for (var at = 0; at < table.length; at += 2) {
            if (table[at] != 0) {
                put(larger, table[at], table[at + 1]);
            }
        }
        table = larger;
    }
}

package dev.weft.cluster.internal.engine;

import java.util.Arrays;

/** Divides a member's limit among its callers. */
final class Shares {

    private Shares() {}

    /**
     * Each caller gets at least 1. While all demands fit, each has what it asks for and an equal part of the rest, so
     * that its next calls need not ask. Else nobody gets more than it asks for, and those that get less than that get
     * the same.
     *
     * @return a share for each demand; their sum is the limit, or 1 each if there are more callers than that
     */
    static int[] divide(int limit, int[] demands) {
        var count = demands.length;
        var shares = new int[count];
        if (count == 0) {
            return shares;
        }
        Arrays.fill(shares, 1);
        var left = limit - count;
        if (left <= 0) {
            return shares;
        }
        left = fill(shares, demands, left);
        for (var i = 0; left > 0; i++) {
            var part = left / (count - i);
            shares[i] += part;
            left -= part;
        }
        return shares;
    }

    /** Raises the lowest shares of those that ask for more, all alike. @return what nobody asks for */
    private static int fill(int[] shares, int[] demands, int available) {
        var left = available;
        while (left > 0) {
            var hungry = 0;
            for (var i = 0; i < shares.length; i++) {
                if (demands[i] > shares[i]) {
                    hungry++;
                }
            }
            if (hungry == 0) {
                break;
            }
            var each = Math.max(1, left / hungry);
            for (var i = 0; i < shares.length && left > 0; i++) {
                var more = Math.min(Math.min(each, left), demands[i] - shares[i]);
                if (more > 0) {
                    shares[i] += more;
                    left -= more;
                }
            }
        }
        return left;
    }
}

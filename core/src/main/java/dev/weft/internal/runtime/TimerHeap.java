package dev.weft.internal.runtime;

import org.jspecify.annotations.Nullable;

/**
 * Timers, the next one first: a pairing heap, whose links are in the timers. So it allocates nothing, and a timer can
 * be taken out of its middle. Adding takes constant time, taking out O(log n) on average.
 *
 * @see <a href="https://doi.org/10.1007/BF01840439">Fredman, Sedgewick, Sleator, Tarjan: The pairing heap (1986)</a>
 */
final class TimerHeap {

    private @Nullable Timer root;
    private long added;

    /** The next timer, which stays; null if there is none. */
    @Nullable
    Timer first() {
        return root;
    }

    void add(Timer timer) {
        timer.number = added++;
        timer.isInHeap = true;
        root = merge(root, timer);
    }

    /** Takes {@code timer} out, if it is in. */
    void remove(Timer timer) {
        if (!timer.isInHeap) {
            return;
        }
        if (timer == root) {
            root = null;
        } else {
            cut(timer);
        }
        root = merge(root, mergeChildren(timer));
        timer.isInHeap = false;
    }

    private static void cut(Timer timer) {
        var before = timer.before;
        var sibling = timer.sibling;
        if (before != null) {
            if (before.firstChild == timer) {
                before.firstChild = sibling;
            } else {
                before.sibling = sibling;
            }
        }
        if (sibling != null) {
            sibling.before = before;
        }
        timer.before = null;
        timer.sibling = null;
    }

    private static @Nullable Timer merge(@Nullable Timer one, @Nullable Timer other) {
        if (one == null) {
            return other;
        }
        if (other == null) {
            return one;
        }
        return other.isBefore(one) ? adopt(other, one) : adopt(one, other);
    }

    private static Timer adopt(Timer parent, Timer child) {
        var first = parent.firstChild;
        child.before = parent;
        child.sibling = first;
        if (first != null) {
            first.before = child;
        }
        parent.firstChild = child;
        return parent;
    }

    /** Makes one heap of those below {@code timer}: by pairs from the first to the last, then backwards. */
    private static @Nullable Timer mergeChildren(Timer timer) {
        Timer pairs = null;
        for (var child = timer.firstChild; child != null; ) {
            var second = child.sibling;
            var following = second == null ? null : second.sibling;
            alone(child);
            if (second != null) {
                alone(second);
            }
            var pair = merge(child, second);
            if (pair != null) {
                pair.sibling = pairs;
            }
            pairs = pair;
            child = following;
        }
        timer.firstChild = null;
        Timer all = null;
        for (var pair = pairs; pair != null; ) {
            var following = pair.sibling;
            alone(pair);
            all = merge(all, pair);
            pair = following;
        }
        return all;
    }

    private static void alone(Timer timer) {
        timer.before = null;
        timer.sibling = null;
    }
}

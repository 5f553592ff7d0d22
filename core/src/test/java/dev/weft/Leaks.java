package dev.weft;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/** Finds out what is kept although nobody needs it any more. */
public final class Leaks {
    private static final int ROUNDS = 20;

    private final List<WeakReference<Object>> watched = new ArrayList<>();

    /** Watches {@code object}, and keeps nothing of it. */
    public <T> T watch(T object) {
        synchronized (watched) {
            watched.add(new WeakReference<>(object));
        }
        return object;
    }

    /** How many of those that are watched are still kept, once no more than {@code atMost} are or nothing changes. */
    public int kept(int atMost) {
        var kept = count();
        for (var i = 0; i < ROUNDS && kept > atMost; i++) {
            System.gc();
            kept = count();
        }
        return kept;
    }

    private int count() {
        synchronized (watched) {
            var count = 0;
            for (var reference : watched) {
                count += reference.refersTo(null) ? 0 : 1;
            }
            return count;
        }
    }
}

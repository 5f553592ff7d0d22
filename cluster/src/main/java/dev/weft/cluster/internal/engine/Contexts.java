package dev.weft.cluster.internal.engine;

import dev.weft.ContextPropagator.Restored;
import dev.weft.cluster.RemoteContext;
import dev.weft.cluster.internal.wire.FrameBodies;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The contexts that travel with calls. User code is called by the caller's and the handler's threads. */
final class Contexts {

    private static final String WHAT = "a remote context of the member ";

    private final List<RemoteContext> contexts;
    private final News news;
    private final String member;

    Contexts(List<RemoteContext> contexts, News news, String member) {
        this.contexts = contexts;
        this.news = news;
        this.member = member;
    }

    Map<String, String> capture() {
        if (contexts.isEmpty()) {
            return Map.of();
        }
        var all = new TreeMap<String, String>();
        for (var context : contexts) {
            try {
                all.putAll(Map.copyOf(context.capture()));
            } catch (Throwable e) {
                news.report(WHAT + member, e);
            }
        }
        var left = new int[] {FrameBodies.MAX_CONTEXT};
        all.entrySet().removeIf(pair -> {
            var size = size(pair.getKey()) + size(pair.getValue());
            var fits = size <= left[0];
            left[0] -= fits ? size : 0;
            return !fits;
        });
        return all;
    }

    private static int size(String text) {
        return FrameBodies.PAIR_OVERHEAD + text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Undo all in the reverse order. */
    Deque<Restored> restore(Map<String, String> pairs) {
        var restored = new ArrayDeque<Restored>();
        for (var context : contexts) {
            try {
                restored.push(context.restore(pairs));
            } catch (Throwable e) {
                news.report(WHAT + member, e);
            }
        }
        return restored;
    }

    void undo(Deque<Restored> restored) {
        for (var one : restored) {
            try {
                one.close();
            } catch (Throwable e) {
                news.report(WHAT + member, e);
            }
        }
    }
}

package dev.weft.micrometer;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The values of a tag for calls: the first {@link WeftMetrics#MAX_CALLS} names, and one for all others. */
final class CallTags {

    private static final String OTHER = "other";

    private final Set<String> known = ConcurrentHashMap.newKeySet();

    String of(String call) {
        return known.contains(call) || isNew(call) ? call : OTHER;
    }

    private synchronized boolean isNew(String call) {
        return known.contains(call) || (known.size() < WeftMetrics.MAX_CALLS && known.add(call));
    }
}

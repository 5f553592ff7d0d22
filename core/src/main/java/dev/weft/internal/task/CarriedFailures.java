package dev.weft.internal.task;

import dev.weft.CancelledException;
import dev.weft.ExceptionGroup;
import dev.weft.internal.failure.AwaitedCancelledException;
import dev.weft.internal.failure.Foreign;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The failures that travel with an exception which only tells of a stop: what was met while work stopped is suppressed
 * into it. Such an exception is dropped where the stop was expected, and replaced where another reason counts. Code
 * that drops one keeps the failures {@link #in} it; code that replaces one uses {@link #replace}.
 *
 * <p>The one place that reads causes and suppressed exceptions of what users throw for this.
 */
public final class CarriedFailures {

    /** Deeper ones belong to whoever made the chain. */
    private static final int MAX_STOPS = 1_000;

    private final ArrayDeque<Throwable> open = new ArrayDeque<>();
    private final Set<Throwable> known = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Throwable> failures = new ArrayList<>();

    private CarriedFailures() {}

    /** The failures that {@code stopped}, which is not a failure itself, and its causes carry; each once. */
    public static List<Throwable> in(Throwable stopped) {
        if (stopped.getSuppressed().length == 0 && Foreign.cause(stopped) == null) {
            return List.of();
        }
        var search = new CarriedFailures();
        search.addStop(stopped);
        for (var stops = 0; !search.open.isEmpty() && stops < MAX_STOPS; stops++) {
            search.visit(search.open.poll());
        }
        return search.failures;
    }

    /**
     * Makes {@code replacement}, which is new and has no cause, tell what {@code replaced} did: {@code replaced}
     * becomes its cause, and the failures carried by that are carried by it too.
     */
    public static <X extends Throwable> X replace(Throwable replaced, X replacement) {
        replacement.initCause(replaced);
        Suppression.addAll(replacement, replaced instanceof ExceptionGroup ? List.of(replaced) : in(replaced));
        return replacement;
    }

    private void addStop(Throwable stopped) {
        if (known.add(stopped)) {
            open.add(stopped);
        }
    }

    private void addFailure(Throwable failure) {
        if (known.add(failure)) {
            failures.add(failure);
        }
    }

    private void visit(Throwable stopped) {
        for (var suppressed : stopped.getSuppressed()) {
            if (suppressed instanceof CancelledException || suppressed instanceof AwaitedCancelledException) {
                addStop(suppressed);
            } else {
                addFailure(suppressed);
            }
        }
        var cause = Foreign.cause(stopped);
        if (cause instanceof ExceptionGroup) {
            addFailure(cause);
        } else if (cause != null) {
            addStop(cause);
        }
    }
}

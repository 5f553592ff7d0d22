package dev.weft.test;

import dev.weft.Problem;
import dev.weft.test.SimulationError.Kind;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** The faults found in an execution, except the one that has ended it. Thread-safe. */
final class Findings {

    private final Set<Kind> allowed;
    private final ConcurrentLinkedQueue<Object> found = new ConcurrentLinkedQueue<>();

    Findings(Set<Kind> allowed) {
        this.allowed = allowed;
    }

    void add(SimulationError error) {
        if (!allowed.contains(error.kind())) {
            found.add(error);
        }
    }

    void add(Problem problem) {
        if (!allowed.contains(kindOf(problem))) {
            found.add(problem);
        }
    }

    /**
     * The failure of an execution, with all others suppressed into it; null if nothing was found.
     *
     * @param worst what is chosen if there is something
     */
    @Nullable
    Throwable throwable(@Nullable Throwable worst, Names names) {
        var chosen = worst;
        for (var finding : found) {
            var error = finding instanceof Problem problem ? error(problem, names) : (SimulationError) finding;
            if (chosen == null) {
                chosen = error;
            } else if (chosen != error && chosen != error.getCause()) {
                chosen.addSuppressed(error);
            }
        }
        return chosen;
    }

    private static SimulationError error(Problem problem, Names names) {
        return new SimulationError(kindOf(problem), names.in(problem.message()), problem.exception());
    }

    private static Kind kindOf(Problem problem) {
        return switch (problem.kind()) {
            case UNOBSERVED_FAILURE, SHUTDOWN_FAILURE, ABANDONED_FAILURE, UNATTACHED_FAILURE -> Kind.UNOBSERVED_FAILURE;
            case CALLBACK_FAILURE, REPLACED_HANDLER, INTERNAL_FAILURE -> Kind.CALLBACK_FAILURE;
            case IGNORES_CANCELLATION, LEFT_BEHIND -> Kind.IGNORED_CANCELLATION;
            case HOLDS_EVENT_LOOP -> Kind.HELD_TURN;
        };
    }
}

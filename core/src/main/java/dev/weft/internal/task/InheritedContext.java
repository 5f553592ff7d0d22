package dev.weft.internal.task;

import dev.weft.Body;
import dev.weft.ContextPropagator;
import dev.weft.Problem;
import dev.weft.internal.failure.Sneaky;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The context that a new task inherits besides the task-locals: bindings and propagators, outermost first. Immutable.
 *
 * @param outer what was there before
 * @param bindings to be bound again; null in a link for a propagator
 * @param propagator null in a link for bindings
 * @param snapshot what the propagator has captured for the task that this was made for
 * @param ofProcess from the process's {@link dev.weft.Defaults}: outermost, captured for each task anew, and if it
 *     throws, that is reported
 */
public record InheritedContext(
        @Nullable InheritedContext outer,
        ScopedValue.@Nullable Carrier bindings,
        @Nullable ContextPropagator propagator,
        ContextPropagator.@Nullable Snapshot snapshot,
        boolean ofProcess) {

    /** The context that the calling thread gives to a new task of a run that has these. */
    public static @Nullable InheritedContext of(List<ContextPropagator> propagators) {
        var all = captureOfProcess();
        for (var propagator : propagators) {
            all = new InheritedContext(all, null, propagator, capture(propagator), false);
        }
        return all;
    }

    private static ContextPropagator.Snapshot capture(ContextPropagator propagator) {
        return Objects.requireNonNull(
                propagator.capture(),
                () -> "the propagator " + nameOf(propagator)
                        + " captured null: give what makes the context current in the new task, or () -> () -> {} if"
                        + " there is none");
    }

    private static @Nullable InheritedContext captureOfProcess() {
        InheritedContext all = null;
        for (var propagator : ProcessDefaults.current().propagators) {
            try {
                all = new InheritedContext(all, null, propagator, capture(propagator), true);
            } catch (VirtualMachineError e) {
                throw e;
            } catch (Throwable e) {
                failed(propagator, e);
            }
        }
        return all;
    }

    public static <T extends @Nullable Object, X extends Exception> T propagate(
            ContextPropagator propagator, Body<T, X> body) throws X, InterruptedException {
        Objects.requireNonNull(propagator, "propagator");
        Objects.requireNonNull(body, "body");
        return within(outer -> new InheritedContext(outer, null, propagator, null, false), body);
    }

    public static <T extends @Nullable Object, X extends Exception> T propagate(
            ScopedValue.Carrier bindings, Body<T, X> body) throws X, InterruptedException {
        Objects.requireNonNull(bindings, "bindings");
        Objects.requireNonNull(body, "body");
        return within(outer -> new InheritedContext(outer, bindings, null, null, false), () -> bind(bindings, body));
    }

    private static <T extends @Nullable Object, X extends Exception> T within(
            java.util.function.Function<@Nullable InheritedContext, InheritedContext> extend, Body<T, X> body)
            throws X, InterruptedException {
        var self = StructuredStrand.current();
        var outer = self.inheritance;
        self.inheritance = extend.apply(outer);
        try {
            return self.call(body);
        } finally {
            self.inheritance = outer;
        }
    }

    /** Called by the creator of a task, or of a call that can be left behind: what that is to have. */
    public static @Nullable InheritedContext capture(@Nullable InheritedContext creators) {
        return capture(creators, captureOfProcess());
    }

    private static @Nullable InheritedContext capture(
            @Nullable InheritedContext creators, @Nullable InheritedContext process) {
        if (creators == null || creators.ofProcess) {
            return process;
        }
        var outer = capture(creators.outer, process);
        var captured = creators.propagator == null ? null : capture(creators.propagator);
        return new InheritedContext(outer, creators.bindings, creators.propagator, captured, false);
    }

    /** Called by the task: runs its body with all of it in place. */
    public <T extends @Nullable Object, X extends Exception> T call(Body<T, X> body) throws X, InterruptedException {
        Body<T, X> here = () -> callHere(body);
        return outer == null ? here.run() : outer.call(here);
    }

    private <T extends @Nullable Object, X extends Exception> T callHere(Body<T, X> body)
            throws X, InterruptedException {
        if (bindings != null) {
            return bind(bindings, body);
        }
        if (snapshot == null) {
            return body.run();
        }
        if (ofProcess) {
            return callGuarded(snapshot, body);
        }
        var restored = Objects.requireNonNull(snapshot.restore(), this::noRestored);
        T value;
        try {
            value = body.run();
        } catch (Throwable e) {
            try {
                restored.close();
            } catch (Throwable close) {
                Suppression.add(e, close);
            }
            throw e;
        }
        restored.close();
        return value;
    }

    private <T extends @Nullable Object, X extends Exception> T callGuarded(
            ContextPropagator.Snapshot captured, Body<T, X> body) throws X, InterruptedException {
        ContextPropagator.Restored restored = null;
        try {
            restored = Objects.requireNonNull(captured.restore(), this::noRestored);
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable e) {
            failed(propagator, e);
        }
        try {
            return body.run();
        } finally {
            try {
                if (restored != null) {
                    restored.close();
                }
            } catch (Throwable e) {
                failed(propagator, e);
            }
        }
    }

    private String noRestored() {
        return "the propagator " + nameOf(propagator)
                + " gave null where it makes its context current: give what undoes that, or () -> {} if there is"
                + " nothing to undo";
    }

    private static @Nullable String nameOf(@Nullable ContextPropagator propagator) {
        return propagator == null ? null : propagator.getClass().getName();
    }

    private static void failed(@Nullable ContextPropagator propagator, Throwable exception) {
        Problems.of(StructuredStrand.current())
                .report(
                        Problem.Kind.CALLBACK_FAILURE,
                        "the propagator " + nameOf(propagator) + " of the process's defaults failed",
                        TaskImpl.currentTaskOrNull(),
                        exception);
    }

    private static <T extends @Nullable Object, X extends Exception> T bind(
            ScopedValue.Carrier bindings, Body<T, X> body) {
        try {
            return bindings.<T, Exception>call(body::run);
        } catch (Exception e) {
            throw Sneaky.rethrow(e);
        }
    }
}

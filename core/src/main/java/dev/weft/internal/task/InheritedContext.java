package dev.weft.internal.task;

import dev.weft.Body;
import dev.weft.ContextPropagator;
import dev.weft.internal.failure.Sneaky;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a new task inherits besides the task-locals: bindings and propagators, outermost first. Immutable.
 *
 * @param outer what was there before
 * @param bindings to be bound again; null in a link for a propagator
 * @param propagator null in a link for bindings
 * @param snapshot what the propagator has captured for the task that this was made for
 */
public record InheritedContext(
        @Nullable InheritedContext outer,
        ScopedValue.@Nullable Carrier bindings,
        @Nullable ContextPropagator propagator,
        ContextPropagator.@Nullable Snapshot snapshot) {

    public static @Nullable InheritedContext of(List<ContextPropagator> propagators) {
        InheritedContext all = null;
        for (var propagator : propagators) {
            all = new InheritedContext(all, null, propagator, propagator.capture());
        }
        return all;
    }

    public static <T extends @Nullable Object, X extends Exception> T propagate(
            ContextPropagator propagator, Body<T, X> body) throws X, InterruptedException {
        Objects.requireNonNull(propagator, "propagator");
        Objects.requireNonNull(body, "body");
        return within(outer -> new InheritedContext(outer, null, propagator, null), body);
    }

    public static <T extends @Nullable Object, X extends Exception> T propagate(
            ScopedValue.Carrier bindings, Body<T, X> body) throws X, InterruptedException {
        Objects.requireNonNull(bindings, "bindings");
        Objects.requireNonNull(body, "body");
        return within(outer -> new InheritedContext(outer, bindings, null, null), () -> bind(bindings, body));
    }

    private static <T extends @Nullable Object, X extends Exception> T within(
            java.util.function.Function<@Nullable InheritedContext, InheritedContext> extend, Body<T, X> body)
            throws X, InterruptedException {
        var self = Activity.current();
        var outer = self.inheritance;
        self.inheritance = extend.apply(outer);
        try {
            return self.call(body);
        } finally {
            self.inheritance = outer;
        }
    }

    /** Called by the creator of a task: what the task is to have. */
    static @Nullable InheritedContext capture(@Nullable InheritedContext creators) {
        if (creators == null) {
            return null;
        }
        var outer = capture(creators.outer);
        var captured = creators.propagator == null ? null : creators.propagator.capture();
        return new InheritedContext(outer, creators.bindings, creators.propagator, captured);
    }

    /** Called by the task: runs its body with all of it in place. */
    <T extends @Nullable Object, X extends Exception> T call(Body<T, X> body) throws X, InterruptedException {
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
        var restored = snapshot.restore();
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

    private static <T extends @Nullable Object, X extends Exception> T bind(
            ScopedValue.Carrier bindings, Body<T, X> body) {
        try {
            return bindings.<T, Exception>call(body::run);
        } catch (Exception e) {
            throw Sneaky.rethrow(e);
        }
    }
}

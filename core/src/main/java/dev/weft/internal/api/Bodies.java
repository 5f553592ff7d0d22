package dev.weft.internal.api;

import dev.weft.Body;
import dev.weft.CancelScopeBody;
import dev.weft.GroupBody;
import dev.weft.ItemBody;
import dev.weft.Task;
import dev.weft.TimeoutBody;
import dev.weft.VoidBody;
import dev.weft.VoidCancelScopeBody;
import dev.weft.VoidGroupBody;
import dev.weft.VoidItemBody;
import dev.weft.VoidTimeoutBody;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Turns whatever may be given for a body into a body. */
public final class Bodies {

    private Bodies() {}

    /** {@code body} as a body whose result is null. A task stays one, and keeps its value. */
    public static <X extends Exception> Body<?, X> of(VoidBody<X> body) {
        Objects.requireNonNull(body, "body");
        if (body instanceof Task<?>) {
            @SuppressWarnings("unchecked") // a task throws nothing that it declares
            var task = (Body<?, X>) body;
            return task;
        }
        return new OfVoid<>(body);
    }

    /** {@link #of(VoidBody)} for work that is started: a task, which is refused, has no other result either. */
    @SuppressWarnings("unchecked") // null, or a task that is rejected
    public static <X extends Exception> Body<@Nullable Void, X> toStart(VoidBody<X> body) {
        return (Body<@Nullable Void, X>) Checks.notATask(of(body));
    }

    public static <X extends Exception> Body<?, ? extends X>[] all(VoidBody<? extends X>[] bodies) {
        Checks.elements(bodies, "bodies");
        @SuppressWarnings("unchecked") // an array of our own, that is only read
        var all = (Body<?, ? extends X>[]) new Body<?, ?>[bodies.length];
        for (var i = 0; i < all.length; i++) {
            all[i] = of(bodies[i]);
        }
        return all;
    }

    /** {@code callable} as a body; itself if it is one. */
    public static <T extends @Nullable Object> Body<T, Exception> of(Callable<T> callable) {
        Objects.requireNonNull(callable, "body");
        if (callable instanceof Body<?, ?>) {
            @SuppressWarnings("unchecked") // a body whose value has the callable's type
            var body = (Body<T, Exception>) callable;
            return body;
        }
        return callable::call;
    }

    public static <T extends @Nullable Object> Body<? extends T, Exception>[] all(Callable<? extends T>[] callables) {
        Checks.elements(callables, "bodies");
        @SuppressWarnings("unchecked") // an array of our own, that is only read
        var all = (Body<? extends T, Exception>[]) new Body<?, ?>[callables.length];
        for (var i = 0; i < all.length; i++) {
            all[i] = of(callables[i]);
        }
        return all;
    }

    /** Bodies that may stand there as callables. */
    public static <T extends @Nullable Object> List<Body<? extends T, ?>> list(
            Collection<? extends Callable<? extends T>> callables) {
        var list = new ArrayList<Body<? extends T, ?>>();
        for (var callable : Objects.requireNonNull(callables, "bodies")) {
            if (callable == null) {
                throw new NullPointerException("bodies[" + list.size() + "] is null");
            }
            list.add(of(callable));
        }
        return list;
    }

    /** Those of {@code bodies}, in an array of the call's own: what has begun is taken out of it. */
    public static Body<?, ?>[] copy(Body<?, ?>[] bodies) {
        return Checks.elements(Objects.requireNonNull(bodies, "bodies").clone(), "bodies");
    }

    /** {@link #copy(Body[])} of a collection. */
    public static Body<?, ?>[] copy(Collection<? extends Body<?, ?>> bodies) {
        return Checks.elements(Objects.requireNonNull(bodies, "bodies").toArray(new Body<?, ?>[0]), "bodies");
    }

    /** {@code body}, returning true. */
    public static <X extends Exception> CancelScopeBody<Boolean, X> thenTrue(VoidCancelScopeBody<X> body) {
        Objects.requireNonNull(body, "body");
        return scope -> {
            body.executeIn(scope);
            return true;
        };
    }

    /** {@code body}, returning true. */
    public static <X extends Exception> Body<Boolean, X> thenTrue(VoidBody<X> body) {
        Objects.requireNonNull(body, "body");
        return () -> {
            body.execute();
            return true;
        };
    }

    /** The object that {@code body} was made of, so that a task need not keep the wrapping. */
    public static Object unwrapped(Body<?, ?> body) {
        return body instanceof OfVoid<?>(var without) && !(without instanceof Body<?, ?>) ? without : body;
    }

    /** The result of {@link #unwrapped} as a body again. */
    public static Body<?, ?> wrapped(@Nullable Object body) {
        return body instanceof Body<?, ?> with ? with : of((VoidBody<?>) Objects.requireNonNull(body, "body"));
    }

    private record OfVoid<X extends Exception>(VoidBody<X> body) implements Body<@Nullable Void, X> {
        @Override
        public @Nullable Void run() throws X, InterruptedException {
            body.execute();
            return null;
        }
    }

    public static <A extends @Nullable Object, X extends Exception> ItemBody<A, @Nullable Void, X> ofItem(
            VoidItemBody<A, X> body) {
        Objects.requireNonNull(body, "body");
        return item -> {
            body.execute(item);
            return null;
        };
    }

    public static GroupBody<@Nullable Void> ofGroup(VoidGroupBody block) {
        Objects.requireNonNull(block, "block");
        return group -> {
            block.execute(group);
            return null;
        };
    }

    public static <X extends Exception> TimeoutBody<@Nullable Void, X> ofTimeout(VoidTimeoutBody<X> body) {
        Objects.requireNonNull(body, "body");
        return timeout -> {
            body.executeUnder(timeout);
            return null;
        };
    }
}

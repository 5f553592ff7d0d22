package dev.weft.internal.scope;

import dev.weft.Body;
import dev.weft.Closer;
import dev.weft.ClosingBody;
import dev.weft.ItemBody;
import dev.weft.Outcome;
import dev.weft.internal.api.Checks;
import dev.weft.internal.task.ClosingRun;
import dev.weft.internal.task.TaskImpl;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The fate of the values of {@link ClosingBody closing bodies} in structured calls. The calls themselves know nothing
 * of it: they run bodies that remember what they have made, and when all have ended, what nobody gets is closed.
 */
public final class Dropped {

    /** By place; null where no closing body is. */
    private final @Nullable ClosingRun<?, ?>[] places;

    private Dropped(@Nullable ClosingRun<?, ?>[] places) {
        this.places = places;
    }

    /** Puts bodies that remember into {@code bodies}; null if no closing body is there. */
    private static @Nullable Dropped watch(Body<?, ?>[] bodies) {
        @Nullable ClosingRun<?, ?>[] places = null;
        for (var i = 0; i < bodies.length; i++) {
            if (bodies[i] instanceof ClosingBody<?, ?> closing) {
                if (places == null) {
                    places = new ClosingRun<?, ?>[bodies.length];
                }
                var made = new ClosingRun<>(closing);
                places[i] = made;
                bodies[i] = made;
            }
        }
        return places == null ? null : new Dropped(places);
    }

    public static <T extends @Nullable Object> List<T> gather(Body<?, ?>[] bodies) throws InterruptedException {
        return gather(DecisiveEnd.FAILURE, bodies);
    }

    private static <T extends @Nullable Object> List<T> gather(DecisiveEnd failure, Body<?, ?>[] bodies)
            throws InterruptedException {
        var dropped = watch(bodies);
        if (dropped == null) {
            return Gather.gather(failure, bodies);
        }
        try {
            return Gather.gather(failure, bodies);
        } catch (Throwable e) {
            dropped.close(e);
            throw e;
        }
    }

    public static Gather.Results combine(Body<?, ?>... bodies) throws InterruptedException {
        return new Gather.Results(gather(DecisiveEnd.FAILURE_OF_A_PART, Checks.elements(bodies, "bodies")));
    }

    public static <T extends @Nullable Object> List<Outcome<T>> settle(Body<?, ?>[] bodies)
            throws InterruptedException {
        var dropped = watch(bodies);
        if (dropped == null) {
            return Gather.settle(bodies);
        }
        List<Outcome<T>> outcomes;
        try {
            outcomes = Gather.settle(bodies);
        } catch (Throwable e) {
            dropped.close(e);
            throw e;
        }
        for (var i = 0; i < outcomes.size(); i++) {
            if (dropped.places[i] != null && outcomes.get(i) instanceof Outcome.Success<?>) {
                dropped.places[i].keep();
            }
        }
        dropped.close(null);
        return outcomes;
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // the array has erased it
    public static <T extends @Nullable Object> T race(Body<?, ?>[] bodies) throws InterruptedException {
        var dropped = watch(bodies);
        if (dropped == null) {
            return result(Gather.race(bodies));
        }
        TaskImpl<?> winner;
        try {
            winner = Gather.race(bodies);
        } catch (Throwable e) {
            dropped.close(e);
            throw e;
        }
        for (var made : dropped.places) {
            if (made != null && made.ranIn(winner)) {
                made.keep();
            }
        }
        dropped.close(null);
        return result(winner);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // all bodies are of the result's type
    private static <T extends @Nullable Object> T result(TaskImpl<?> winner) {
        return (T) winner.result();
    }

    private void close(@Nullable Throwable thrown) {
        var all = new ArrayList<ClosingRun<?, ?>>();
        for (var made : places) {
            if (made != null) {
                all.add(made);
            }
        }
        ClosingRun.close(all, thrown);
    }

    public static <T extends @Nullable Object, X extends Exception> ClosingBody<T, X> closing(
            Body<? extends T, ? extends X> body, Closer<? super T> closer) {
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(closer, "closer");
        return new ClosingBody<>() {
            @Override
            public T run() throws X, InterruptedException {
                return body.run();
            }

            @Override
            public void closeDropped(T value) throws Exception {
                closer.close(value);
            }
        };
    }

    /** Work on items whose values must be closed if the call does not return them. */
    public record ClosingItem<A extends @Nullable Object, B extends @Nullable Object, X extends Exception>(
            ItemBody<A, B, X> body, Closer<? super B> closer) implements ItemBody<A, B, X> {

        @Override
        public B run(A item) throws X, InterruptedException {
            return body.run(item);
        }

        /** As {@link ClosingBody#execute()}. */
        @Override
        public void execute(A item) throws X, InterruptedException {
            var made = made(item);
            made.run();
            ClosingRun.close(List.of(made), null);
        }

        private ClosingRun<B, X> made(A item) {
            return new ClosingRun<>(() -> body.run(item), closer);
        }

        /** This, with what it makes put into {@code all} before it is made. */
        ItemBody<A, B, X> into(Queue<ClosingRun<?, ?>> all) {
            return item -> {
                var made = made(item);
                all.add(made);
                return made.run();
            };
        }
    }

    /** Has {@code call} run a body of items, and closes what it has made if the call throws. */
    public static <A extends @Nullable Object, B extends @Nullable Object, X extends Exception, R> R items(
            ItemBody<A, B, X> body, ItemCall<A, B, X, R> call) throws InterruptedException {
        if (!(body instanceof ClosingItem<A, B, X> closing)) {
            return call.run(body);
        }
        var all = new ConcurrentLinkedQueue<ClosingRun<?, ?>>();
        try {
            return call.run(closing.into(all));
        } catch (Throwable e) {
            ClosingRun.close(all, e);
            throw e;
        }
    }

    /** A call that runs a body of items. */
    public interface ItemCall<A extends @Nullable Object, B extends @Nullable Object, X extends Exception, R> {
        R run(ItemBody<A, B, X> body) throws InterruptedException;
    }
}

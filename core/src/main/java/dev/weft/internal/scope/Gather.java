package dev.weft.internal.scope;

import dev.weft.Body;
import dev.weft.Cancellation;
import dev.weft.Outcome;
import dev.weft.Task;
import dev.weft.internal.api.Cancellations;
import dev.weft.internal.failure.DistinctFailures;
import dev.weft.internal.failure.Foreign;
import dev.weft.internal.runtime.Fields;
import dev.weft.internal.runtime.Memory;
import dev.weft.internal.runtime.Scheduler;
import dev.weft.internal.runtime.Sizes;
import dev.weft.internal.task.Awaitable;
import dev.weft.internal.task.Scope;
import dev.weft.internal.task.StructuredStrand;
import dev.weft.internal.task.Suppression;
import dev.weft.internal.task.TaskImpl;
import dev.weft.internal.task.TaskNumbers;
import dev.weft.internal.task.TaskWaiter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code gather}, {@code combine}, {@code settle} and {@code race}: a fixed number of bodies and tasks that run at the
 * same time, and a rule that says when the end of one is to be the end of all.
 */
@SuppressWarnings("TypeParameterUnusedInFormals") // results have the type of the bodies, which the array has erased
public final class Gather extends Scope implements Awaitable {

    /**
     * So many are started at once; then those that are queued have their turn, and of those that have ended only the
     * results are kept. All of a million at once would keep everybody else waiting, a cancel included, and be copied by
     * each garbage collection.
     */
    private static final int WAVE = Sizes.of(1_024, 1);

    private static final VarHandle PLACES = MethodHandles.arrayElementVarHandle(Object[].class);
    private static final VarHandle UNFINISHED = Fields.handle(MethodHandles.lookup(), "unfinished", int.class);
    private static final VarHandle FIRST_TO_FAIL = Fields.handle(MethodHandles.lookup(), "firstToFail", TaskImpl.class);

    private final DecisiveEnd decisive;

    /** Then ends are told in their order, each in a turn of its own, and all are waited for. */
    private final boolean takesTurns;

    /**
     * By place: null, then the task, then its result. A task that was given twice stands in both places. A result that
     * is itself a task is not taken before all have ended. Written by the parent only.
     */
    private final @Nullable Object[] places;

    /** The tasks that were given, not made here, in their order. Complete before anything is watched or started. */
    private @Nullable Map<TaskImpl<?>, TaskWaiter> given;

    /** The parent has said that it waits for this, and was not refused. Own thread of the parent only. */
    private boolean announced;

    /**
     * How many ends the parent waits for. Until all have begun, the children's own ends do not come off it, so that
     * they need not share a word with each other and with who starts them; then those that go on are counted in.
     */
    @SuppressWarnings("UnusedVariable") // by UNFINISHED too
    private volatile int unfinished;

    private volatile @Nullable TaskImpl<?> firstToFail;

    private Gather(DecisiveEnd decisive, int size) {
        super(StructuredStrand.current());
        this.decisive = decisive;
        this.takesTurns = parent.scheduler().takesTurns();
        this.places = new Object[size];
        this.unfinished = size;
    }

    /** @param failure stops the others: a rule of those by which any failure does */
    static <T extends @Nullable Object> List<T> gather(DecisiveEnd failure, Body<?, ?>[] bodies)
            throws InterruptedException {
        var gather = new Gather(failure, bodies.length);
        gather.runAll(bodies);
        gather.throwIfDecided();
        return GatherResults.results(gather.places);
    }

    /** The results of bodies of different types. */
    public record Results(List<?> values) {
        @SuppressWarnings("unchecked") // the caller knows the type of the body that it has put there
        public <A extends @Nullable Object> A at(int index) {
            return (A) values.get(index);
        }
    }

    static <T extends @Nullable Object> List<Outcome<T>> settle(Body<?, ?>[] bodies) throws InterruptedException {
        var gather = new Gather(DecisiveEnd.FATAL_ERROR, bodies.length);
        gather.runAll(bodies);
        gather.throwIfDecided();
        return GatherResults.outcomes(gather.places);
    }

    /** Returns the winner, which has a result. */
    static TaskImpl<?> race(Body<?, ?>[] bodies) throws InterruptedException {
        if (bodies.length == 0) {
            throw new IllegalArgumentException("a race needs at least one body");
        }
        var gather = new Gather(DecisiveEnd.SUCCESS, bodies.length);
        gather.runAll(bodies);
        return gather.winner();
    }

    private void runAll(Body<?, ?>[] bodies) throws InterruptedException {
        parent.checkpoint();
        publishGiven(bodies);
        open();
        try {
            begin(bodies);
            parent.waitFor(this, Scheduler.NEVER);
        } catch (Throwable e) {
            stopOnce(Memory.insist(this, e, Gather::reasonOf), null);
            parent.join(this);
            Suppression.addAll(e, GatherResults.failures(places));
            throw e;
        } finally {
            if (given != null) {
                parent.forgetAnnounced();
            }
            closeScope();
        }
    }

    /** @param bodies are forgotten as they begin */
    private void begin(@Nullable Body<?, ?>[] bodies) throws InterruptedException {
        var begun = 0;
        try {
            watchGiven();
            var number = TaskNumbers.take(countFrom(0, bodies));
            while (begun < bodies.length && !isStopping()) {
                var body = bodies[begun];
                if (body != null) {
                    start(begun, number++, body);
                    bodies[begun] = null;
                }
                begun++;
                if (!takesTurns && begun % WAVE == 0 && begun < bodies.length) {
                    letBegin(begun);
                    takeResults(begun - WAVE, begun);
                    parent.checkpoint();
                }
            }
        } finally {
            letBegin(begun);
            release(countFrom(begun, bodies) + countIn(begun));
        }
    }

    /** Those that were not given, and will not begin. */
    private static int countFrom(int begun, @Nullable Body<?, ?>[] bodies) {
        var unstarted = 0;
        for (var i = begun; i < bodies.length; i++) {
            unstarted += bodies[i] == null ? 0 : 1;
        }
        return unstarted;
    }

    /**
     * Before anything is watched or started: whatever decides the call finds every task that was given. A wait for them
     * that would never end is refused while none of them has been asked to stop: some may wait for the parent, and
     * would ask it in turn.
     */
    private void publishGiven(@Nullable Body<?, ?>[] bodies) {
        for (var i = 0; i < bodies.length; i++) {
            if (bodies[i] instanceof Task<?> task) {
                bodies[i] = null;
                publishGiven(i, TaskImpl.of(task));
            }
        }
        if (given != null) {
            parent.announce(this);
            announced = true;
        }
    }

    private void publishGiven(int place, TaskImpl<?> task) {
        PLACES.setVolatile(places, place, task);
        if (given == null) {
            given = new LinkedHashMap<>();
        }
        if (given.putIfAbsent(task, new TaskWaiter.Listener(this::givenEnded)) != null) {
            release(1);
        }
    }

    /** Those that cannot be watched are not waited for. */
    private void watchGiven() {
        if (given == null) {
            return;
        }
        var unwatched = given.size();
        try {
            for (var entry : given.entrySet()) {
                var task = entry.getKey();
                var watched = Memory.insist(task, entry.getValue(), TaskImpl::add);
                unwatched--;
                if (!watched) {
                    givenEnded(task);
                }
            }
        } finally {
            release(unwatched);
        }
    }

    private void letBegin(int begun) {
        if (begun > 0 && places[begun - 1] instanceof TaskImpl<?> last) {
            parent.letBegin(last);
        }
    }

    private void takeResults(int from, int to) {
        for (var i = from; i < to; i++) {
            if (places[i] instanceof TaskImpl<?> task && task.owner() == this && task.hasSucceeded()) {
                look(task); // it may not have come to that
                var result = task.end();
                if (!(result instanceof TaskImpl<?>)) {
                    PLACES.setVolatile(places, i, result);
                }
            }
        }
    }

    /** @return how many children have ended and will not be told to {@link #release} */
    private int countIn(int begun) {
        var ended = 0;
        if (!takesTurns) {
            for (var i = 0; i < begun; i++) {
                if (!(places[i] instanceof TaskImpl<?> task)) {
                    ended++;
                } else if (task.owner() == this && !task.countIn()) {
                    look(task);
                    ended++;
                }
            }
        }
        return ended;
    }

    private void start(int place, int number, Body<?, ?> body) {
        var child = new TaskImpl<>(parent, this, openedNanos, number, body);
        PLACES.setVolatile(places, place, child);
        child.start();
        stopIfLate(child);
    }

    @Override
    public void ended(TaskImpl<?> task) {
        try {
            look(task);
        } finally {
            if (takesTurns || task.isCountedIn()) {
                release(1);
            }
        }
    }

    private void givenEnded(TaskImpl<?> task) {
        try {
            look(task);
        } finally {
            release(1);
        }
    }

    /** Once or twice at each end. */
    private void look(TaskImpl<?> task) {
        if (!task.hasSucceeded()) {
            FIRST_TO_FAIL.compareAndSet(this, null, task);
        }
        if (!isStopping() && decisive.isDecisive(task)) {
            stopOnce(Memory.insist(this, task, Gather::reasonOf), task);
        }
    }

    private Cancellation reasonOf(TaskImpl<?> decided) {
        return reasonToStop(decided.describe() + " has decided");
    }

    private Cancellation reasonOf(Throwable thrown) {
        return thrown instanceof InterruptedException interrupted
                ? TaskImpl.reasonToStop(parent, interrupted)
                : reasonToStop(Foreign.text(thrown));
    }

    private Cancellation reasonToStop(String why) {
        return Cancellations.now(parent.scheduler(), why, this + " of " + parent.describe());
    }

    private void release(int count) {
        if (count > 0 && (int) UNFINISHED.getAndAdd(this, -count) == count) {
            parent.scheduler().unpark(parent);
        }
    }

    @Override
    public boolean mayCloseCycle() {
        return given != null && !announced;
    }

    @Override
    public void forEachAwaited(Consumer<? super TaskImpl<?>> action) {
        for (var i = 0; i < places.length; i++) {
            if (PLACES.getVolatile(places, i) instanceof TaskImpl<?> task) {
                action.accept(task);
            }
        }
    }

    @Override
    public void forEachJoined(Consumer<? super TaskImpl<?>> action) {
        forEachAwaited(action);
    }

    /** The first to succeed ends a race, whatever the others wait for. */
    @Override
    public Needs needs() {
        return decisive == DecisiveEnd.SUCCESS ? Needs.ANY : Needs.ALL;
    }

    @Override
    public boolean isReady() {
        return unfinished == 0;
    }

    // ---- when all have ended

    private void throwIfDecided() {
        if (isStopping()) {
            throw GatherResults.rethrow(GatherResults.failures(places), this::firstFailure);
        }
    }

    private TaskImpl<?> winner() {
        var decided = stop();
        var winner = decided == null ? null : decided.by();
        var failures = GatherResults.failures(places);
        if (winner == null || !winner.hasSucceeded()) {
            throw GatherResults.rethrow(failures, this::firstFailure);
        }
        var fatal = DistinctFailures.firstFatal(failures);
        if (fatal != null) {
            throw fatal;
        }
        return winner;
    }

    private Throwable firstFailure() {
        var first = firstToFail;
        if (first == null) {
            throw new AssertionError("nothing has failed in " + this);
        }
        return first.toThrow();
    }

    @Override
    public void forEachChild(Consumer<? super TaskImpl<?>> action) {
        for (var i = 0; i < places.length; i++) {
            if (PLACES.getVolatile(places, i) instanceof TaskImpl<?> task && task.owner() == this) {
                action.accept(task);
            }
        }
    }

    @Override
    protected void forEachGiven(Consumer<? super TaskImpl<?>> action) {
        if (given != null) {
            given.keySet().forEach(action);
        }
    }

    @Override
    public String kind() {
        return decisive.kind;
    }

    @Override
    public String nameInEvents() {
        return toString();
    }

    @Override
    public String toString() {
        return kind() + " of " + places.length;
    }
}
